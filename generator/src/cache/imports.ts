/** What an authored file imports, told from its text. */

/** Between the word and what it names: white space and remarks. */
const gap = String.raw`(?:\s|/\*[^]*?\*/|//[^\n]*)*`;
const importOfOthers = new RegExp(
  String.raw`\b(?:from|import)${gap}(["'])(?!#rzp\1)(?:\.{0,2}/(?:(?!\1)[^\n])*|(?:(?!\1)\S)+)\1|\bimport${gap}\(`,
);
const importBeside = new RegExp(
  String.raw`\b(?:from|import)${gap}\(?${gap}(["'])(\.{1,2}/(?:(?!\1)[^\n])+)\1`,
  "g",
);

/**
 * Whether a file imports others than `#rzp`: then what it exports may depend on what nobody here sees. A remark or a text that
 * reads like an import counts as one, which costs time only.
 */
export function importsOthers(text: string): boolean {
  return importOfOthers.test(text);
}

/** Paths of what a file imports beside it, as written. */
export function relativeImports(text: string): string[] {
  if (!importsOthers(text)) return [];
  return [...text.matchAll(importBeside)].flatMap(([, , specifier]) => specifier ?? []);
}
