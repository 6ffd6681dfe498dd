/** Prints problems for the commands of this folder, and says with which code they end. */
import { hasErrors, type Problem } from "../problems/problem.ts";

/** Codes that say something about the content checked; all others mean the check could not be made. */
const findings: ReadonlySet<string> = new Set([
  "LINT_FAILED",
  "MANIFEST_INVALID",
  "MANIFEST_NO_SCHEMA",
  "SECRET_FOUND",
]);

/** Formats a problem for a person. In: the problem; out: lines without a final newline. */
export function formatProblem(problem: Problem): string {
  const { place, message, found, expected, fix } = problem;
  const at = [place.file, place.line, place.column].filter((part) => part !== undefined).join(":");
  return [
    `${at}  ${problem.severity} ${problem.code}`,
    ...message.split("\n").map((line) => `  ${line}`),
    ...(found === undefined ? [] : [`  found: ${found}`]),
    ...(expected === undefined ? [] : [`  expected: ${expected}`]),
    ...(fix === undefined ? [] : [`  fix: ${fix}`]),
  ].join("\n");
}

/** Chooses the exit code. In: all problems; out: 0 none, 1 findings only, 2 anything else. */
export function exitCodeFor(problems: readonly Problem[]): 0 | 1 | 2 {
  if (!hasErrors(problems)) return 0;
  return problems.every((problem) => findings.has(problem.code)) ? 1 : 2;
}
