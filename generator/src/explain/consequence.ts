/** One line of `explain`. */
import type { Cause, Derived } from "../model/derived.ts";
import type { RuleName } from "../model/rules.ts";

export interface Consequence {
  /** What it is about, and which part of it; no two of a release are the same: `NetworkPolicy sonarr-consumes, to data-postgres`. */
  readonly about: string;
  /** What holds for it, whole: two that differ have different words. */
  readonly says: string;
  readonly rule: RuleName;
  readonly causes: readonly Cause[];
}

/** In: something derived, and words for its value. */
export function consequence<T>(
  { value, rule, causes }: Derived<T>,
  words: (value: T) => Pick<Consequence, "about" | "says">,
): Consequence {
  return { ...words(value), rule, causes };
}
