/** Gives nodes their configurations: those that wait for one, and those whose own differs. */
import type { Problem } from "../../../../generator/src/problems/problem.ts";
import { isProblem } from "../../../../generator/src/tools/problems.ts";
import type { ConfiguredNode } from "./configuration.ts";
import { differenceOf } from "./difference.ts";
import type { Site } from "./cluster.ts";
import { at, stateOf, untilNothing, type NodeClient } from "./nodes.ts";
import { nodeRefuses, nodesAway } from "./problems.ts";
import type { SeenNode } from "./seen.ts";
import { TalosctlFailed } from "./talosctl.ts";

export interface Applying {
  readonly client: NodeClient;
  readonly configured: readonly ConfiguredNode[];
  readonly nodes: readonly SeenNode[];
}

/** New nodes all at once, then those that are at work, one after the other. Problems: TALOS_FAILED, TALOS_NODE_AWAY. */
export async function applyAll(
  site: Site,
  { client, configured, nodes }: Applying,
): Promise<readonly Problem[]> {
  const inState = (state: SeenNode["state"]) =>
    configured.filter(({ name }) => nodes.some((one) => one.name === name && one.state === state));
  const waiting = inState("maintenance");
  const refused = (await Promise.all(waiting.map((node) => applyFirst(site, client, node)))).flat();
  if (refused.length > 0) return refused;
  for (const node of inState("ours")) {
    const problems = await applyAgain(site, client, node);
    if (problems.length > 0) return problems;
  }
  return awaitNodes(site, client, waiting);
}

async function applyFirst(
  { order, wanted }: Site,
  { talosctl }: NodeClient,
  { name, address, file }: ConfiguredNode,
): Promise<readonly Problem[]> {
  try {
    await talosctl(["apply-config", "--insecure", `--nodes=${address}`, `--file=${file}`]);
  } catch (error) {
    if (!(error instanceof TalosctlFailed)) throw error;
    // It may have taken it before the connection broke: whoever waits for it next sees.
    if (!/transport is closing|Unavailable|EOF/i.test(error.message))
      return [nodeRefuses(wanted.name, name, error)];
  }
  order.say(`${name} has its configuration\n`);
  return [];
}

/** Nothing is applied that Talos sees no difference in. What needs a restart waits for one: nobody is cut off here. */
async function applyAgain(
  { order, wanted }: Site,
  client: NodeClient,
  node: ConfiguredNode,
): Promise<readonly Problem[]> {
  const { name, address, file } = node;
  const difference = await differenceOf(wanted, client, node);
  if (isProblem(difference)) return [difference];
  const { kind, runs } = difference;
  if (kind === "none") return [];
  if (kind === "talos" || kind === "kubernetes") {
    const what = kind === "talos" ? `Talos ${runs}` : "another Kubernetes";
    order.say(`${name} runs ${what}: npm run infra -- upgrade ${wanted.name}\n`);
    return [];
  }
  const isLater = kind === "later";
  try {
    await client.talosctl([
      "apply-config",
      `--file=${file}`,
      ...at(client, address),
      `--mode=${isLater ? "staged" : "no-reboot"}`,
    ]);
    order.say(
      isLater
        ? `${name} has a new configuration, and takes it with its next start\n`
        : `${name} has a new configuration\n`,
    );
    return [];
  } catch (error) {
    if (!(error instanceof TalosctlFailed)) throw error;
    return [nodeRefuses(wanted.name, name, error)];
  }
}

/** They start again, with what they were given: control planes first, as they make the certificates of the others. */
async function awaitNodes(
  { wanted, patience }: Site,
  client: NodeClient,
  nodes: readonly ConfiguredNode[],
): Promise<readonly Problem[]> {
  const back = new Map<string, unknown>();
  const left = await untilNothing(async () => {
    await Promise.all(
      nodes.map(async ({ name, address }) => {
        if (!back.has(name) && (await stateOf(client, address)) === "ours") back.set(name, true);
      }),
    );
    return nodes
      .filter(({ name }) => !back.has(name))
      .map(({ name }) => `${name} is not back with its configuration`);
  }, patience);
  return left.length === 0 ? [] : nodesAway({ ...wanted, nodes }, back, patience.minutes);
}
