/**
 * A lock file that outlives neither its process nor a reused process number. It appears complete (a
 * hard link to a finished draft), and a dead owner's lock is taken over under a lock of its own, named after
 * that very lock: of all who find it dead one replaces it, and nobody ever removes a fresh one.
 *
 * Why not a package: proper-lockfile tells death by a timestamp it keeps touching, which a run that
 * blocks (we write with synchronous calls) or a machine that sleeps gets wrong in both directions.
 */
import { hash } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isFileError } from "./file-problem.ts";
import { describeThisProcess, isAlive, parseOwner, type LockOwner } from "./lock-owner.ts";

export interface HeldLock {
  readonly path: string;
  readonly content: string;
}

export type LockAttempt = { readonly lock: HeldLock } | { readonly holder: LockOwner };

/** Takes the lock, or says who has it. Throws what the file system refuses. */
export function tryLock(path: string): LockAttempt {
  for (;;) {
    const mine: HeldLock = { path, content: JSON.stringify(describeThisProcess()) };
    if (placeNew(mine)) return { lock: mine };
    const found = readLock(path);
    // It was released between the two calls.
    if (found === undefined) continue;
    const owner = parseOwner(found);
    if (owner !== undefined && isAlive(owner)) return { holder: owner };
    const claim = tryLock(claimPath(path, found));
    if ("holder" in claim) return claim;
    try {
      // With the claim in hand a dead lock stays as it is; if it changed, another was faster.
      if (readLock(path) === found) return { lock: replace(mine) };
    } finally {
      unlock(claim.lock);
    }
  }
}

/** The lock under which one dead lock may be replaced; another lock at the same path has another one. */
export function claimPath(path: string, content: string): string {
  return `${path}.${hash("sha256", content).slice(0, 12)}`;
}

/** Gives the lock back; one that was removed by hand, or is another's by now, is left alone. */
export function unlock(lock: HeldLock): void {
  if (readLock(lock.path) === lock.content) rmSync(lock.path, { force: true });
}

function placeNew(lock: HeldLock): boolean {
  const draft = writeDraft(lock);
  try {
    linkSync(draft, lock.path);
    return true;
  } catch (error) {
    if (isFileError(error) && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function replace(lock: HeldLock): HeldLock {
  renameSync(writeDraft(lock), lock.path);
  return lock;
}

function writeDraft(lock: HeldLock): string {
  const draft = `${claimPath(lock.path, lock.content)}.draft`;
  writeFileSync(draft, lock.content);
  return draft;
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isFileError(error) && error.code === "ENOENT") return undefined;
    throw error;
  }
}
