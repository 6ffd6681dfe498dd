/** Of what kind the nodes of a cluster are. A cluster may have both. */
import { byNode, type MachineBackend } from "../machines/backend.ts";
import { both } from "../machines/both.ts";
import { existingMachines } from "../machines/existing.ts";
import { machinesOf } from "../../../generator/src/model/cluster-machines.ts";
import type { Facts } from "../facts.ts";
import { knowsSomething } from "../state-place.ts";
import type { Order } from "../order.ts";
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
