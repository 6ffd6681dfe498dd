/** Full, read-only and split file systems, and names they refuse: real mounts, and the tree as it was. */
import { spawnSync } from "node:child_process";
import { chownSync, chmodSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { applyWrites } from "../../src/write/apply.ts";
import { withMarker } from "../support/marked.ts";
import { planWrites } from "../../src/write/plan.ts";
import { recoverJournal } from "../../src/write/repository-lock.ts";
import { renderOnce } from "./render-once.ts";
import { renderState } from "./states.ts";
import {
  childEnvironment,
  childScript,
  foreignFiles,
  hasJournal,
  makeRepository,
  putFile,
  readTree,
  runWithMounts,
  stateOf,
  treeOf,
} from "./support.ts";

const size = 40;
const Problems = z.array(
  z.looseObject({
    code: z.string(),
    message: z.string(),
    fix: z.string(),
    place: z.looseObject({ file: z.string() }),
  }),
);

/** The errors in the last line a child printed, which is all the more JSON when it did not crash. */
function errorsIn(output: string): z.infer<typeof Problems> {
  const problems = Problems.parse(JSON.parse(output.trimEnd().split("\n").at(-1) ?? ""));
  return problems.filter((problem) => problem["severity"] === "error");
}

async function makeEvenTree(): Promise<string> {
  const root = makeRepository();
  for (const [path, content] of foreignFiles) putFile(root, path, content);
  await renderOnce({ root, state: "even", size });
  return root;
}

const child = (root: string) => `${process.execPath} ${childScript} ${root} odd ${size} || true`;

test("a full file system stops the run before the tree is touched", () => {
  const root = makeRepository();
  // Room for the first state, and for a part of what is staged on the way to the second.
  const { output } = runWithMounts(`
    mount -t tmpfs -o size=1600k tmpfs ${root}
    ${process.execPath} ${childScript} ${root} even ${size} > /dev/null
    before=$(cd ${root} && find kubernetes -type f | sort | xargs sha256sum)
    head -c 10000000 /dev/zero > ${root}/filler 2> /dev/null || true
    dd if=/dev/null of=${root}/filler bs=1 seek=$(( $(stat -c %s ${root}/filler) - 60000 )) 2> /dev/null
    ${child(root)}
    [ "$before" = "$(cd ${root} && find kubernetes -type f | sort | xargs sha256sum)" ] && echo && echo same
    ls -A ${root}/.rzp | tr '\\n' ' '
    rm ${root}/filler
    ${process.execPath} ${childScript} ${root} odd ${size} > /dev/null && echo "then done"
  `);
  const [, , problems = "", same, state] = output.split("\n");
  expect(errorsIn(problems)).toMatchObject([
    {
      code: "WRITE_NO_SPACE",
      message: expect.stringContaining("Nothing was changed."),
      place: { file: expect.stringMatching(/^kubernetes/) },
    },
  ]);
  expect([same, state]).toEqual(["same", ".gitignore then done"]);
});

test("a read-only repository is a problem, and nothing changes", async () => {
  const root = await makeEvenTree();
  const { output } = runWithMounts(
    `mount --bind ${root} ${root}; mount -o remount,bind,ro ${root}; ${child(root)}`,
  );
  expect(errorsIn(output)).toMatchObject([
    { code: "WRITE_NOT_WRITABLE", message: expect.stringContaining("EROFS") },
  ]);
  expect(readTree(root)).toEqual(treeOf(renderState("even", size)));
});

test("a read-only part of the tree is found before anything is written", async () => {
  const root = await makeEvenTree();
  const part = join(root, "kubernetes/prod/service-39");
  const { output } = runWithMounts(
    `mount --bind ${part} ${part}; mount -o remount,bind,ro ${part}; ${child(root)}`,
  );
  expect(errorsIn(output)).toMatchObject([
    {
      code: "WRITE_NOT_WRITABLE",
      place: { file: "kubernetes/prod/service-39" },
      message: expect.stringContaining("Nothing was changed."),
    },
  ]);
  expect(readTree(root)).toEqual(treeOf(renderState("even", size)));
});

test("a part of the tree on another mount is found before anything is written", async () => {
  const root = await makeEvenTree();
  const part = join(root, "kubernetes/prod/service-39");
  const { output } = runWithMounts(`mount --bind ${part} ${part}; ${child(root)}`);
  expect(errorsIn(output)).toMatchObject([
    { code: "WRITE_OTHER_FILE_SYSTEM", place: { file: "kubernetes/prod/service-39" } },
  ]);
  expect(readTree(root)).toEqual(treeOf(renderState("even", size)));
});

test("a folder of another user is a problem", async () => {
  const root = await makeEvenTree();
  const isRoot = process.getuid?.() === 0;
  chmodSync(root, 0o755);
  if (isRoot)
    for (const path of ["", ".rzp", ".rzp/.gitignore"]) chownSync(join(root, path), 65534, 65534);
  else
    for (const service of [20, 39])
      chmodSync(join(root, `kubernetes/prod/service-${service}`), 0o555);
  const { stdout } = spawnSync(process.execPath, [childScript, root, "odd", String(size)], {
    encoding: "utf8",
    env: { ...childEnvironment, NODE_COMPILE_CACHE: undefined },
    ...(isRoot ? { uid: 65534, gid: 65534 } : {}),
  });
  if (!isRoot)
    for (const service of [20, 39])
      chmodSync(join(root, `kubernetes/prod/service-${service}`), 0o755);
  const errors = errorsIn(stdout);
  expect(errors).toMatchObject([
    { code: "WRITE_NOT_WRITABLE", message: expect.stringContaining("EACCES") },
  ]);
  expect(readTree(root)).toEqual(treeOf(renderState("even", size)));
});

test.for([
  ["a file", `kubernetes/prod/${"n".repeat(256)}`],
  ["a file in a new folder", `kubernetes/new/${"n".repeat(256)}`],
  ["a folder", `kubernetes/${"n".repeat(256)}/a.yaml`],
] as const)(
  "a name that is too long for %s is a problem, and nothing changes",
  async ([, path]) => {
    const root = await makeEvenTree();
    const content = withMarker("values.ts", "#", "a: 1\n");
    const plan = planWrites(
      [
        { path, content },
        { path: "kubernetes/first.yaml", content },
      ],
      [],
    );
    const { problems } = await applyWrites(root, plan, { stateFolder: stateOf(root) });
    expect(problems).toMatchObject([
      { code: "WRITE_NAME_TOO_LONG", message: expect.stringContaining("Nothing was changed.") },
    ]);
    expect(problems[0]?.place.file).toContain("nnnn");
    expect(readTree(root)).toEqual(treeOf(renderState("even", size)));
  },
);

test("a file that cannot be replaced stops a run half way; the next command completes it", async () => {
  const root = await makeEvenTree();
  // A file that is a mount point cannot be renamed over, which nothing shows beforehand.
  const victim = join(root, "kubernetes/prod/service-30/deployment.yaml");
  const { output } = runWithMounts(
    `mount --bind ${victim} ${victim}; ${child(root)}; echo; cd ${root}; find .rzp -maxdepth 1 -name journal.json`,
  );
  expect(output).toContain(".rzp/journal.json");
  expect(errorsIn(output.split("\n").find((line) => line.startsWith("[{")) ?? "")).toMatchObject([
    {
      code: "WRITE_FAILED",
      message: expect.stringContaining("The next command completes this run"),
      place: { file: "kubernetes/prod/service-30/deployment.yaml" },
    },
  ]);
  expect(hasJournal(root)).toBe(true);
  expect(await recoverJournal(root, { stateFolder: stateOf(root) })).toMatchObject([
    { code: "WRITE_RUN_COMPLETED" },
  ]);
  expect(readTree(root)).toEqual(treeOf(renderState("odd", size)));
});

test("a command that only reads works in a read-only repository", async () => {
  const root = await makeEvenTree();
  const module = join(import.meta.dirname, "../../src/write/repository-lock.ts");
  const script = `import { recoverJournal } from "${module}"; console.log(await recoverJournal("${root}", { stateFolder: "${root}/.rzp" }))`;
  const { output } = runWithMounts(
    `mount --bind ${root} ${root}; mount -o remount,bind,ro ${root}; ${process.execPath} --input-type=module -e '${script}'`,
  );
  expect(output).toBe("[]\n");
});
