/** What every command starts with: the repository, and how it tells people what it found. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { findRoot } from "../load/tree.ts";
import { formatProblems } from "../problems/format.ts";
import type { ProblemFormat } from "../problems/format.ts";
import type { Problem } from "../problems/problem.ts";

/** Generated files are below these; nothing else is ever removed. */
export const ownedRoots = ["kubernetes", "charts/services", "environments"] as const;
/** Where authored files live beside generated ones. */
export const sharedRoots = ["charts/services", "environments"] as const;

export const stateFolder = (root: string) => path.join(root, ".rzp");

/** The repository the command was called in; the current folder when it is none, so that reading says so. */
export function repositoryRoot(): string {
  return findRoot(process.cwd()) ?? process.cwd();
}

/** Prints problems: to stdout for machines, to stderr for people. */
export function report(root: string, problems: readonly Problem[], format: ProblemFormat): void {
  const readSource = (file: string) => {
    try {
      return readFileSync(path.join(root, file), "utf8");
    } catch {
      return undefined;
    }
  };
  const text = formatProblems(problems, { format, readSource, color: format === "human" && process.stderr.isTTY });
  (format === "human" ? process.stderr : process.stdout).write(text);
}
