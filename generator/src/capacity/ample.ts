/**
 * Whether there is so much room that no order can go wrong. `check` asks this first, and simulates only where the answer is no.
 *
 * A node refuses a pod when what is on it is more than what it has less what the pod asks for, of one resource at
 * least. All other pods together can do that to so many nodes and no more; if a node is left, the pod comes there.
 */
import { nothing, plus } from "../release/room.ts";
import type { Room } from "../release/room.ts";
import type { Node, Pod, PodSet } from "./model.ts";
import type { Candidates } from "./place.ts";
import { amount } from "./proof.ts";

/** In: pods, nodes, and how many nodes may be gone. Out: true where it is certain that every order places all pods. */
export function alwaysFits(
  pods: readonly Pod[],
  nodes: readonly Node[],
  candidates: Candidates,
  gone: 0 | 1,
): boolean {
  if (pods.some(({ volumes, set }) => volumes.length > 0 || set.together.length > 0)) return false;
  const total = pods.map(({ set }) => set.asks).reduce(plus, nothing);
  // Few pods mind whom they are with; one for whom nobody is anything asks for no list of all.
  const choosy = pods.filter(({ set }) => set.apartFrom.length > 0);
  const named = Map.groupBy(pods, ({ set }) => set.name);
  const seen = new Set<PodSet>();
  return (
    daemonsFit(pods, nodes) &&
    pods.every((pod) => {
      // Those of DaemonSets come first, and go with their node.
      if (pod.node !== undefined || seen.has(pod.set)) return true;
      seen.add(pod.set);
      const possible = [...(candidates.get(pod) ?? [])];
      const others =
        choosy.filter(({ set }) => set.apartFrom.includes(pod.set.name)).length +
        pod.set.apartFrom.reduce((sum, name) => sum + (named.get(name)?.length ?? 0), 0);
      const most = refusing(pod.set, possible, { count: pods.length - 1, total });
      return most + others < possible.length - gone;
    })
  );
}

/** Most nodes that all other pods can make refuse one of this set. */
function refusing(
  set: PodSet,
  possible: readonly Node[],
  { count, total }: { readonly count: number; readonly total: Room },
): number {
  const resources = ["cpu", "memory", "scratch", ...Object.keys(set.asks.devices)];
  const full = resources.map((resource) => {
    const asked = amount(set.asks, resource);
    if (asked === 0) return 0;
    return mostFilled(
      possible.map(({ room }) => amount(room, resource) - asked),
      amount(total, resource) - asked,
    );
  });
  const crowded = mostFilled(
    possible.map((node) => node.pods - 1),
    count,
  );
  return full.reduce((sum, nodes) => sum + nodes, crowded);
}

/** How many places can be filled beyond what they hold, the smallest first. */
function mostFilled(holds: readonly number[], filling: number): number {
  let left = filling;
  let filled = 0;
  for (const hold of holds.toSorted((a, b) => a - b)) {
    // Beyond, not up to: a place that is exactly full of others still takes the pod.
    if (hold >= 0 && left <= hold) break;
    left -= Math.max(0, hold);
    filled += 1;
  }
  return filled;
}

function daemonsFit(pods: readonly Pod[], nodes: readonly Node[]): boolean {
  const daemons = Map.groupBy(pods, ({ node }) => node);
  return nodes.every((node) => {
    const own = daemons.get(node.name) ?? [];
    const asked = own.map(({ set }) => set.asks).reduce(plus, nothing);
    return (
      own.length <= node.pods &&
      own.every(({ set }) => set.apartFrom.length === 0) &&
      ["cpu", "memory", "scratch", ...Object.keys(asked.devices)].every(
        (resource) => amount(asked, resource) <= amount(node.room, resource),
      )
    );
  });
}
