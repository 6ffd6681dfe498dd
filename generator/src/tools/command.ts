/** What the commands of this folder have in common: how they begin and how they end. */
import { fileURLToPath } from "node:url";
import type { Problem } from "../problems/problem.ts";
import { exitCodeFor, formatProblem } from "./print-problems.ts";

/**
 * Runs a command: prints its problems to stderr and sets the exit code (0, 1, 2; 70 for a bug, with
 * its stack). In: the command, which gets the arguments and gives its problems.
 */
export async function runCommand(
  command: (args: readonly string[]) => Promise<readonly Problem[]>,
): Promise<void> {
  try {
    const problems = await command(process.argv.slice(2));
    if (problems.length > 0) {
      process.stderr.write(`${problems.map(formatProblem).join("\n\n")}\n`);
    }
    process.exitCode = exitCodeFor(problems);
  } catch (error) {
    const stack = error instanceof Error ? error.stack : String(error);
    process.stderr.write(`This is a bug of RZP, please report it.\n${stack}\n`);
    process.exitCode = 70;
  }
}

/** Says whether a file is the program that was started. In: its `import.meta.url`; out: yes or no. */
export function isMain(url: string): boolean {
  return process.argv[1] === fileURLToPath(url);
}
