/** What follows from authored facts, together with these facts and the rule: what `explain` tells. */
import type { RuleName } from "./rules.ts";

/** A fact that has a consequence, or the absence of one. */
export interface Cause {
  /** The authored file it stands in. */
  readonly file: string;
  /** Where in the file: `["consumes", "postgres"]`. */
  readonly path: readonly string[];
  /** It is not there, and that has the consequence. */
  readonly absent?: true;
  /** What of it is not there, where other parts of it are: `claim with one writer`. */
  readonly what?: string;
  /** What `because()` says. */
  readonly reason?: string;
}

/** Something derived, with what it follows from. It goes, or is another one, when one of its causes goes. */
export interface Derived<T> {
  readonly value: T;
  readonly rule: RuleName;
  readonly causes: readonly Cause[];
}

/** The values alone: all that rendering needs. */
export const valuesOf = <T>(derived: readonly Derived<T>[]): T[] =>
  derived.map(({ value }) => value);
