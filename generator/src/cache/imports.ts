/** What an authored file imports, told from its text. */
const importOfOthers =
  /^\s*(?:import|export)\b(?:[^;"'(]*\bfrom)?\s*["'](?!#rzp["'])|\bimport\s*\(/m;

/** Whether a file imports others than `#rzp`: then what it exports may depend on what nobody here sees. */
export function importsOthers(text: string): boolean {
  return importOfOthers.test(text);
}
