/** Turns problems into the text a command prints, for people and for three kinds of machine. */
import { formatGithub } from "./formats/github.ts";
import { formatHuman } from "./formats/human.ts";
import { formatJson } from "./formats/json.ts";
import { formatSarif } from "./formats/sarif.ts";
import { mergeProblems } from "./merge.ts";
import type { Problem } from "./problem.ts";

export type ProblemFormat = "human" | "json" | "github" | "sarif";

export interface FormatOptions {
  readonly format: ProblemFormat;
  /** The text of a file of the repository for the excerpt, undefined where it cannot be read. */
  readonly readSource: (file: string) => string | undefined;
  /** Colours for a terminal; only the human format has any. */
  readonly color?: boolean;
  /** How many checks wait until these problems are mended; only people and JSON are told. */
  readonly waiting?: number;
}

/**
 * Formats problems.
 *
 * In: problems in any order, possibly the same one per environment. Out: text that ends with a line
 * break, the same for the same problems in any order. No problems give an empty text in the formats
 * read line by line (human, github) and an empty document in the others.
 */
export function formatProblems(problems: readonly Problem[], options: FormatOptions): string {
  const merged = mergeProblems(problems);
  switch (options.format) {
    case "human":
      return formatHuman(merged, options) + waitingText(options.waiting ?? 0);
    case "json":
      return formatJson(merged, options.waiting ?? 0);
    case "github":
      return formatGithub(merged);
    case "sarif":
      return formatSarif(merged);
  }
}

function waitingText(waiting: number): string {
  return waiting === 0
    ? ""
    : `${waiting} more checks, of what follows from all files together, wait until these are mended\n`;
}
