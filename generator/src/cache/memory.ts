/**
 * What was made of something before, by a hash of what it was made from. What this run does not ask for is not kept
 * for the next.
 */
import { hash } from "node:crypto";
import path from "node:path";
import { serialize } from "node:v8";
import { readEntry, writeEntry } from "./entry.ts";

export interface Memory {
  readonly isEmpty: boolean;
  /** Undefined when it was never made. */
  readonly recall: (madeOf: readonly unknown[]) => { readonly made: unknown } | undefined;
  readonly learn: (madeOf: readonly unknown[], made: unknown) => void;
  /** Keeps what was asked for and what was learnt. */
  readonly keep: () => void;
}

/** Where judgements on the values of a tree are kept. In: the cache of a generator. */
export const judgedIn = (cache: string, root: string) =>
  path.join(cache, "judged", hash("sha256", root));

/** In: the file it is kept in. */
export function memoryIn(file: string): Memory {
  const kept = readEntry(file);
  const before: ReadonlyMap<unknown, unknown> = kept instanceof Map ? kept : new Map();
  const asked = new Map<string, unknown>();
  return {
    isEmpty: before.size === 0,
    recall(madeOf) {
      const key = keyOf(madeOf);
      if (asked.has(key)) return { made: asked.get(key) };
      if (!before.has(key)) return undefined;
      const made = before.get(key);
      asked.set(key, made);
      return { made };
    },
    learn: (madeOf, made) => void asked.set(keyOf(madeOf), made),
    keep() {
      if (asked.size !== before.size || [...asked.keys()].some((key) => !before.has(key)))
        writeEntry(file, asked);
    },
  };
}

/** Not JSON: that has one text for what is absent, nothing and no number. */
const keyOf = (madeOf: readonly unknown[]) => hash("sha256", serialize(madeOf));
