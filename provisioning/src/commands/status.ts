/** How a cluster stands: its machines on their hosts, and what Argo CD says of its services. Asks, and changes nothing. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { standing } from "../bootstrap/argo-cd.ts";
import { openKubectl } from "../cluster/kubectl.ts";
import { checkExisting } from "../cluster/existing.ts";
import { readToken } from "../credentials.ts";
import type { Facts } from "../facts.ts";
import { wantedMachines } from "../machines/wanted.ts";
import { lookAtHosts } from "../preflight.ts";
import type { Guest } from "../proxmox/inventory.ts";
import { say, type Order } from "./order.ts";

type Problems = Promise<readonly Problem[]>;

/** Problems: those of the hosts, and of the cluster, that cannot be asked. */
export async function tellStatus(_: Order, facts: Facts): Problems {
  return [...(await tellMachines(facts)), ...(await tellServices(facts))];
}

async function tellMachines({ name, cluster }: Facts): Problems {
  if (cluster.machines === undefined) return [];
  const token = readToken(name, process.env);
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

async function tellServices({ name, cluster }: Facts): Problems {
  const kubeconfig = process.env["KUBECONFIG"] ?? "";
  if (kubeconfig === "") {
    say("KUBECONFIG is not set, so services are not asked for\n");
    return [];
  }
  const kubectl = await openKubectl(kubeconfig);
  if (isProblem(kubectl)) return [kubectl];
  const foreign = await checkExisting(name, cluster, kubectl);
  if (foreign.length > 0) return foreign;
  const { up, waiting } = await standing(kubectl);
  say(`${up} of ${up + waiting.length} Applications are up\n`);
  for (const line of waiting) say(`  ${line}\n`);
  return [];
}
