/** How a cluster stands: its machines, its public names, and what Argo CD says of its services. Asks, and changes nothing. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { standing } from "../bootstrap/argo-cd.ts";
import { clusterOf } from "../cluster/cluster.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { readCloudflare } from "../credentials.ts";
import { tellNames } from "../dns/standing.ts";
import { KubectlFailed } from "../cluster/kubectl.ts";
import type { Facts } from "../facts.ts";
import { machineBackend } from "./machine-backends.ts";
import type { Order } from "./order.ts";

type Problems = Promise<readonly Problem[]>;

/** Problems: those of the hosts, and of the cluster, that cannot be asked. */
export async function tellStatus(order: Order, facts: Facts): Problems {
  return [
    ...(await machineBackend(facts, order).status(order)),
    ...(await tellPublicNames(order, facts)),
    ...(await tellServices(order, facts)),
  ];
}

async function tellPublicNames({ environment, say }: Order, { name, names }: Facts): Problems {
  if (names === undefined) return [];
  const access = readCloudflare(name, environment);
  if (isProblem(access)) return [access];
  return tellNames({ cluster: name, wanted: names, access }, say);
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
