/** Reading, planning and applying on a real tree, without faults. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { InternalError } from "../../src/problems/problem.ts";
import { applyWrites } from "../../src/write/apply.ts";
import { withMarker } from "../support/marked.ts";
import { planWrites } from "../../src/write/plan.ts";
import { type OutputFile } from "../../src/output/files.ts";
import { readOwnedTree } from "../../src/write/read-tree.ts";
import { renderOnce } from "./render-once.ts";
import { renderState } from "./states.ts";
import { foreignFiles, makeRepository, putFile, readTree, stateOf, treeOf } from "./support.ts";

const size = 6;
const file = (path: string, body = "a: 1\n"): OutputFile => ({
  path,
  content: withMarker("values.ts", "#", body),
});
const apply = (root: string, wanted: OutputFile[]) =>
  applyWrites(root, planWrites(wanted, readOwnedTree(root, ["kubernetes"])), {
    stateFolder: stateOf(root),
  });

test("the tree becomes what is wanted, foreign files stay, and emptied folders go", async () => {
  const root = makeRepository();
  for (const [path, content] of foreignFiles) putFile(root, path, content);
  for (const state of ["even", "odd", "even"]) {
    await renderOnce({ root, state, size });
    expect(readTree(root)).toEqual(treeOf(renderState(state, size)));
  }
  expect(readdirSync(stateOf(root))).toEqual([".gitignore"]);
});

test("a run without changes writes nothing", async () => {
  const root = makeRepository();
  await apply(root, [file("kubernetes/a.yaml")]);
  const { status } = spawnSync("touch", ["-d", "2001-01-01", join(root, "kubernetes/a.yaml")]);
  expect(status).toBe(0);
  const before = readOwnedTree(root, ["kubernetes"]);
  expect(planWrites([file("kubernetes/a.yaml")], before)).toMatchObject({
    writes: [],
    unchanged: 1,
  });
  expect(await apply(root, [file("kubernetes/a.yaml")])).toEqual({ problems: [] });
  expect(existsSync(join(stateOf(root), "staged"))).toBe(false);
});

test("a folder with a hidden file in it is kept", async () => {
  const root = makeRepository();
  await apply(root, [file("kubernetes/prod/a.yaml")]);
  putFile(root, "kubernetes/prod/.gitkeep", "");
  await apply(root, []);
  expect([...readTree(root).keys()]).toEqual(["kubernetes/prod/.gitkeep"]);
});

test("a folder that was left empty is used", async () => {
  const root = makeRepository();
  mkdirSync(join(root, "kubernetes/prod/sonarr"), { recursive: true });
  await apply(root, [
    file("kubernetes/prod/sonarr/a.yaml"),
    file("kubernetes/prod/sonarr/b/c/d.yaml"),
  ]);
  expect([...readTree(root).keys()]).toEqual([
    "kubernetes/prod/sonarr/a.yaml",
    "kubernetes/prod/sonarr/b/c/d.yaml",
  ]);
});

test("the reader sorts, skips hidden folders and node_modules, and follows no link", () => {
  const root = makeRepository();
  const outside = makeRepository();
  putFile(outside, "secret.yaml", "outside");
  for (const path of [
    "b",
    "a/2",
    "a/1",
    ".hidden",
    ".git/config",
    "node_modules/x",
    "a/.cache/x",
  ]) {
    putFile(root, `kubernetes/${path}`, path);
  }
  symlinkSync(outside, join(root, "kubernetes/link"));
  symlinkSync(join(outside, "secret.yaml"), join(root, "kubernetes/file-link"));
  expect(spawnSync("mkfifo", [join(root, "kubernetes/pipe")]).status).toBe(0);
  expect(readOwnedTree(root, ["kubernetes", "kubernetes/a", "missing"])).toEqual([
    { path: "kubernetes/.hidden", content: ".hidden" },
    { path: "kubernetes/a/1", content: "a/1" },
    { path: "kubernetes/a/2", content: "a/2" },
    { path: "kubernetes/b", content: "b" },
    { path: "kubernetes/file-link", content: "", kind: "symlink" },
    { path: "kubernetes/link", content: "", kind: "symlink" },
    { path: "kubernetes/pipe", content: "", kind: "special" },
  ]);
});

test("an owned folder that is itself a link out of the tree is an error, and nothing is written there", async () => {
  const root = makeRepository();
  const outside = makeRepository();
  symlinkSync(outside, join(root, "kubernetes"));
  const existing = readOwnedTree(root, ["kubernetes/prod"]);
  expect(existing).toEqual([{ path: "kubernetes", content: "", kind: "symlink" }]);
  const plan = planWrites([file("kubernetes/prod/a.yaml")], existing);
  expect(plan).toMatchObject({
    writes: [],
    problems: [{ code: "WRITE_PATH_BLOCKED", severity: "error" }],
  });
});

const obstacles: readonly (readonly [string, (root: string) => void])[] = [
  ["a link for a parent", (root) => symlinkSync("/tmp", join(root, "kubernetes"))],
  ["a file for a parent", (root) => putFile(root, "kubernetes", "mine")],
  [
    "a folder in its place",
    (root) => mkdirSync(join(root, "kubernetes/prod/a.yaml"), { recursive: true }),
  ],
  [
    "a link in its place",
    (root) => (
      putFile(root, "kubernetes/prod/x", ""),
      symlinkSync("x", join(root, "kubernetes/prod/a.yaml"))
    ),
  ],
  ["a foreign file that came since", (root) => putFile(root, "kubernetes/prod/a.yaml", "mine")],
];
test.for(obstacles)(
  "what the plan did not know of is found before anything is written: %s",
  async ([, obstruct]) => {
    const root = makeRepository();
    obstruct(root);
    const before = readTree(root);
    const plan = planWrites([file("kubernetes/prod/a.yaml"), file("other/b.yaml")], []);
    const { problems } = await applyWrites(root, plan, { stateFolder: stateOf(root) });
    expect(problems).toMatchObject([{ code: "WRITE_PATH_BLOCKED", severity: "error" }]);
    expect(readTree(root)).toEqual(before);
  },
);

test("applying over a journal nobody recovered is a bug", async () => {
  const root = makeRepository();
  putFile(root, ".rzp/journal.json", "{}");
  await expect(apply(root, [file("kubernetes/a.yaml")])).rejects.toThrow(InternalError);
});

test("what may not be read is named, not a crash", () => {
  const root = makeRepository();
  for (const path of ["kubernetes/a.yaml", "kubernetes/b/c.yaml"]) putFile(root, path, "x");
  chmodSync(root, 0o755);
  for (const path of ["kubernetes/a.yaml", "kubernetes/b"]) chmodSync(join(root, path), 0);
  const existing = asOrdinaryUser(() => readOwnedTree(root, ["kubernetes"]));
  expect(existing).toEqual([
    { path: "kubernetes/a.yaml", content: "", kind: "unreadable" },
    { path: "kubernetes/b", content: "", kind: "unreadable" },
  ]);
  chmodSync(join(root, "kubernetes/b"), 0o755);
});

/** Root may read everything, so it becomes somebody else for a moment. */
function asOrdinaryUser<T>(work: () => T): T {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

test("text that is no UTF-8 is replaced when it bears the marker", async () => {
  const root = makeRepository();
  const wanted = file("kubernetes/a.yaml");
  putFile(root, wanted.path, "");
  writeFileSync(
    join(root, wanted.path),
    Buffer.concat([Buffer.from(wanted.content), Buffer.from([0xff, 0xfe])]),
  );
  expect((await apply(root, [wanted])).problems).toEqual([]);
  expect(readFileSync(join(root, wanted.path), "utf8")).toBe(wanted.content);
});
