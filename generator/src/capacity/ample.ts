/**
 * Whether there is so much room that no order can go wrong. `check` asks this first, and simulates only where the answer is no.
 *
 * Pods of DaemonSets run on their nodes in any case, and leave the rest to others. A node refuses a pod when those others
 * have taken so much of a resource that less is left than the pod asks for, or a port that it takes. All of them together can fill only so many
 * nodes that far. A pod that may come to more nodes than that finds one, in whatever order pods come.
 */
import { nothing, plus } from "../release/resources/amounts.ts";
import type { Room } from "../release/resources/amounts.ts";
import type { Node, Pod, PodSet } from "./model.ts";
import type { Candidates } from "./place.ts";
import { amount, resourcesOf, roomBesideDaemons } from "./proof.ts";

/** In: pods, nodes, and how many nodes may be gone. Out: true where it is certain that every order places all pods. */
export function alwaysFits(
  pods: readonly Pod[],
  nodes: readonly Node[],
  candidates: Candidates,
  gone: 0 | 1,
): boolean {
  if (pods.some(({ volumes, set }) => volumes.length > 0 || set.together.length > 0)) return false;
  const movable = pods.filter(({ node }) => node === undefined);
  const all = totalOf(movable);
  const daemons = roomBesideDaemons(pods, nodes);
  // Few pods stay apart from others: looking for them once is faster than comparing every pod with all.
  const choosy = pods.filter(({ set }) => set.apartFrom.length > 0);
  const onPorts = pods.filter(({ set }) => set.hostPorts.length > 0);
  const named = Map.groupBy(pods, ({ set }) => set.name);
  const refusing = refusingNodes(daemons, all);
  return (
    daemonsFit(pods, daemons) &&
    [...Map.groupBy(movable, ({ set }) => set)].every(([set, [pod]]) => {
      const possible = pod === undefined ? [] : [...(candidates.get(pod) ?? [])];
      const foes =
        choosy.filter(({ set: { apartFrom } }) => apartFrom.includes(set.name)).length +
        set.apartFrom.reduce((sum, name) => sum + (named.get(name)?.length ?? 0), 0) +
        onPorts.filter((other) => other !== pod && sharesPort(set, other.set)).length;
      return refusing(set, possible) + foes < possible.length - gone;
    })
  );
}

const sharesPort = (a: PodSet, b: PodSet) => a.hostPorts.some((port) => b.hostPorts.includes(port));

/** Out: how many of its nodes may refuse a pod at most. Many pods ask for the same of the same nodes. */
function refusingNodes(
  daemons: ReturnType<typeof roomBesideDaemons>,
  all: Total,
): (set: PodSet, possible: readonly Node[]) => number {
  const known = new Map<string, number>();
  return (set, possible) => {
    const key = JSON.stringify([set.asks, possible.map(({ name }) => name)]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const limits = possible.map((node) => limitsFor(set, node, daemons.get(node)));
    const most = Math.min(fullBySums(set, limits, all), fullByShares(set, limits, all));
    known.set(key, most);
    return most;
  };
}

/** Pods that may be anywhere, as a whole and by what they ask for: there are few sizes. */
interface Total {
  readonly asks: Room;
  readonly count: number;
  readonly sizes: readonly { readonly asks: Room; readonly count: number }[];
}

const totalOf = (pods: readonly Pod[]): Total => ({
  asks: pods.map(({ set }) => set.asks).reduce(plus, nothing),
  count: pods.length,
  sizes: [...Map.groupBy(pods, ({ set }) => JSON.stringify(set.asks)).values()].flatMap((alike) =>
    alike.slice(0, 1).map(({ set: { asks } }) => ({ asks, count: alike.length })),
  ),
});

/** How much others may ask for on a node before it refuses a pod: of each resource the pod asks for, and in pods. */
interface Limits {
  readonly of: readonly (readonly [resource: string, limit: number])[];
  readonly pods: number;
}

function limitsFor(
  { asks }: PodSet,
  { room, pods }: Node,
  daemons: { readonly taken: Room; readonly pods: number } = { taken: nothing, pods: 0 },
): Limits {
  return {
    of: resourcesOf(asks)
      .filter((resource) => amount(asks, resource) > 0)
      .map((resource) => [
        resource,
        amount(room, resource) - amount(daemons.taken, resource) - amount(asks, resource),
      ]),
    pods: pods - daemons.pods - 1,
  };
}

/** Most nodes that refuse it, resource by resource: each is filled with all there is of that one. */
function fullBySums({ asks }: PodSet, limits: readonly Limits[], all: Total): number {
  const byResource = Map.groupBy(
    limits.flatMap(({ of }) => of),
    ([resource]) => resource,
  );
  return [...byResource].reduce(
    (sum, [resource, mine]) =>
      sum +
      mostFilled(
        mine.map(([, limit]) => limit),
        amount(all.asks, resource) - amount(asks, resource),
      ),
    mostFilled(
      limits.map(({ pods }) => pods),
      all.count - 1,
    ),
  );
}

/**
 * The same by what each pod takes of a node at most, of whichever resource: one that fills the memory of a node fills
 * nothing of another. Says more where nodes are alike, as it reckons with the smallest.
 */
function fullByShares({ asks }: PodSet, limits: readonly Limits[], all: Total): number {
  const open = limits.filter(({ of, pods }) => pods >= 0 && of.every(([, limit]) => limit >= 0));
  const smallest = new Map<string, number>();
  for (const [resource, limit] of open.flatMap(({ of }) => of))
    smallest.set(resource, Math.min(limit, smallest.get(resource) ?? limit));
  const ofPlaces = 1 / Math.min(...open.map(({ pods }) => pods));
  const shareOf = (room: Room) => {
    const shares = [...smallest].map(([resource, limit]) => {
      const asked = amount(room, resource);
      return asked === 0 ? 0 : asked / limit;
    });
    return Math.min(1, Math.max(ofPlaces, ...shares));
  };
  const shares = all.sizes.reduce((sum, { asks: one, count }) => sum + shareOf(one) * count, 0);
  const rounding = 1e-9;
  return limits.length - open.length + Math.floor(shares - shareOf(asks) + rounding);
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

function daemonsFit(pods: readonly Pod[], daemons: ReturnType<typeof roomBesideDaemons>): boolean {
  return (
    pods.every(({ node, set }) => node === undefined || set.apartFrom.length === 0) &&
    [...daemons].every(
      ([node, own]) =>
        own.pods <= node.pods &&
        new Set(own.hostPorts).size === own.hostPorts.length &&
        resourcesOf(own.taken).every(
          (resource) => amount(own.taken, resource) <= amount(node.room, resource),
        ),
    )
  );
}
