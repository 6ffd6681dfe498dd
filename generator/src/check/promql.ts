/** Which metrics an expression of PromQL asks for; that it is one, promtool says. */

const words: ReadonlySet<string> = new Set(
  "and or unless bool offset by on ignoring without group_left group_right inf nan start end".split(
    " ",
  ),
);

/** In: an expression. Out: names of metrics in it, each once. */
export function metricsIn(expression: string): string[] {
  const text = expression
    .replaceAll(/'[^']*'|"[^"]*"|`[^`]*`/g, "")
    .replaceAll(/#.*/g, "")
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, " ")
    .replaceAll(/\b(?:by|on|ignoring|without|group_left|group_right)\s*\([^)]*\)/g, " ");
  const names = text.matchAll(/(?<![\w:.])[a-zA-Z_:][\w:]*(?!\s*\(|[\w:])/g);
  return [...new Set([...names].map(([name]) => name))].filter(
    (name) => !words.has(name.toLowerCase()),
  );
}
