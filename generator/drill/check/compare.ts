/** What a drill before found, against all that there is now: data that went is told even where no number was written down. */
import type { Inventory } from "./findings.ts";

/** Less than this share of what was there is a loss, more is people tidying up. */
const share = 0.5;

/** In: whether the database of a table was looked into now; what was not may still be there. */
export function lost(
  before: Inventory | undefined,
  now: Inventory,
  isKnown: (table: string) => boolean,
): string[] {
  if (before === undefined) return [];
  const tables = Object.entries(before.tables ?? {}).flatMap(([table, rows]) => {
    const there = now.tables?.[table];
    if (there === undefined)
      return isKnown(table) ? [`table ${table} is gone; ${rows} rows were in it`] : [];
    return there < rows * share ? [less(`table ${table}`, "rows", rows, there)] : [];
  });
  return [
    ...(now.files < before.files * share ? [less("it", "files", before.files, now.files)] : []),
    ...(now.bytes < before.bytes * share ? [less("it", "bytes", before.bytes, now.bytes)] : []),
    ...tables,
  ];
}

const less = (what: string, unit: string, before: number, now: number) =>
  `${what} has ${now} ${unit}; ${before} were there at the last drill that passed`;
