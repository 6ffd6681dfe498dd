/**
 * One program of the local cluster: started in a group of its own, with its output in a file, ended by its
 * process id and never by its name. Ids and start times are kept in the cluster's folder, so that another run can end
 * what this one left, and nothing else.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface Program {
  /** How it is called in messages; also the name of its files. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** How long a program may take to end by itself. The API server would drain its watches for 20 s. */
const patienceMs = 2_000;

const pidFile = (folder: string, name: string): string => join(folder, "pid", name);

const logFile = (folder: string, name: string): string => join(folder, "log", `${name}.log`);

/** What a program said last. */
export function lastLines(folder: string, name: string, count = 12): string {
  try {
    return readFileSync(logFile(folder, name), "utf8")
      .trimEnd()
      .split("\n")
      .slice(-count)
      .join("\n");
  } catch {
    return "";
  }
}

/** Starts a program that outlives this process. In: the cluster's folder and the program. Throws where there is no such program. It may end at once: ask `isRunning`. */
export async function startProgram(folder: string, program: Program): Promise<void> {
  const { name, command, args, environment } = program;
  mkdirSync(join(folder, "pid"), { recursive: true });
  mkdirSync(join(folder, "log"), { recursive: true });
  const log = openSync(logFile(folder, name), "a");
  try {
    const child = spawn(command, args, {
      cwd: folder,
      detached: true,
      stdio: ["ignore", log, log],
      env: { PATH: process.env["PATH"], HOME: folder, ...environment },
    });
    await once(child, "spawn");
    child.unref();
    const pid = child.pid ?? 0;
    writeFileSync(pidFile(folder, name), `${pid} ${startTime(pid) ?? ""}`);
  } finally {
    closeSync(log);
  }
}

/** Names of the programs that were started in a folder and are still running. */
export function runningPrograms(folder: string): string[] {
  return recorded(folder).filter((name) => isRunning(folder, name));
}

export function isRunning(folder: string, name: string): boolean {
  return runningPid(folder, name) !== undefined;
}

/** What a program has used since it started: processor time, and the memory it has now. Throws where it is not running. */
export function usageOf(folder: string, name: string): { cpuSeconds: number; mebibytes: number } {
  const pid = runningPid(folder, name);
  if (pid === undefined) throw new Error(`${name} is not running`);
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [, kibibytes = "0"] =
    /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return {
    // In its own mode and in the kernel's; a hundred ticks a second (proc(5), sysconf(_SC_CLK_TCK) on Linux).
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100,
    mebibytes: Math.round(Number(kibibytes) / 1024),
  };
}

/** Ends a program without asking it, as a crash would. Returns when it is gone. */
export async function killProgram(folder: string, name: string): Promise<void> {
  const pid = runningPid(folder, name);
  if (pid !== undefined) signal(pid, "SIGKILL");
  while (isRunning(folder, name)) await sleep(20);
}

/** Ends all programs of a folder: asked first, then not. Safe when none is left. */
export async function stopPrograms(folder: string): Promise<void> {
  const pids = recorded(folder).flatMap((name) => runningPid(folder, name) ?? []);
  for (const pid of pids) signal(pid, "SIGTERM");
  const deadline = Date.now() + patienceMs;
  const anyLeft = (): boolean => runningPrograms(folder).length > 0;
  while (anyLeft() && Date.now() < deadline) await sleep(50);
  killPrograms(folder);
  while (anyLeft()) await sleep(20);
  rmSync(join(folder, "pid"), { recursive: true, force: true });
}

/** Ends all programs of a folder at once: all that can be done while this process ends itself. */
export function killPrograms(folder: string): void {
  for (const name of recorded(folder)) {
    const pid = runningPid(folder, name);
    if (pid !== undefined) signal(pid, "SIGKILL");
  }
}

function recorded(folder: string): string[] {
  try {
    return readdirSync(join(folder, "pid")).toSorted();
  } catch {
    return [];
  }
}

/** The id of a program that is running. A process that has got the id of one long gone started at another time. */
function runningPid(folder: string, name: string): number | undefined {
  try {
    const [pid, started] = readFileSync(pidFile(folder, name), "utf8").split(" ");
    const number = Number(pid);
    // A file that a crash left half-written names nobody; 0 would be this process and all of its group.
    return number > 0 && startTime(number) === started ? number : undefined;
  } catch {
    return undefined;
  }
}

/** When a process started, in clock ticks since the machine did; undefined for one that is gone or a zombie (proc(5)). */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    // Its whole group: Argo CD's repo server starts git and helm.
    process.kill(-pid, name);
  } catch {
    // It is gone.
  }
}
