/** Backups that are gone before there are two. */
import type { ProblemText } from "../problems/report.ts";
import { keptWords, timeWords } from "./words.ts";

interface Kept {
  /** `backups of config` */
  readonly what: string;
  /** Seconds between two, and how long each is kept. */
  readonly every: number;
  readonly keep: number;
  /** Where it may be said, after `a shorter every`. */
  readonly where: string;
}

/** In: how often something is backed up, and how long that is kept. Out: what to say of it; undefined where there are always two. */
export function keptTooShort({ what, every, keep, where }: Kept): ProblemText | undefined {
  if (keep >= 2 * every) return undefined;
  return {
    message: `${what} are kept for ${keptWords(keep)}, and made every ${timeWords(every)}`,
    found: timeWords(keep),
    expected: `${timeWords(2 * every)} at least: two backups`,
    fix: `write a longer keep, or a shorter every${where}`,
  };
}
