/** What the report of a test run with coverage says, and whether it still speaks of the code that is there. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** Branches of the generator that tests must take, in percent. */
const leastPercent = 90;
const listedMost = 10;

export const reportFile = "coverage/coverage-summary.json";
/** A report made before one of these changed says nothing about them. */
const covered = ["generator/src", "generator/test", "vitest.config.ts"];

interface Counts {
  readonly branches: { readonly total: number; readonly covered: number };
}
/** By file, and under `total`. */
export type Summary = Readonly<Record<string, Counts>> & { readonly total: Counts };

export function readReport(root: string): Summary {
  return JSON.parse(readFileSync(path.join(root, reportFile), "utf8")) as Summary;
}

/** Why the tests must run before the report is judged; undefined when it is of the code as it is. */
export function whyOutdated(root: string): string | undefined {
  const made = statSync(path.join(root, reportFile), { throwIfNoEntry: false })?.mtimeMs;
  if (made === undefined) return `there is no ${reportFile}`;
  const newer = covered
    .flatMap((name) => withContents(root, name))
    .find((name) => statSync(path.join(root, name)).mtimeMs > made);
  return newer === undefined ? undefined : `${newer} is newer than ${reportFile}`;
}

/** A folder is newer than what it holds when a file went from it. */
function withContents(root: string, name: string): string[] {
  const full = path.join(root, name);
  if (!statSync(full).isDirectory()) return [name];
  return [
    name,
    ...readdirSync(full, { recursive: true, encoding: "utf8" }).map((inner) =>
      path.join(name, inner),
    ),
  ];
}

/** In: a report. Out: whether enough branches are taken, and the lines that say so: where most are missing, if not. */
export function judge(
  summary: Summary,
  root: string,
): { readonly isEnough: boolean; readonly text: string } {
  const { total, covered: taken } = summary.total.branches;
  const percent = total === 0 ? 0 : (100 * taken) / total;
  const figure = `Tests take ${taken} of ${total} branches of the generator: ${percent.toFixed(2)} %; at least ${leastPercent} % are wanted.`;
  if (percent >= leastPercent) return { isEnough: true, text: `${figure}\n` };
  const missing = Object.entries(summary)
    .filter(([file]) => file !== "total")
    .map(([file, { branches }]) => ({
      file: path.relative(root, file),
      count: branches.total - branches.covered,
    }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, listedMost);
  return {
    isEnough: false,
    text: [
      figure,
      "Most are missing in:",
      ...missing.map(({ file, count }) => `${String(count).padStart(5)}  ${file}`),
      "If the last run with --coverage was of some of the tests only: npm test",
      "",
    ].join("\n"),
  };
}
