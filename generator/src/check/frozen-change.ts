/** What would change of what the cluster has, and may not. */
import type { Problem } from "../problems/problem.ts";
import type { ByHand } from "./by-hand.ts";

export interface FrozenChange {
  /** The rendered file that has what may not change. */
  readonly path: string;
  /** Of FROZEN_NAME, FROZEN_CLAIM or FROZEN_SELECTOR; what a migration lets through is none. */
  readonly problem: Problem;
  /** Whether a migration says so. */
  readonly isMeant: boolean;
  /** What a person does then, where the object stays. */
  readonly byHand?: ByHand;
}
