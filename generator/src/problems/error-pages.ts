/** The reference of all codes, made from the table that the code itself uses. */
import type { CodeEntry } from "./codes/entry.ts";
import { codes, type ProblemCode } from "./codes.ts";

/** A mistake as a person makes it and what RZP says to it; a test should hold the two together. */
export interface CodeExample {
  /** The file the snippet is of, e.g. `charts/services/sonarr/values.ts`; its ending chooses the highlighting. */
  readonly file: string;
  readonly wrong: string;
  /** The human output, without colours. */
  readonly printed: string;
  /** The same snippet, mended. */
  readonly right?: string;
}

export type DocumentedCode = CodeEntry & { readonly example?: CodeExample };

export interface ErrorPage {
  readonly path: string;
  readonly content: string;
}

const indexPath = "docs/errors.md";
const marker = "<!-- Generated from generator/src/problems/codes: edit there, not here. -->";

/** The page of a code, relative to the root of the repository. */
export function errorPagePath(code: ProblemCode): string {
  return pagePath(code);
}

/**
 * Writes the pages `docs/errors/<CODE>.md` and the index `docs/errors.md`.
 *
 * In: the table of codes (another one only in tests). Out: the index first, then a page per code in
 * the order of their names; every content is Markdown that ends with one line break.
 */
export function errorPages(
  table: Readonly<Record<string, DocumentedCode>> = codes,
): readonly ErrorPage[] {
  const entries = Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    { path: indexPath, content: indexContent(entries) },
    ...entries.map(([code, entry]) => ({
      path: pagePath(code),
      content: pageContent(code, entry),
    })),
  ];
}

function pagePath(code: string): string {
  return `docs/errors/${code}.md`;
}

function indexContent(entries: readonly (readonly [string, DocumentedCode])[]): string {
  const rows = entries.map(
    ([code, { title, meaning }]) =>
      `| [${code}](errors/${code}.md) | ${cellText(title)} | ${cellText(meaning)} |`,
  );
  return joinBlocks([
    marker,
    "# Errors",
    "Every problem that RZP prints has one of these codes. The code is stable; its page says what it means and what to do.",
    ["| Code | Title | Meaning |", "| --- | --- | --- |", ...rows].join("\n"),
  ]);
}

function pageContent(code: string, { title, meaning, remedy, example }: DocumentedCode): string {
  return joinBlocks([
    marker,
    `# ${code}`,
    `**${title}.** ${meaning}`,
    "## What to do",
    remedy,
    ...(example === undefined ? [] : exampleBlocks(example)),
    "[All errors](../errors.md)",
  ]);
}

function exampleBlocks({ file, wrong, printed, right }: CodeExample): readonly string[] {
  const language = file.split(".").at(-1) ?? "";
  const blocks = [
    "## Example",
    `In \`${file}\`:`,
    fence(wrong, language),
    "prints",
    fence(printed, "text"),
  ];
  return right === undefined ? blocks : [...blocks, "Mended:", fence(right, language)];
}

/** The fence is longer than any run of backticks inside, so the snippet cannot end it. */
function fence(text: string, language: string): string {
  const runs = text.match(/`+/gu) ?? [];
  const ticks = "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${ticks}${language}\n${text.replace(/\n+$/u, "")}\n${ticks}`;
}

function cellText(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/gu, " ");
}

function joinBlocks(blocks: readonly string[]): string {
  return `${blocks.join("\n\n")}\n`;
}
