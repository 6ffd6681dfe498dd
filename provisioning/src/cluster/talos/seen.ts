/** How the nodes of a cluster stand before anything is done. */
import type { Problem } from "../../../../generator/src/problems/problem.ts";
import type { Site } from "./cluster.ts";
import { stateOf, untilNothing, type NodeClient, type NodeState } from "./nodes.ts";
import { nodesAway, nodesForeign } from "./problems.ts";
import type { WantedNode } from "./wanted.ts";

export interface SeenNode extends WantedNode {
  readonly state: Exclude<NodeState, "away">;
}

/** Waits for those that boot. Problems: TALOS_NODE_AWAY, TALOS_SECRETS where a node has a configuration of another cluster. */
export async function lookAtNodes(
  { wanted, patience }: Pick<Site, "wanted" | "patience">,
  client: NodeClient,
): Promise<{ readonly nodes: readonly SeenNode[] } | { readonly problems: readonly Problem[] }> {
  const seen = new Map<string, SeenNode>();
  const doubted = new Set<string>();
  const away = await untilNothing(async () => {
    await Promise.all(
      wanted.nodes.map(async (node) => {
        const state = seen.get(node.name)?.state ?? (await stateOf(client, node.address));
        // One that is about to start breaks off as well: only who refuses twice has another's configuration.
        const isDoubted = state === "foreign" && !doubted.has(node.name);
        if (isDoubted) doubted.add(node.name);
        else if (state !== "away") seen.set(node.name, { ...node, state });
      }),
    );
    return wanted.nodes
      .filter(({ name }) => !seen.has(name))
      .map(({ name, address }) => `${name} (${address}) does not answer`);
  }, patience);
  if (away.length > 0) return { problems: nodesAway(wanted, seen, patience.minutes) };
  const nodes = wanted.nodes.flatMap(({ name }) => seen.get(name) ?? []);
  const foreign = nodes.filter(({ state }) => state === "foreign");
  return foreign.length > 0 && client.talosconfig !== undefined
    ? { problems: nodesForeign(wanted.name, foreign) }
    : { nodes };
}
