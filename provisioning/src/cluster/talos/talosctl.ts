/**
 * Calls the pinned talosctl. Secrets go to it by files that only this user can read, in a folder that is gone when the work is done,
 * and never by arguments.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { ensureTool } from "../../../../generator/src/tools/ensure-tool.ts";
import { isProblem } from "../../../../generator/src/tools/problems.ts";
import type { Problem } from "../../../../generator/src/problems/problem.ts";

export interface Talosctl {
  /** In: arguments. Out: what it printed. Throws TalosctlFailed. */
  (args: readonly string[], options?: CallOptions): Promise<string>;
}

export interface CallOptions {
  /** Gives up after this long; half a minute unless said, as a node that is away does not refuse. */
  readonly seconds?: number;
  /** What it says beside its output counts, too. */
  readonly asides?: true;
}

/** talosctl said no, or nothing in time. Its text is for people: it holds no secret, as no argument does. */
export class TalosctlFailed extends Error {
  override readonly name = "TalosctlFailed";
}

/** A way to call it, and a folder of its own for files with secrets. */
export interface Workshop extends Disposable {
  readonly talosctl: Talosctl;
  /** In: name and text of a file. Out: its path. */
  readonly file: (name: string, text: string) => string;
  readonly folder: string;
}

const prefix = "rzp-talos-";
const patienceSeconds = 30;

/** Out: a workshop, or a problem where talosctl cannot be had. What a killed process left is cleared away. */
export async function openWorkshop(): Promise<Workshop | Problem> {
  const program = await ensureTool("talosctl");
  if (isProblem(program)) return program;
  sweep();
  const folder = mkdtempSync(path.join(tmpdir(), `${prefix}${process.pid}-`));
  const clear = (): void => rmSync(folder, { recursive: true, force: true });
  const interrupted = (): never => process.exit(130);
  process.once("exit", clear);
  // Without a listener a signal ends the process before the folder is gone.
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  return {
    folder,
    file(name, text) {
      const file = path.join(folder, name);
      writeFileSync(file, text, { mode: 0o600 });
      return file;
    },
    talosctl: (args, options) => call(program, folder, args, options),
    [Symbol.dispose]() {
      clear();
      process.off("exit", clear).off("SIGINT", interrupted).off("SIGTERM", interrupted);
    },
  };
}

async function call(
  program: string,
  folder: string,
  args: readonly string[],
  { seconds = patienceSeconds, asides }: CallOptions = {},
): Promise<string> {
  const { exitCode, stdout, stderr, timedOut } = await execa(program, args, {
    reject: false,
    timeout: seconds * 1000,
    // Whoever starts this may have clusters of their own.
    extendEnv: false,
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, TALOSCONFIG: path.join(folder, "none") },
  });
  if (timedOut) throw new TalosctlFailed(`no answer within ${seconds} s`);
  if (exitCode !== 0) throw new TalosctlFailed((stderr || stdout).trim());
  return asides === true ? `${stdout}\n${stderr}` : stdout;
}

/** Folders of our processes that are no more. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, id] = /^rzp-talos-(\d+)-/.exec(name) ?? [];
    if (id === undefined || isAlive(Number(id))) continue;
    try {
      rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Somebody else's, and theirs to remove.
    }
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // Somebody else's is alive, too.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
