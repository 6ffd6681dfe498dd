/** The labelled lines below a message, the same in every format that has a place for text. */
import { errorPagePath } from "../error-pages.ts";
import type { Problem } from "../problem.ts";

export type Detail = readonly [label: "at" | "found" | "expected" | "fix" | "docs", text: string];

/** Out: what is known beyond the message, in reading order; the path only where the message lacks it. */
export function detailsOf(problem: Problem): readonly Detail[] {
  const details: Detail[] = [];
  if (problem.path !== undefined && !problem.message.includes(problem.path)) {
    details.push(["at", problem.path]);
  }
  if (problem.found !== undefined) details.push(["found", problem.found]);
  if (problem.expected !== undefined) details.push(["expected", problem.expected]);
  if (problem.fix !== undefined) details.push(["fix", problem.fix]);
  details.push(["docs", errorPagePath(problem.code)]);
  return details;
}
