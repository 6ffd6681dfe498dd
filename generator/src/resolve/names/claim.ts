/** A name that a release takes for something that may have it once. */
import type { Keys } from "../../model/reading.ts";

export interface Claim {
  readonly file: string;
  readonly keys: Keys;
  readonly owner: string;
  /** What must be unique, e.g. `host sonarr.example.com`. */
  readonly what: string;
  /** The same as it was written, where that is shorter: one mistake in two environments is told once. */
  readonly shown: string;
  /** Whether the file says the name; one that follows by itself was there first. */
  readonly explicit: boolean;
  /** Whether it is the owner's own name that is claimed: then it stays, and the other one takes another. */
  readonly isOwnName?: boolean;
  /** Whether it is a host in full: a label has the domain of its own environment, and so comes first. */
  readonly isFull?: boolean;
  /** The field whose value the name is, where a proposal is such a value. */
  readonly field?: "host" | "namespace";
  /** Only of a host: whether its file says why another service has it too, how it would say so, and whether it takes part of it alone. */
  readonly sharing?: { readonly isSaid: boolean; readonly said: string; readonly isPart: boolean };
  /** Whether it goes with no other claim to the same name, whatever a file says. */
  readonly alone?: true;
  /** Another name as it would be written. */
  readonly propose: (suffix: number) => string;
  /** What the claim would be with that name, to be compared with `what`, or with `name` where that differs. */
  readonly with: (proposal: string) => string;
  /** `what` without what makes it shareable: a proposal shares with nobody. */
  readonly name: string;
  readonly target: "key" | "value";
}

export type MakeClaim = (
  what: string,
  keys: Keys,
  more: Pick<Claim, "propose" | "with"> & Partial<Claim>,
) => Claim;
