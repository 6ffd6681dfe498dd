/**
 * Brings a cluster to the Talos and the Kubernetes of its facts, one node at a time: control planes first, and the next only when the
 * cluster is whole again. Whoever runs it again goes on where it stopped.
 */
import type { Problem } from "../../../../generator/src/problems/problem.ts";
import { isProblem } from "../../../../generator/src/tools/problems.ts";
import type { Order } from "../../order.ts";
import type { Facts } from "../../facts.ts";
import type { Kubectl } from "../kubectl.ts";
import { atSite, openKept, type Site } from "./cluster.ts";
import { clientOf } from "./configuration.ts";
import { lacks } from "./health.ts";
import { versionOf, type NodeClient } from "./nodes.ts";
import { nodesAway, secretsLost } from "./problems.ts";
import { readSecrets } from "./secrets.ts";
import { checkKubernetes, upgradeKubernetes } from "./upgrade-kubernetes.ts";
import { releaseLeft, upgradeNode } from "./upgrade-node.ts";
import { cannotLose, checkWay, onlyMember } from "./upgrade-problems.ts";
import type { WantedNode } from "./wanted.ts";

type Problems = Promise<readonly Problem[]>;

/** What every step of an upgrade needs. */
export interface Upgrade extends Site {
  readonly client: NodeClient;
  readonly kubectl: Kubectl;
}

/** Problems: UPGRADE_REFUSED before anything is touched, or when the cluster cannot lose the next node; TALOS_NODE_AWAY. */
export function upgradeTalos(order: Order, facts: Facts): Problems {
  return atSite(order, facts, async (site) => {
    const kept = await readSecrets(site.place);
    if (isProblem(kept)) return [kept];
    if (kept === undefined) return [secretsLost(facts.name, site.place.file, [])];
    const opened = await openKept(site, kept);
    if (!("kubectl" in opened)) return opened;
    const { client } = await clientOf(site, kept);
    return upgradeAll({ ...site, client, kubectl: opened.kubectl });
  });
}

async function upgradeAll(upgrade: Upgrade): Problems {
  const { order, wanted } = upgrade;
  const running = await versions(upgrade);
  if ("problems" in running) return running.problems;
  const behind = wanted.nodes.filter(({ name }) => running.get(name) !== wanted.talos.version);
  const refused = [...mayBegin(upgrade, running, behind), ...(await checkKubernetes(upgrade))];
  if (refused.length > 0) return refused;
  await releaseLeft(upgrade);
  for (const node of behind) {
    const problems = await order.phases.phase(node.name, () => upgradeOne(upgrade, node));
    if (problems.length > 0) return problems;
  }
  const left = await order.phases.phase("kubernetes", () => upgradeKubernetes(upgrade));
  if (left.length > 0) return left;
  order.say(
    `${wanted.name} runs Talos ${wanted.talos.version} and Kubernetes ${wanted.kubernetesVersion}\n`,
  );
  return [];
}

async function versions({
  client,
  wanted,
  patience,
}: Upgrade): Promise<ReadonlyMap<string, string> | { readonly problems: readonly Problem[] }> {
  const found = await Promise.all(
    wanted.nodes.map(
      async ({ name, address }) => [name, await versionOf(client, address)] as const,
    ),
  );
  const known = new Map(
    found.flatMap(([name, version]) => (version === undefined ? [] : [[name, version]])),
  );
  return known.size === wanted.nodes.length
    ? known
    : { problems: nodesAway(wanted, known, patience.minutes) };
}

function mayBegin(
  { wanted, order }: Upgrade,
  running: ReadonlyMap<string, string>,
  behind: readonly WantedNode[],
): Problem[] {
  const to = wanted.talos.version;
  const withoutWay = behind.flatMap(({ name }) =>
    checkWay(wanted, name, { product: "Talos", from: running.get(name) ?? "", to }),
  );
  const members = wanted.nodes.filter(({ controlPlane }) => controlPlane);
  const [only] = members;
  const isAlone = members.length === 1 && behind.some(({ name }) => name === only?.name);
  return isAlone && only !== undefined && !order.allow.includes(only.name)
    ? [...withoutWay, onlyMember(wanted, only.name)]
    : withoutWay;
}

async function upgradeOne(upgrade: Upgrade, node: WantedNode): Problems {
  const { client, wanted, kubectl } = upgrade;
  const left = await lacks(client, wanted, kubectl);
  if (left.length > 0) return [cannotLose(wanted, node.name, left)];
  return upgradeNode(upgrade, node);
}
