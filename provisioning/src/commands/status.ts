/** How a cluster stands: its machines on their hosts, and what Argo CD says of its services. Asks, and changes nothing. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { standing } from "../bootstrap/argo-cd.ts";
import { clusterOf } from "../cluster/cluster.ts";
import { KubectlFailed } from "../cluster/kubectl.ts";
import { readToken } from "../credentials.ts";
import type { Facts } from "../facts.ts";
import { wantedMachines } from "../machines/wanted.ts";
import { lookAtHosts } from "../preflight.ts";
import type { Guest } from "../proxmox/inventory.ts";
import type { Order } from "./order.ts";

type Problems = Promise<readonly Problem[]>;

/** Problems: those of the hosts, and of the cluster, that cannot be asked. */
export async function tellStatus(order: Order, facts: Facts): Problems {
  return [...(await tellMachines(order, facts)), ...(await tellServices(order, facts))];
}

async function tellMachines({ environment, say }: Order, { name, cluster }: Facts): Problems {
  if (cluster.machines === undefined) return [];
  const token = readToken(name, environment);
  if (isProblem(token)) return [token];
  const inventory = await lookAtHosts(name, cluster, token);
  if (isProblem(inventory)) return [inventory];
  for (const machine of wantedMachines(name, cluster)) {
    const guest = inventory?.guests.find(({ id }) => id === machine.id);
    say(`${[machine.node, machine.id, machine.host, stateOf(guest, machine.name)].join("  ")}\n`);
  }
  return [];
}

function stateOf(guest: Guest | undefined, name: string): string {
  if (guest === undefined) return "is not there";
  if (guest.name !== name) return `is somebody else's: ${guest.name}`;
  return guest.running ? `runs on ${guest.host}` : `is stopped on ${guest.host}`;
}

async function tellServices(order: Order, facts: Facts): Problems {
  const { environment, say } = order;
  const isOurs = facts.cluster.talos !== undefined;
  if (!isOurs && (environment["KUBECONFIG"] ?? "") === "") {
    say("KUBECONFIG is not set, so services are not asked for\n");
    return [];
  }
  const opened = await clusterOf(order, facts).open();
  if (!("kubectl" in opened)) return opened;
  try {
    const { up, waiting } = await standing(opened.kubectl);
    say(`${up} of ${up + waiting.length} Applications are up\n`);
    for (const line of waiting) say(`  ${line}\n`);
  } catch (error) {
    if (!(error instanceof KubectlFailed)) throw error;
    say("Argo CD is not there yet\n");
  }
  return [];
}
