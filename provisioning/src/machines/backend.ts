/** What the nodes of a cluster are: machines that `infra` makes, or some that are there. What each kind must answer. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import type { Order } from "../order.ts";

type Problems = Promise<readonly Problem[]>;

export interface MachineBackend {
  /** The machines that are wanted, by the nodes they are, sorted. */
  readonly machines: readonly NodeMachine[];
  /** Tells what `up` would change, and changes nothing. */
  readonly preview: (order: Order) => Problems;
  /** Afterwards each is at its address; once more, nothing changes. */
  readonly up: (order: Order) => Problems;
  /** Tells how each stands, a line for each. */
  readonly status: (order: Order) => Problems;
  /** Removes what `up` has made, and nothing else. */
  readonly destroy: (order: Order) => Problems;
}

export interface NodeMachine {
  readonly node: string;
  readonly address: string;
}

/** The order in which machines are told of. */
export const byNode = (one: NodeMachine, other: NodeMachine): number =>
  one.node < other.node ? -1 : 1;
