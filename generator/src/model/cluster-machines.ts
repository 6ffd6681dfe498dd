/** The nodes of a cluster that are machines. */
import type { Cluster, ClusterNode } from "./cluster.ts";
import type { Machine } from "./machines.ts";

/** A machine by the node it is. */
export interface NamedMachine {
  readonly node: string;
  readonly machine: Machine;
  readonly facts: ClusterNode;
}

export const machinesOf = (nodes: Cluster["nodes"]): NamedMachine[] =>
  Object.entries(nodes).flatMap(([node, facts]) =>
    "machine" in facts ? [{ node, facts, machine: facts.machine }] : [],
  );
