/** One JSON document for scripts and editors. */
import { errorPagePath } from "../error-pages.ts";
import type { Place, Problem } from "../problem.ts";

/**
 * Formats merged problems as one line of JSON.
 *
 * The document is `{ problems, errors, warnings, waiting }`: the counts are numbers, the last one of checks that
 * wait until these problems are mended; `problems` is a sorted list of objects with these keys in this order, where `?` is absent when unknown:
 * `code` (stable), `severity` ("error" or "warning"), `message`, `place` `{ file, line?, column?,
 * length? }` (from 1, columns in UTF-16 units), `path?` (in the authored value), `found?`,
 * `expected?`, `fix?`, `environments?` (sorted names), `related?` (a list of places with `note`),
 * `docs` (page in the repository). Keys may be added, never renamed or removed.
 */
export function formatJson(problems: readonly Problem[], waiting: number): string {
  return `${JSON.stringify({
    problems: problems.map(toJson),
    errors: problems.filter((problem) => problem.severity === "error").length,
    warnings: problems.filter((problem) => problem.severity === "warning").length,
    waiting,
  })}\n`;
}

/** Names every key, so their order is that of this list and not of whoever made the problem. */
function toJson(problem: Problem): object {
  return {
    code: problem.code,
    severity: problem.severity,
    message: problem.message,
    place: placeToJson(problem.place),
    path: problem.path,
    found: problem.found,
    expected: problem.expected,
    fix: problem.fix,
    environments: problem.environments,
    related: problem.related?.map((place) => ({ ...placeToJson(place), note: place.note })),
    docs: errorPagePath(problem.code),
  };
}

function placeToJson(place: Place): object {
  return { file: place.file, line: place.line, column: place.column, length: place.length };
}
