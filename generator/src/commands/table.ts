/** Rows in columns, each as wide as its widest cell. */

/** In: rows, the headings first. Out: a line each. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

const listedMost = 60;

/** In: what a cell lists. Out: one line of it, which says how many more there are where they would widen the table for all. */
export function shortList(items: readonly string[], lengthMax = listedMost): string {
  const whole = items.join(" ");
  if (whole.length <= lengthMax) return whole;
  const [first = "", ...others] = items;
  const shown = [first];
  for (const item of others) {
    if ([...shown, item].join(" ").length > lengthMax) break;
    shown.push(item);
  }
  const hidden = items.length - shown.length;
  return hidden === 0 ? shown.join(" ") : `${shown.join(" ")} … ${hidden} more`;
}
