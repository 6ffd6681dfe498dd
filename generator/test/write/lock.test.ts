/** One writer at a time, whoever died holding the lock before. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { describeThisProcess, isAlive, type LockOwner } from "../../src/write/lock-owner.ts";
import { claimPath, tryLock } from "../../src/write/lock.ts";
import { withRepositoryLock } from "../../src/write/repository-lock.ts";
import { renderState } from "./states.ts";
import {
  childEnvironment,
  foreignFiles,
  makeRepository,
  outputOf,
  putFile,
  readTree,
  startChild,
  stateOf,
  treeOf,
  whenEnded,
} from "./support.ts";

const enter = (root: string, waitMs = 0) =>
  withRepositoryLock(root, { stateFolder: stateOf(root), waitMs }, async () => "done");
const leaveLock = (root: string, owner: Partial<LockOwner>) =>
  putFile(root, ".rzp/lock", JSON.stringify({ ...describeThisProcess(), ...owner }));

test(
  "two runs at once: one writes at a time, and the tree is that of the last",
  { timeout: 60_000 },
  async () => {
    for (let round = 0; round < 3; round++) {
      const root = makeRepository();
      const log = join(root, ".rzp/log");
      for (const [path, content] of foreignFiles) putFile(root, path, content);
      putFile(root, ".rzp/log", "");
      const environment = { RZP_LOG: log, RZP_WAIT_MS: "30000" };
      const children = ["even", "odd", "even", "odd"].map((state) =>
        startChild({ root, state, size: 40, environment }),
      );
      const ends = await Promise.all(children.map(whenEnded));
      expect(ends).toEqual(children.map(() => ({ code: 0, signal: null })));
      const turns = expectOneAtATime(log);
      expect(turns).toHaveLength(4);
      expect(readTree(root)).toEqual(treeOf(renderState(turns.at(-1)?.split(" ")[1] ?? "", 40)));
    }
  },
);

test("without waiting, the second of two runs is told who is writing", async () => {
  const root = makeRepository();
  const outer = await withRepositoryLock(root, { stateFolder: stateOf(root) }, () => enter(root));
  expect(outer).toMatchObject({
    done: true,
    value: {
      done: false,
      problems: [
        {
          code: "WRITE_LOCKED",
          severity: "error",
          found: expect.stringContaining(`process ${process.pid} `),
        },
      ],
    },
  });
  expect(await enter(root)).toMatchObject({ done: true });
});

test("the lock is given back when the work fails", async () => {
  const root = makeRepository();
  const work = withRepositoryLock(root, { stateFolder: stateOf(root) }, () =>
    Promise.reject(new Error("bug")),
  );
  await expect(work).rejects.toThrow("bug");
  expect(await enter(root)).toMatchObject({ done: true });
});

test("a run that waits gets the lock as soon as it is free", async () => {
  const root = makeRepository();
  const first = withRepositoryLock(root, { stateFolder: stateOf(root) }, () => sleep(200));
  expect(await enter(root)).toMatchObject({ done: false });
  expect(await enter(root, 10_000)).toMatchObject({ done: true });
  expect(await first).toMatchObject({ done: true });
});

test("the lock of a killed process is taken over", async () => {
  const root = makeRepository();
  const child = startChild({ root, state: "even", size: 4, environment: { RZP_AWAIT_GO: "yes" } });
  await once(child.stdout ?? expect.fail("The child has no output."), "data");
  expect(await enter(root)).toMatchObject({ done: false, problems: [{ code: "WRITE_LOCKED" }] });
  child.kill("SIGKILL");
  expect(await whenEnded(child)).toMatchObject({ signal: "SIGKILL" });
  expect(readdirSync(stateOf(root))).toContain("lock");
  expect(await enter(root)).toMatchObject({ done: true });
  expect(readdirSync(stateOf(root))).toEqual([".gitignore"]);
});

test("the lock of a killed process that nobody has waited for yet is taken over", async () => {
  const root = makeRepository();
  // The shell becomes `sleep` and never waits for its child, which ends after that and stays a zombie.
  const shell = spawn("bash", ["-c", "sleep 0.3 & echo $!; exec sleep 30"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void shell.kill());
  const [pid] = await once(shell.stdout, "data");
  await expect.poll(() => readFileSync(`/proc/${Number(pid)}/stat`, "utf8")).toContain(") Z ");
  leaveLock(root, { pid: Number(pid), started: startOf(Number(pid)) });
  expect(await enter(root)).toMatchObject({ done: true });
});

test("the lock of a process whose number was given to another one is taken over", async () => {
  const root = makeRepository();
  leaveLock(root, { started: "1" });
  expect(await enter(root)).toMatchObject({ done: true });
});

test("a lock without a start time, from a system that has none, holds as long as the number is in use", async () => {
  const root = makeRepository();
  leaveLock(root, { started: null });
  expect(await enter(root)).toMatchObject({ done: false });
  expect(isAlive({ ...describeThisProcess(), pid: 2 ** 22 + 1, started: null })).toBe(false);
});

test("a lock from another machine or container is respected, since nobody here can judge it", async () => {
  const root = makeRepository();
  leaveLock(root, { machine: "other-host pid:[1]", started: "1" });
  const result = await enter(root);
  expect(result).toMatchObject({
    done: false,
    problems: [{ fix: expect.stringContaining("delete .rzp/lock") }],
  });
  rmSync(join(stateOf(root), "lock"));
  expect(await enter(root)).toMatchObject({ done: true });
});

test.for(["", "{", "null", '{"pid":0}'])(
  "a lock that a power cut left as %j is taken over",
  async (text) => {
    const root = makeRepository();
    putFile(root, ".rzp/lock", text);
    expect(await enter(root)).toMatchObject({ done: true });
  },
);

test("a process that died while it took a dead lock over stops nobody", () => {
  const root = makeRepository();
  leaveLock(root, { started: "1" });
  const lock = join(stateOf(root), "lock");
  startTakeover(startTakeover(lock));
  expect(tryLock(lock)).toMatchObject({ lock: { path: lock } });
});

/** The 22nd field of the process's state, as proc(5) counts. */
function startOf(pid: number): string {
  return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[19] ?? "";
}

