/** What an authored file imports, told from its text. */
const importOfOthers =
  /\b(?:from|import)\s*(["'])(?!#rzp\1)(?:\.{0,2}\/[^"'\n]*|[^"'\s]+)\1|\bimport\s*\(/;

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
  return [...text.matchAll(/(?:\bfrom|\bimport\s*\(?)\s*["'](\.{1,2}\/[^"']+)["']/g)].flatMap(
    ([, specifier]) => specifier ?? [],
  );
}
