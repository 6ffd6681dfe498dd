/** Of what kind the nodes of a cluster are. A cluster may have both. */
import { existingMachines } from "../machines/existing.ts";
import type { MachineBackend } from "../machines/backend.ts";
import { machinesOf } from "../../../generator/src/model/cluster-machines.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import type { Facts } from "../facts.ts";
import { knowsSomething } from "../state-place.ts";
import type { Order } from "./order.ts";
import { makeMachines, previewMachines, removeMachines, tellMachines } from "./machines.ts";

export function machineBackend(facts: Facts, order: Order): MachineBackend {
  const { machines, nodes } = facts.cluster;
  // Public names are made by the engine that makes machines, in the same run; and what no fact wants any more it removes.
  const isForEngine = machines !== undefined || facts.names !== undefined || knowsSomething(order);
  if (!isForEngine) return existingMachines(facts);
  const made = proxmoxMachines(facts);
  const isMixed = machinesOf(nodes).length < Object.keys(nodes).length;
  return isMixed ? both(made, existingMachines(facts)) : made;
}

const proxmoxMachines = (facts: Facts): MachineBackend => ({
  machines: machinesOf(facts.cluster.nodes)
    .map(({ node, facts: { address } }) => ({ node, address }))
    .sort(byNode),
  preview: (order) => previewMachines(order, facts),
  up: (order) => makeMachines(order, facts),
  status: (order) => tellMachines(order, facts),
  destroy: (order) => removeMachines(order, facts),
});

function both(one: MachineBackend, other: MachineBackend): MachineBackend {
  const inTurn =
    (word: "preview" | "up" | "status" | "destroy") =>
    async (order: Order): Promise<readonly Problem[]> => [
      ...(await one[word](order)),
      ...(await other[word](order)),
    ];
  return {
    machines: [...one.machines, ...other.machines].sort(byNode),
    preview: inTurn("preview"),
    up: inTurn("up"),
    status: inTurn("status"),
    destroy: inTurn("destroy"),
  };
}

const byNode = (one: { readonly node: string }, other: { readonly node: string }): number =>
  one.node < other.node ? -1 : 1;
