/** One node to another Talos: its pods go elsewhere, it starts with the new system, and the cluster is whole again. */
import type { Problem } from "../../../../generator/src/problems/problem.ts";
import { KubectlFailed } from "../kubectl.ts";
import { lacks, nodesOf } from "./health.ts";
import { at, bootOf, untilNothing, versionOf } from "./nodes.ts";
import { nodeRefuses, nodesAway, notWhole } from "./problems.ts";
import { TalosctlFailed } from "./talosctl.ts";
import type { Upgrade } from "./upgrade.ts";
import { notGone, podsStay, rolledBack } from "./upgrade-problems.ts";
import type { WantedNode } from "./wanted.ts";

type Problems = Promise<readonly Problem[]>;

/** Says whose drain it was: one that a person has cordoned stays so. */
const mark = "rzp.local/upgrade";

/** Pods end within this, budgets and all. */
const drainMinutes = 10;
const installSeconds = 1200;

export async function upgradeNode(upgrade: Upgrade, node: WantedNode): Problems {
  const { wanted, order } = upgrade;
  const before = await startOf(upgrade, node);
  // Without it nobody could tell a node that came back from one that has not gone yet.
  if (before === undefined)
    return nodesAway({ ...wanted, nodes: [node] }, new Map(), upgrade.patience.minutes);
  const stays = await drain(upgrade, node);
  if (stays !== undefined) return [stays];
  try {
    await install(upgrade, node);
  } catch (error) {
    if (!(error instanceof TalosctlFailed)) throw error;
    // It starts again while it answers: whether it did is seen below.
    if (!isCut(error)) {
      await release(upgrade, node);
      return [nodeRefuses(wanted.name, node.name, error)];
    }
  }
  const problems = await awaitBack(upgrade, node, before);
  if (problems.length > 0) return problems;
  await release(upgrade, node);
  order.say(`${node.name} runs Talos ${wanted.talos.version}\n`);
  return [];
}

/** Out: what changes with each start of a node; undefined where it does not say within the time that is given. */
async function startOf(
  { client, patience }: Upgrade,
  { name, address }: WantedNode,
): Promise<string | undefined> {
  let boot: string | undefined;
  await untilNothing(async () => {
    boot = await bootOf(client, address);
    return boot === undefined ? [`${name} does not say when it started`] : [];
  }, patience);
  return boot;
}

const isCut = ({ message }: TalosctlFailed): boolean =>
  /transport is closing|Unavailable|EOF|connection reset|no answer within/i.test(message);

const install = ({ client }: Upgrade, { address, install: { image } }: WantedNode) =>
  client.talosctl(
    [
      "upgrade",
      `--image=${image}`,
      "--drain=false",
      "--wait=false",
      "--progress=plain",
      ...at(client, address),
    ],
    { seconds: installSeconds },
  );

/** Out: what keeps the node's pods where they are, after which it is as it was. */
async function drain(upgrade: Upgrade, { name }: WantedNode): Promise<Problem | undefined> {
  const { kubectl, wanted } = upgrade;
  const isMine = (await nodesOf(kubectl)).some((one) => one.name === name && !one.unschedulable);
  try {
    if (isMine) await kubectl(["annotate", "node", name, `${mark}=drained`, "--overwrite"]);
    await kubectl([
      "drain",
      name,
      "--ignore-daemonsets",
      "--delete-emptydir-data",
      `--timeout=${upgrade.order.patience?.minutes ?? drainMinutes}m`,
    ]);
    return undefined;
  } catch (error) {
    if (!(error instanceof KubectlFailed) || isSilence(error)) throw error;
    await releaseNamed(upgrade, name);
    return podsStay(wanted, name, error.message);
  }
}

/** It is the API server that went, not a pod that stays. */
const isSilence = ({ message }: KubectlFailed): boolean =>
  /connection to the server|Unable to connect|TLS handshake|EOF/i.test(message);

const release = (upgrade: Upgrade, { name }: WantedNode): Promise<void> =>
  releaseNamed(upgrade, name);

async function releaseNamed({ kubectl }: Upgrade, name: string): Promise<void> {
  const isMine = (await nodesOf(kubectl)).some(
    (one) => one.name === name && one.annotations[mark] !== undefined,
  );
  if (!isMine) return;
  await kubectl(["uncordon", name]);
  await kubectl(["annotate", "node", name, `${mark}-`]);
}

/** Nodes that a killed run has drained and nobody else. In: an upgrade. */
export async function releaseLeft(upgrade: Upgrade): Promise<void> {
  for (const { name } of upgrade.wanted.nodes) await releaseNamed(upgrade, name);
}

/** It has started again, with the new system and not with the old one, and the cluster is whole. */
async function awaitBack(upgrade: Upgrade, node: WantedNode, before: string): Problems {
  const { client, wanted, kubectl, patience } = upgrade;
  let version: string | undefined;
  let boot: string | undefined;
  const away = await untilNothing(async () => {
    boot = await bootOf(client, node.address);
    if (boot === before) return [`${node.name} has not gone yet`];
    if (boot === undefined) return [`${node.name} starts again`];
    version = await versionOf(client, node.address);
    return version === undefined ? [`${node.name} starts again`] : [];
  }, patience);
  if (boot === before) return [notGone(wanted, node.name, patience.minutes)];
  if (away.length > 0) return nodesAway({ ...wanted, nodes: [node] }, new Map(), patience.minutes);
  if (version !== wanted.talos.version) return [rolledBack(wanted, node.name, version ?? "")];
  const left = await untilNothing(() => lacks(client, wanted, kubectl), patience);
  return left.length === 0 ? [] : [notWhole(wanted.name, left, patience.minutes)];
}
