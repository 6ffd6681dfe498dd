/** Runs an outside program and gives its outcome as a value. */
import { execa } from "execa";

export interface Outcome {
  /** Undefined when it could not be started or was killed. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Set when there is no such program. */
  readonly isMissing: boolean;
}

interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment of this process; undefined removes a variable. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs a program to its end. In: its path, its arguments, where and with what; out: the outcome,
 * whatever it is. Only the exit code says whether it went well.
 */
export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  const { cwd, environment } = options;
  const result = await execa(program, args, {
    reject: false,
    maxBuffer: 256 * 1024 * 1024,
    ...(cwd !== undefined && { cwd }),
    ...(environment !== undefined && { env: environment }),
    stdin: "ignore",
  });
  return {
    exitCode: result.exitCode,
    stdout: result.stdout ?? "",
    stderr: result.stderr ?? "",
    isMissing: result.code === "ENOENT",
  };
}

/** Takes the last lines that say something. In: a program's output; out: at most `count` lines. */
export function lastLines(output: string, count: number): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-count).join("\n");
}
