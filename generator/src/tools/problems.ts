/** Short ways to say the problems of this folder. */
import type { ProblemCode } from "../problems/codes.ts";
import type { Problem } from "../problems/problem.ts";
import { nearest } from "../problems/suggest.ts";

interface ToolProblem {
  readonly file: string;
  readonly message: string;
  readonly found?: string;
  readonly expected?: string;
  readonly fix?: string;
}

/** Makes an error about a tool. In: its code and what to say; out: the problem. */
export function toolProblem(code: ProblemCode, facts: ToolProblem): Problem {
  const { file, ...rest } = facts;
  return { code, severity: "error", place: { file }, ...rest };
}

/** In: a command (`npm run infra`), the word it does not know, those it does, how it is called. */
export function usageProblem(
  command: string,
  {
    word,
    words,
    usage,
  }: { readonly word: string; readonly words: readonly string[]; readonly usage: string },
): Problem {
  const near = nearest(word, words);
  return toolProblem("TOOL_USAGE", {
    file: "package.json",
    message:
      word === "" ? `${command} needs to know what to do.` : `${command} does not know "${word}".`,
    expected: usage,
    fix: near === undefined ? usage : `Did you mean "${near}"?`,
  });
}

/** Tells a problem from the value a function gives when all is well. */
export function isProblem<T>(value: T | Problem): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && "severity" in value;
}

/** A missing Go is one problem, not one for each tool that is built with it. */
export const withoutRepeats = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [problem.message, problem])).values(),
];
