/** What an authored file imports, told from its text. */
const importOfOthers =
  /^\s*(?:import|export)\b(?:[^;"'(]*\bfrom)?\s*["'](?!#rzp["'])|\bimport\s*\(/m;

/** Whether a file imports others than `#rzp`: then what it exports may depend on what nobody here sees. */
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
