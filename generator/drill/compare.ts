/** What a drill before found, against what there is now: data that went is told even where no number was written down. */
import type { Inventory } from "./check/findings.ts";

/** Less than this share of what was there is a loss, more is people tidying up. */
const share = 0.5;

export function lost(claim: string, before: Inventory | undefined, now: Inventory): string[] {
  if (before === undefined) return [];
  const tables = Object.entries(before.tables ?? {}).flatMap(([table, rows]) => {
    const there = now.tables?.[table];
    if (there === undefined)
      return now.tables === undefined
        ? []
        : [`table ${table} of volume ${claim} is gone; ${rows} rows were in it`];
    return there < rows * share
      ? [less(`table ${table} of volume ${claim}`, "rows", rows, there)]
      : [];
  });
  return [
    ...(now.files < before.files * share
      ? [less(`volume ${claim}`, "files", before.files, now.files)]
      : []),
    ...(now.bytes < before.bytes * share
      ? [less(`volume ${claim}`, "bytes", before.bytes, now.bytes)]
      : []),
    ...tables,
  ];
}

const less = (what: string, unit: string, before: number, now: number) =>
  `${what} has ${now} ${unit}; ${before} were there at the last drill that passed`;
