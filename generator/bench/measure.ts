/**
 * What a process and all its descendants cost, as Linux accounts for it. Processor time is that of children
 * this process has waited for, whose figures hold their own children's (`/proc/self/stat`, cutime and cstime).
 * Memory is the sum of the peaks (VmHWM) of all processes that live at one moment, looked at every 50 ms: a
 * little more than is ever used at once. Looked at every 10 ms, a render took a twentieth longer.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

export interface Figures {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMebibytes: number;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

const sampleMs = 50;

/** Runs the work, which starts processes, and says what they cost. */
export async function measure(work: () => Promise<unknown>): Promise<Figures> {
  let peak = 0;
  const sampler = setInterval(() => {
    peak = Math.max(peak, peakOfTree(process.pid));
  }, sampleMs);
  const cpuBefore = childSeconds();
  const started = performance.now();
  try {
    await work();
    return {
      wallSeconds: (performance.now() - started) / 1000,
      cpuSeconds: childSeconds() - cpuBefore,
      peakMebibytes: peak / 1024,
    };
  } finally {
    clearInterval(sampler);
  }
}

/** Runs a command to its end. Out: what it printed. */
export async function runCommand({ program, args, cwd, env = {} }: Command): Promise<string> {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const [stdout, stderr, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  if (exitCode !== 0)
    throw new Error(
      `${program} ${args.join(" ")} ended with ${exitCode}:\n${stdout.slice(0, 2000)}${stderr.slice(0, 2000)}`,
    );
  return stdout;
}

/** Clock ticks a second, as Linux shows them to programs on all its platforms. */
const ticks = 100;

function childSeconds(): number {
  // The name in parentheses may hold spaces; what follows it is numbered from field 3 (proc_pid_stat(5)).
  const fields = readFileSync("/proc/self/stat", "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[16 - 3]) + Number(fields[17 - 3])) / ticks;
}

/** Kibibytes of all processes below one. */
function peakOfTree(pid: number): number {
  return childrenOf(pid).reduce((sum, child) => sum + peakOf(child) + peakOfTree(child), 0);
}

function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`)
    .split(" ")
    .filter((word) => word !== "")
    .map(Number);
}

function peakOf(pid: number): number {
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** A process may end while it is looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
