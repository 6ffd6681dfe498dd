/** How a command tells people what it found. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { isSpecial } from "./cache/on-disk.ts";
import { formatProblems } from "./problems/format.ts";
import type { ProblemFormat } from "./problems/format.ts";
import type { Problem } from "./problems/problem.ts";

/** To stdout for machines, to stderr for people; with how many checks had to wait. */
export function printProblems(
  root: string,
  problems: readonly Problem[],
  format: ProblemFormat,
  waiting = 0,
): void {
  const readSource = (file: string) => {
    try {
      return isSpecial(root, file) ? undefined : readFileSync(path.join(root, file), "utf8");
    } catch {
      return undefined;
    }
  };
  const text = formatProblems(problems, {
    format,
    readSource,
    color: format === "human" && process.stderr.isTTY,
    waiting,
  });
  (format === "human" ? process.stderr : process.stdout).write(text);
}
