/** The fenced blocks of the documentation, for the tests that hold them true. */
import { readFileSync } from "node:fs";
import path from "node:path";

export const projectRoot = path.resolve(import.meta.dirname, "../../..");

export interface Block {
  /** All after the backticks: language, then words that say what a test does with it. */
  readonly info: string;
  readonly text: string;
  /** Line of the page it begins at, for messages. */
  readonly line: number;
}

/** Text of a page. In: its path from the root. */
export function readPage(file: string): string {
  return readFileSync(path.join(projectRoot, file), "utf8");
}

/** All fenced blocks of a page in their order. */
export function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm)].map((match) => ({
    info: (match[1] ?? "").trim(),
    text: match[2] ?? "",
    line: page.slice(0, match.index).split("\n").length,
  }));
}

/** The path an authored file's block says in its first line: `// charts/services/notes/values.ts`. */
export function fileOf({ info, text }: Block): string | undefined {
  return info.startsWith("ts") ? /^\/\/ (\S+\.ts)\n/.exec(text)?.[1] : undefined;
}
