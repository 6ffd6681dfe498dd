/** What the commands of this folder have in common: how they begin and how they end. */
import type { Problem } from "../problems/problem.ts";
import { exitCodeOf } from "../problems/exit-code.ts";
import { formatProblem } from "./print-problems.ts";

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
    process.exitCode = exitCodeOf(problems);
  } catch (error) {
    const stack = error instanceof Error ? error.stack : String(error);
    process.stderr.write(`This is a bug of RZP, please report it.\n${stack}\n`);
    process.exitCode = 70;
  }
}
