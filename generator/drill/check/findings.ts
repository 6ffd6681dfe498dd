/** What a pod that looks at a volume is asked, and what it answers. */
import type { DrillCheck } from "../../src/model/drill-plan.ts";

export interface CheckRequest {
  /** When the backup began and ended, in milliseconds since 1970. */
  readonly started: number;
  readonly ended: number;
  readonly checks: readonly DrillCheck[];
  /** Of the last drill that passed: only who sees all that is there can tell what is gone. */
  readonly before?: Inventory | undefined;
}

export interface Findings {
  /** What is wrong, in sentences; empty where all is well. */
  readonly wrong: readonly string[];
  readonly inventory: Inventory;
}

/** What there is: kept until the next drill, which compares. */
export interface Inventory {
  readonly files: number;
  readonly bytes: number;
  /** Rows by table, of databases that were looked into: `app.db/series`. Kept are those with most rows. */
  readonly tables?: Readonly<Record<string, number>>;
}

/** So much of what a container says at its end is kept by the kubelet. */
const messageLimit = 4096;
/** What is kept of it for the numbers of an inventory. */
const numbers = 256;

/** In: all that was found. Out: what there is room to tell of it: what is wrong first, then the tables with most rows. */
export function messageOf({ wrong, inventory }: Findings): string {
  const { tables = {}, ...rest } = inventory;
  const sentences = wrong.map((sentence) => sentence.slice(0, 200));
  const room = messageLimit - numbers;
  const told = sentences.slice(0, fitting(sentences.map(textOf), room));
  const untold = wrong.length - told.length;
  if (untold > 0) told.push(`and ${untold} more`);
  const empty = textOf({ wrong: told, inventory: { ...rest, tables: {} } });
  const largest = Object.entries(tables).sort(([, a], [, b]) => b - a);
  const entries = largest.map(([table, rows]) => `${textOf(table)}:${rows}`);
  const kept = largest.slice(0, fitting(entries, messageLimit - Buffer.byteLength(empty)));
  return textOf({
    wrong: told,
    inventory: { ...rest, ...(kept.length === 0 ? {} : { tables: Object.fromEntries(kept) }) },
  });
}

/** How many of these fit into so many bytes, with a comma each. */
function fitting(texts: readonly string[], bytes: number): number {
  let left = bytes;
  const end = texts.findIndex((text) => (left -= Buffer.byteLength(text) + 1) < 0);
  return end < 0 ? texts.length : end;
}

const textOf = (value: unknown) => JSON.stringify(value);
