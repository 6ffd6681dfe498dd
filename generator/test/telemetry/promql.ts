/** Names of metrics in a PromQL expression, for tests: words that are no function, no keyword, no label. */
const words = new Set(
  "sum min max avg count by without rate increase time and or unless on ignoring bool offset".split(
    " ",
  ),
);

export function metricsOf(promql: string): string[] {
  const bare = promql
    .replaceAll(/\{[^}]*\}/g, "")
    .replaceAll(/\b(by|without|on|ignoring) *\([^)]*\)/g, "")
    .replaceAll(/\[[^\]]*\]/g, "");
  return [...bare.matchAll(/[a-zA-Z_:][a-zA-Z0-9_:]*/g)]
    .map(([word]) => word)
    .filter((word) => !words.has(word));
}