/** Leaves the claim of a dead process on a dead lock, under the name the next one needs. */
function startTakeover(lock: string): string {
  const claim = claimPath(lock, readFileSync(lock, "utf8"));
  writeFileSync(claim, JSON.stringify({ ...describeThisProcess(), started: "2" }));
  return claim;
}

test("many processes that meet at dead locks take turns", { timeout: 60_000 }, async () => {
  const root = makeRepository();
  const log = join(root, "log");
  putFile(root, "log", "");
  leaveLock(root, { started: "1" });
  const script = join(import.meta.dirname, "takeover-child.ts");
  const children = Array.from({ length: 6 }, (): ChildProcess =>
    spawn(process.execPath, [script, join(stateOf(root), "lock"), log, "40"], {
      env: childEnvironment,
      stdio: ["ignore", "pipe", "inherit"],
    }),
  );
  const outputs = await Promise.all(children.map(outputOf));
  expect(expectOneAtATime(log)).toHaveLength(6 * 40);
  expect(outputs).toEqual(children.map(() => ""));
});

/** The log has each turn's begin followed by its own end, whoever it was; says whose turns they were. */
function expectOneAtATime(log: string): string[] {
  const lines = readFileSync(log, "utf8").trimEnd().split("\n");
  const begins = lines.filter((_, index) => index % 2 === 0);
  const ends = lines.filter((_, index) => index % 2 === 1);
  expect(begins.map((line) => line.replace("enter ", ""))).toEqual(
    ends.map((line) => line.replace("leave ", "")),
  );
  return begins.map((line) => line.replace("enter ", ""));
}
