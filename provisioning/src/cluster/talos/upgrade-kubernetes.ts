/** All nodes to another Kubernetes, by talosctl itself: it looks for what is no longer served, and takes one component after the other. */
import type { Problem } from "../../../../generator/src/problems/problem.ts";
import { lacks, nodesOf, type KnownNode } from "./health.ts";
import { at, untilNothing } from "./nodes.ts";
import { notWhole } from "./problems.ts";
import type { Upgrade } from "./upgrade.ts";
import { checkWay, notWholeBefore } from "./upgrade-problems.ts";

const patienceSeconds = 3600;

/** Problems: UPGRADE_REFUSED, where a node's Kubernetes is not a neighbour of what it is to be. Changes nothing. */
export async function checkKubernetes(upgrade: Upgrade): Promise<Problem[]> {
  const { wanted } = upgrade;
  const to = `v${wanted.kubernetesVersion}`;
  return (await behindOf(upgrade)).flatMap(({ name, version: from }) =>
    checkWay(wanted, name, { product: "Kubernetes", from, to }),
  );
}

/** Problems: UPGRADE_REFUSED, where the cluster is not whole before; TALOS_NOT_WHOLE, where it is not afterwards. */
export async function upgradeKubernetes(upgrade: Upgrade): Promise<readonly Problem[]> {
  const { client, wanted, kubectl, order, patience } = upgrade;
  const [first] = await behindOf(upgrade);
  const [member] = wanted.nodes;
  if (first === undefined || member === undefined) return [];
  const ill = await lacks(client, wanted, kubectl);
  if (ill.length > 0) return [notWholeBefore(wanted, ill)];
  order.say(`Kubernetes ${first.version} -> v${wanted.kubernetesVersion}\n`);
  await client.talosctl(
    ["upgrade-k8s", `--to=${wanted.kubernetesVersion}`, ...at(client, member.address)],
    { seconds: patienceSeconds },
  );
  const left = await untilNothing(async () => {
    const missing = await lacks(client, wanted, kubectl);
    return missing.length > 0
      ? missing
      : (await behindOf(upgrade)).map(({ name, version }) => `${name} runs Kubernetes ${version}`);
  }, patience);
  return left.length === 0 ? [] : [notWhole(wanted.name, left, patience.minutes)];
}

/** Nodes whose Kubernetes is another one. */
const behindOf = async ({ kubectl, wanted }: Upgrade): Promise<KnownNode[]> =>
  (await nodesOf(kubectl)).filter(({ version }) => version !== `v${wanted.kubernetesVersion}`);
