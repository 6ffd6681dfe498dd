/** What the commands of this folder have in common: how they begin and how they end. */
import { bugReport } from "../problems/bug-report.ts";
import type { Problem } from "../problems/problem.ts";
import { exitCodeOf } from "../problems/exit-code.ts";
import { printProblems } from "../print-problems.ts";

/**
 * Runs a command: prints its problems to stderr and sets the exit code (0, 1, 2; 70 for a bug, with
 * its stack). In: the root of the repository; the command, which gets the arguments and gives its problems.
 */
export async function runCommand(
  root: string,
  command: (args: readonly string[]) => Promise<readonly Problem[]>,
): Promise<void> {
  try {
    const problems = await command(process.argv.slice(2));
    printProblems(root, problems, "human");
    process.exitCode = exitCodeOf(problems);
  } catch (error) {
    process.stderr.write(bugReport(error, process));
    process.exitCode = 70;
  }
}
