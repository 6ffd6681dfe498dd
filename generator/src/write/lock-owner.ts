/** Who holds a lock, and whether that process still runs. */
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { asTree } from "../model/data.ts";
import { isFileError } from "./file-problem.ts";

export interface LockOwner {
  readonly pid: number;
  /** When the process began, in ticks since boot: a number reused for another process differs here. */
  readonly started: string | null;
  /** The host and its process namespace: a number of another container says nothing here. */
  readonly machine: string;
  /** A date of ISO 8601. */
  readonly since: string;
  /** Makes each lock unlike any other, so that one can be told from its successor. */
  readonly nonce: string;
}

/** By hand: a schema library would be loaded for every run, and next to none finds a lock. */
function isLockOwner(value: unknown): value is LockOwner {
  const { pid, started, machine, since, nonce } = asTree(value);
  return (
    Number.isSafeInteger(pid) &&
    Number(pid) > 0 &&
    (started === null || typeof started === "string") &&
    typeof machine === "string" &&
    typeof since === "string" &&
    !Number.isNaN(Date.parse(since)) &&
    typeof nonce === "string"
  );
}

/** Out: the owner of every lock this process takes; each time with another nonce. */
export function describeThisProcess(): LockOwner {
  return {
    pid: process.pid,
    started: readProcess(process.pid)?.started ?? null,
    machine: thisMachine(),
    since: new Date().toISOString(),
    nonce: randomUUID(),
  };
}

/** Undefined for a text no lock has: what a power cut may leave. Nobody who runs wrote that. */
export function parseOwner(text: string): LockOwner | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isLockOwner(parsed) ? parsed : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Says whether the owner may still run; what cannot be judged from here counts as running. */
export function isAlive(owner: LockOwner): boolean {
  if (owner.machine !== thisMachine()) return true;
  const found = readProcess(owner.pid);
  if (found === undefined) return answersSignals(owner.pid);
  const isDead = found.state === "Z" || found.state === "X";
  return !isDead && (owner.started === null || owner.started === found.started);
}

/** State and start time from /proc; undefined where it has none, or hides other users' processes. */
function readProcess(pid: number): { state: string; started: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in brackets and may hold anything, brackets too.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, started] = [fields[0], fields[19]];
    return state === undefined || started === undefined ? undefined : { state, started };
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isFileError(error) && error.code === "EPERM";
  }
}

function thisMachine(): string {
  const namespace = "/proc/self/ns/pid";
  return existsSync(namespace) ? `${hostname()} ${readlinkSync(namespace)}` : hostname();
}
