/** The proof that no kill tears a file: real processes, really killed, at moments nobody chose. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { recoverJournal } from "../../src/write/repository-lock.ts";
import { renderOnce } from "./render-once.ts";
import { renderState } from "./states.ts";
import {
  findDamage,
  foreignFiles,
  hasJournal,
  hasStaging,
  makeRepository,
  outputOf,
  putFile,
  readTree,
  startChild,
  stateOf,
  treeOf,
  whenEnded,
} from "./support.ts";

const killsWanted = 200;
const lanes = 2;
/** From one state to the other 60 files change, 30 stay as they are, 150 appear, and 150 go with 30 folders. */
const size = 60;

interface Tally {
  kills: number;
  attempts: number;
  /** Killed while the files were being prepared. */
  staging: number;
  /** Killed with the journal in place. */
  journal: number;
  /** Of these, killed with part of the tree old and part of it new. */
  halfDone: number;
}

test(
  "200 kills: every file is old or new, and the next command completes the tree",
  { timeout: 180_000 },
  async () => {
    const tally: Tally = { kills: 0, attempts: 0, staging: 0, journal: 0, halfDone: 0 };
    await Promise.all(Array.from({ length: lanes }, () => killInLane(makeRepository(), tally)));
    console.info("kills:", JSON.stringify(tally));
    expect(tally.kills).toBeGreaterThanOrEqual(killsWanted);
    expect(tally.staging).toBeGreaterThanOrEqual(killsWanted / 10);
    expect(tally.journal).toBeGreaterThanOrEqual(killsWanted / 10);
    expect(tally.halfDone).toBeGreaterThanOrEqual(killsWanted / 20);
  },
);

async function killInLane(root: string, tally: Tally): Promise<void> {
  for (const [path, content] of foreignFiles) putFile(root, path, content);
  await renderOnce({ root, state: "even", size });
  // The first runs end by themselves and show how long one writes; the very first fills caches.
  await runToEnd(root, "odd");
  const { durationMs, calls } = await runToEnd(root, "even");
  for (let run = 0; tally.kills < killsWanted && tally.attempts < killsWanted * 2; run++) {
    const [from, to] = run % 2 === 0 ? (["even", "odd"] as const) : (["odd", "even"] as const);
    const trees = { before: treeOf(renderState(from, size)), after: treeOf(renderState(to, size)) };
    tally.attempts++;
    // By the clock a kill may come in the middle of a call, but on a busy machine most come too early or too
    // late; by the number of the call they are spread evenly whatever else runs.
    const isKilled =
      run % 4 < 2
        ? await killAfter(root, to, Math.random() * durationMs)
        : await killInCall(root, to, Math.ceil(Math.random() * calls));
    const found = readTree(root);
    expect(findDamage(found, trees.before, trees.after)).toEqual([]);
    if (isKilled) count(tally, root, found, trees);
    await expectRecovery(root, to, trees);
  }
}

/** Runs a child to its end; says how long it wrote, by its own watch, and in how many calls. */
async function runToEnd(
  root: string,
  state: string,
): Promise<{ durationMs: number; calls: number }> {
  const child = startChild({ root, state, size });
  const [output, { code }] = await Promise.all([outputOf(child), whenEnded(child)]);
  expect(code).toBe(0);
  const [, durationMs, calls] = /^wrote (.+) ms in (.+) calls$/m.exec(output) ?? [];
  return { durationMs: Number(durationMs), calls: Number(calls) };
}

async function killInCall(root: string, state: string, call: number): Promise<boolean> {
  return isKilledAtEnd(
    startChild({ root, state, size, environment: { RZP_KILL_AT: String(call) } }),
  );
}

/** Kills a child so long after its first write; false when it had ended by itself by then. */
async function killAfter(root: string, state: string, delayMs: number): Promise<boolean> {
  const child = startChild({ root, state, size, environment: { RZP_AWAIT_GO: "yes" } });
  const isKilled = isKilledAtEnd(child);
  await once(child.stdout ?? expect.fail("The child has no output."), "data");
  // The child waits for this, so that a busy machine does not put all the kills off until its end.
  child.stdin?.write("go");
  const start = performance.now();
  // A timer is too coarse: all of it takes some ten milliseconds.
  while (performance.now() - start < delayMs);
  child.kill("SIGKILL");
  return isKilled;
}

async function isKilledAtEnd(child: ChildProcess): Promise<boolean> {
  const { code, signal } = await whenEnded(child);
  expect([code, signal]).toEqual(signal === "SIGKILL" ? [null, "SIGKILL"] : [0, null]);
  return signal === "SIGKILL";
}

interface Trees {
  readonly before: Map<string, string>;
  readonly after: Map<string, string>;
}

function count(
  tally: Tally,
  root: string,
  found: Map<string, string>,
  { before, after }: Trees,
): void {
  tally.kills++;
  const isOld = (path: string) => found.get(path) === before.get(path);
  const changing = [...after.keys()].filter((path) => before.get(path) !== after.get(path));
  const removed = [...before.keys()].filter((path) => !after.has(path));
  const old = [...changing, ...removed].filter(isOld).length;
  if (hasJournal(root)) tally.journal++;
  else if (hasStaging(root)) {
    tally.staging++;
    // Without a journal the tree is as it was, or as it should be.
    expect([0, changing.length + removed.length]).toContain(old);
  }
  if (old > 0 && old < changing.length + removed.length) tally.halfDone++;
}

async function expectRecovery(
  root: string,
  state: string,
  { before, after }: Trees,
): Promise<void> {
  const hadJournal = hasJournal(root);
  const problems = await recoverJournal(root, { stateFolder: stateOf(root) });
  expect(problems.map((problem) => problem.code)).toEqual(
    hadJournal ? ["WRITE_RUN_COMPLETED"] : [],
  );
  const recovered = readTree(root);
  if (hadJournal) expect(recovered).toEqual(after);
  else expect([before, after]).toContainEqual(recovered);
  const rest = await renderOnce({ root, state, size });
  expect(rest.filter((problem) => problem.code !== "WRITE_UNKNOWN_FILE")).toEqual([]);
  expect(readTree(root)).toEqual(after);
  expect(hasStaging(root)).toBe(false);
}
