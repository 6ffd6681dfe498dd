/** How a cluster stands: its machines, its public names, and what Argo CD says of its services. Asks, and changes nothing. */
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { standing } from "../bootstrap/argo-cd.ts";
import { clusterOf } from "../cluster/cluster.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { readCloudflare } from "../credentials.ts";
import { tellNames } from "../dns/standing.ts";
import { isNotThere, KubectlFailed, type Kubectl } from "../cluster/kubectl.ts";
import type { Facts } from "../facts.ts";
import { machineBackend } from "./machine-backends.ts";
import type { Order } from "../order.ts";

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
  return tellStanding(opened.kubectl, facts.name, say);
}

/** Says how many Applications are up, and which are not. Problems: CLUSTER_UNREACHABLE, where the API server does not tell. */
export async function tellStanding(kubectl: Kubectl, cluster: string, say: Order["say"]): Problems {
  try {
    const { up, waiting } = await standing(kubectl);
    say(`${up} of ${up + waiting.length} Applications are up\n`);
    for (const line of waiting) say(`  ${line}\n`);
    return [];
  } catch (error) {
    if (!(error instanceof KubectlFailed)) throw error;
    if (!isNotThere(error)) return [untold(cluster, error)];
    say("Argo CD is not there yet\n");
    return [];
  }
}

const untold = (cluster: string, { message }: KubectlFailed): Problem =>
  problemAt("CLUSTER_UNREACHABLE", clusterFile(cluster), ["apiServer", "addresses"], {
    message: `the API server does not tell how Applications stand: ${message.trim()}`,
    expected: "an answer, to an account that may read Applications",
    fix: "mend what it says, and run the command again",
  });
