/** Nodes that are there, whatever they are: a list of addresses. Nothing is made, changed or removed. */
import type { Facts } from "../facts.ts";
import { knock } from "../knock.ts";
import { byNode, type MachineBackend, type NodeMachine } from "./backend.ts";

export function existingMachines({ name, cluster }: Facts): MachineBackend {
  const machines = Object.entries(cluster.nodes)
    .flatMap(([node, facts]) => ("machine" in facts ? [] : [{ node, address: facts.address }]))
    .sort(byNode);
  const nodes = `${machines.length} ${machines.length === 1 ? "node" : "nodes"} of ${name}`;
  return {
    machines,
    preview: async ({ say }) => {
      say(`${nodes} are there already: nothing would be made\n`);
      return [];
    },
    up: async () => [],
    status: async ({ say }) => {
      const answers = await Promise.all(machines.map(answerOf));
      machines.forEach(({ node, address }, index) =>
        say(`${[node, address, answers[index]].join("  ")}\n`),
      );
      return [];
    },
    destroy: async ({ say }) => {
      say(`${nodes} were not made here, so nothing is removed\n`);
      return [];
    },
  };
}

/** Where every node's kubelet listens (Kubernetes, "Ports and Protocols"). */
const kubeletPort = 10_250;
const words = {
  open: "answers",
  refused: "answers, and no kubelet runs",
  silent: "does not answer",
} as const;

/** A machine that refuses is there as well: it is its kubelet that is not. */
const answerOf = async ({ address }: NodeMachine): Promise<string> =>
  words[await knock(address, kubeletPort)];
