/** Prints problems for the commands of this folder. */
import type { Problem } from "../problems/problem.ts";

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
