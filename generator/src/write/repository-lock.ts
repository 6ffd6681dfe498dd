/** One writer at a time per repository, and whoever gets in finds a tree without half-done runs. */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hasErrors, type Problem } from "../problems/problem.ts";
import { fileProblem, isFileError } from "./file-problem.ts";
import { journalPath } from "./journal.ts";
import type { LockOwner } from "./lock-owner.ts";
import { tryLock, unlock, type HeldLock } from "./lock.ts";
import { recoverLocked } from "./recover.ts";
import { untouched } from "./targets.ts";

export interface LockOptions {
  /** `<root>/.rzp` */
  readonly stateFolder: string;
  /** How long to wait for another run to end; without it the answer comes at once. */
  readonly waitMs?: number;
}

/** `done` says whether the work was run; `problems` has what recovery did first, or why it was not run. */
export type LockedWork<T> =
  | { readonly done: true; readonly value: T; readonly problems: readonly Problem[] }
  | { readonly done: false; readonly problems: readonly Problem[] };

const pollMs = 20;
const draftAgeMaxMs = 3_600_000;

/**
 * Runs the work while no other process of this repository can write, after completing what an
 * interrupted run left. Comes back undone with WRITE_LOCKED when another process has the lock, or with what
 * the file system refused; with the warnings WRITE_RUN_COMPLETED or WRITE_RUN_DROPPED after a recovery.
 */
export async function withRepositoryLock<T>(
  root: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<LockedWork<T>> {
  const taken = await acquire(root, options);
  if ("code" in taken) return { done: false, problems: [taken] };
  try {
    const problems = recover(root, options.stateFolder);
    if (hasErrors(problems)) return { done: false, problems };
    return { done: true, value: await work(), problems };
  } finally {
    giveBack(taken);
  }
}

/**
 * Completes what an interrupted run began; for commands that only read. Touches nothing, and so works in
 * a read-only tree, when nothing was interrupted. Comes back with the problems of `withRepositoryLock`.
 */
export async function recoverJournal(
  root: string,
  options: LockOptions,
): Promise<readonly Problem[]> {
  if (!existsSync(journalPath(options.stateFolder))) return [];
  const { problems } = await withRepositoryLock(root, options, async () => undefined);
  return problems;
}

async function acquire(root: string, options: LockOptions): Promise<HeldLock | Problem> {
  const { stateFolder, waitMs = 0 } = options;
  const path = join(stateFolder, "lock");
  const deadline = performance.now() + waitMs;
  try {
    prepareStateDirectory(stateFolder);
    for (;;) {
      const attempt = tryLock(path);
      if ("lock" in attempt) return attempt.lock;
      if (performance.now() >= deadline) return locked(relative(root, path), attempt.holder);
      await sleep(pollMs);
    }
  } catch (error) {
    return fileProblem(error, relative(root, path), untouched);
  }
}

/** A lock that cannot be removed (a disk gone read-only) is taken over once this process has ended. */
function giveBack(lock: HeldLock): void {
  try {
    unlock(lock);
  } catch (error) {
    if (!isFileError(error)) throw error;
  }
}

/** The folder ignores itself, so that it can never be committed. */
function prepareStateDirectory(stateFolder: string): void {
  mkdirSync(stateFolder, { recursive: true });
  const ignore = join(stateFolder, ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
}

function recover(root: string, stateFolder: string): Problem[] {
  try {
    sweepDrafts(stateFolder);
    return recoverLocked(root, stateFolder);
  } catch (error) {
    return [fileProblem(error, relative(root, stateFolder), untouched)];
  }
}

/** A process killed while it took the lock leaves a draft or a claim; in use they live for a moment only. */
function sweepDrafts(stateFolder: string): void {
  for (const name of readdirSync(stateFolder)) {
    if (!name.startsWith("lock.")) continue;
    const path = join(stateFolder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && Date.now() - found.mtimeMs > draftAgeMaxMs)
      rmSync(path, { force: true });
  }
}

function locked(path: string, holder: LockOwner): Problem {
  const [host] = holder.machine.split(" ");
  const who = `process ${holder.pid} on ${host} since ${holder.since}`;
  return {
    code: "WRITE_LOCKED",
    severity: "error",
    message: `Another rzp command is writing this repository: ${who}.`,
    place: { file: path },
    found: who,
    fix: `Wait until it ends, then run the command again. If it runs no more (a container that is gone), delete ${path}.`,
  };
}
