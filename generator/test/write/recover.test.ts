/** What the next command does with an interrupted run when the tree has changed since. */
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withMarker } from "../support/marked.ts";
import { recoverJournal, withRepositoryLock } from "../../src/write/repository-lock.ts";
import { makeRepository, putFile, readTree, stateOf } from "./support.ts";

const oldText = withMarker("values.ts", "#", "old\n");
const newText = withMarker("values.ts", "#", "new\n");
const recover = (root: string) => recoverJournal(root, { stateFolder: stateOf(root) });

/** A run that died right after its journal was there: one update, one new folder, one removal. */
function interruptedRun(): string {
  const root = makeRepository();
  putFile(root, "kubernetes/update.yaml", oldText);
  putFile(root, "kubernetes/gone/remove.yaml", oldText);
  putFile(root, ".rzp/staged/0", newText);
  putFile(root, ".rzp/staged/1/create.yaml", newText);
  const journal = {
    version: 1,
    moves: [
      { from: "0", to: "kubernetes/update.yaml" },
      { from: "1", to: "kubernetes/new" },
    ],
    removals: ["kubernetes/gone/remove.yaml"],
    folders: ["kubernetes/gone"],
  };
  putFile(root, ".rzp/journal.json", JSON.stringify(journal));
  return root;
}

test("an interrupted run is completed", async () => {
  const root = interruptedRun();
  expect(await recover(root)).toMatchObject([{ code: "WRITE_RUN_COMPLETED", severity: "warning" }]);
  expect(readTree(root)).toEqual(
    new Map([
      ["kubernetes/new/create.yaml", newText],
      ["kubernetes/update.yaml", newText],
    ]),
  );
  expect(existsSync(join(stateOf(root), "staged"))).toBe(false);
  expect(await recover(root)).toEqual([]);
});

test("a command that takes the lock completes it before its work begins", async () => {
  const root = interruptedRun();
  const result = await withRepositoryLock(
    root,
    { stateFolder: stateOf(root) },
    async () => readTree(root).size,
  );
  expect(result).toMatchObject({
    done: true,
    value: 2,
    problems: [{ code: "WRITE_RUN_COMPLETED" }],
  });
});

test("staged files without a journal are cleared away by the next command that writes", async () => {
  const root = interruptedRun();
  rmSync(join(stateOf(root), "journal.json"));
  const before = readTree(root);
  expect(
    await withRepositoryLock(root, { stateFolder: stateOf(root) }, async () => 1),
  ).toMatchObject({ problems: [] });
  expect(readTree(root)).toEqual(before);
  expect(existsSync(join(stateOf(root), "staged"))).toBe(false);
});

const changes: readonly (readonly [string, (root: string) => void])[] = [
  [
    "its journal is no JSON",
    (root) => writeFileSync(join(root, ".rzp/journal.json"), '{"version":1,"mo'),
  ],
  ["its journal is empty", (root) => writeFileSync(join(root, ".rzp/journal.json"), "")],
  [
    "its journal is of another version",
    (root) => writeFileSync(join(root, ".rzp/journal.json"), '{"version":2}'),
  ],
  [
    "its journal leads out of the tree",
    (root) =>
      writeFileSync(
        join(root, ".rzp/journal.json"),
        JSON.stringify({
          version: 1,
          moves: [{ from: "0", to: "../outside" }],
          removals: [],
          folders: [],
        }),
      ),
  ],
  [
    "a staged file came back empty after a power cut",
    (root) => writeFileSync(join(root, ".rzp/staged/0"), ""),
  ],
  [
    "a staged file came back cut short",
    (root) => writeFileSync(join(root, ".rzp/staged/1/create.yaml"), newText.slice(0, -2)),
  ],
  [
    "a person's file is where one is to be replaced",
    (root) => putFile(root, "kubernetes/update.yaml", "mine\n"),
  ],
  [
    "a person's file is where one is to be removed",
    (root) => putFile(root, "kubernetes/gone/remove.yaml", "mine\n"),
  ],
  [
    "the new folder is there and holds something",
    (root) => putFile(root, "kubernetes/new/mine.yaml", "mine\n"),
  ],
  ["the folder above is gone", (root) => rmSync(join(root, "kubernetes"), { recursive: true })],
  [
    "the folder above is a link by now",
    (root) => {
      cpSync(join(root, "kubernetes"), join(root, "elsewhere"), { recursive: true });
      rmSync(join(root, "kubernetes"), { recursive: true });
      symlinkSync("elsewhere", join(root, "kubernetes"));
    },
  ],
  [
    "a folder is where a file is to be replaced",
    (root) => {
      rmSync(join(root, "kubernetes/update.yaml"));
      mkdirSync(join(root, "kubernetes/update.yaml"));
    },
  ],
];
test.for(changes)(
  "the rest of the run is dropped and the tree left alone when %s",
  async ([, change]) => {
    const root = interruptedRun();
    change(root);
    const before = readTree(root);
    expect(await recover(root)).toMatchObject([{ code: "WRITE_RUN_DROPPED", severity: "warning" }]);
    expect(readTree(root)).toEqual(before);
    expect(await recover(root)).toEqual([]);
  },
);

test("what was already moved and removed is not missed", async () => {
  const root = interruptedRun();
  cpSync(join(root, ".rzp/staged/0"), join(root, "kubernetes/update.yaml"));
  rmSync(join(root, ".rzp/staged/0"));
  rmSync(join(root, "kubernetes/gone"), { recursive: true });
  expect(await recover(root)).toMatchObject([{ code: "WRITE_RUN_COMPLETED" }]);
  expect([...readTree(root).keys()]).toEqual([
    "kubernetes/new/create.yaml",
    "kubernetes/update.yaml",
  ]);
});
