/** Places pods one after the other, as kube-scheduler does: filters, then the score of its defaults. */
import { passesDynamic, passesStatic, placeOf } from "./filters.ts";
import type { ClusterState, NodeState } from "./filters.ts";
import type { Node, Pod } from "./model.ts";

export interface Placed {
  readonly nodes: readonly NodeState[];
  readonly at: ReadonlyMap<Pod, Node>;
  readonly unplaced: readonly Pod[];
  /** Where each claim is. */
  readonly bound: ReadonlyMap<string, string>;
}

/** On which nodes a pod may come at all, whatever else runs: the same in every order. */
export type Candidates = ReadonlyMap<Pod, ReadonlySet<Node>>;

/** In: pods and nodes. Out: nodes each pod may come to; pods of one set share theirs, but for those of a DaemonSet. */
export function candidatesOf(pods: readonly Pod[], nodes: readonly Node[]): Candidates {
  const known = new Map<object, ReadonlySet<Node>>();
  return new Map(
    pods.map((pod) => {
      const found =
        (pod.node === undefined ? known.get(pod.set) : undefined) ??
        new Set(nodes.filter((node) => passesStatic(pod, node)));
      if (pod.node === undefined) known.set(pod.set, found);
      return [pod, found] as const;
    }),
  );
}

/** In: pods in their order, nodes, claims that are bound. A pod that waits for another one is tried again when one has come. */
export function place(
  pods: readonly Pod[],
  nodes: readonly Node[],
  candidates: Candidates,
  bound: ReadonlyMap<string, string> = new Map(),
): Placed {
  const cluster: ClusterState = {
    nodes: nodes.map(emptyNode),
    sets: new Map(),
    bound: new Map(bound),
  };
  const at = new Map<Pod, Node>();
  let waiting: readonly Pod[] = pods;
  for (let tried = Number.POSITIVE_INFINITY; waiting.length > 0 && waiting.length < tried;) {
    tried = waiting.length;
    waiting = waiting.filter((pod) => {
      const best = bestNode(pod, cluster, candidates.get(pod));
      if (best === undefined) return true;
      settle(pod, best, cluster);
      at.set(pod, best.node);
      return false;
    });
    if (!waiting.some(({ set }) => set.together.length > 0)) break;
  }
  return { nodes: cluster.nodes, at, unplaced: waiting, bound: cluster.bound };
}

const emptyNode = (node: Node): NodeState => ({
  node,
  used: { cpu: 0, memory: 0, scratch: 0, pods: 0 },
  devices: new Map(),
  sets: new Map(),
  refuses: new Map(),
  hostPorts: new Set(),
});

function bestNode(
  pod: Pod,
  cluster: ClusterState,
  candidates: ReadonlySet<Node> | undefined,
): NodeState | undefined {
  let best: NodeState | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const on of cluster.nodes) {
    if (candidates?.has(on.node) !== true || !passesDynamic(pod, on, cluster)) continue;
    const score = scoreOf(pod, on, cluster);
    if (score <= bestScore) continue;
    best = on;
    bestScore = score;
  }
  return best;
}

/** PodTopologySpread before NodeResourcesFit, whose default is LeastAllocated. */
function scoreOf({ set }: Pod, on: NodeState, cluster: ClusterState): number {
  const { room } = on.node;
  const free =
    1 -
    ((on.used.cpu + set.asks.cpu) / room.cpu + (on.used.memory + set.asks.memory) / room.memory) /
      2;
  if (set.spread === undefined) return free;
  const alike =
    set.spread === "hosts"
      ? (on.sets.get(set.name) ?? 0)
      : cluster.nodes
          .filter(({ node }) => node.zone === on.node.zone)
          .reduce((count, { sets }) => count + (sets.get(set.name) ?? 0), 0);
  return free - 2 * alike;
}

function settle({ set, volumes }: Pod, on: NodeState, cluster: ClusterState): void {
  const { used, devices } = on;
  used.cpu += set.asks.cpu;
  used.memory += set.asks.memory;
  used.scratch += set.asks.scratch;
  used.pods += 1;
  for (const [device, count] of Object.entries(set.asks.devices)) add(devices, device, count);
  add(on.sets, set.name, 1);
  add(cluster.sets, set.name, 1);
  for (const other of set.apartFrom) add(on.refuses, other, 1);
  for (const port of set.hostPorts) on.hostPorts.add(port);
  for (const { claim, reach } of volumes)
    if (!cluster.bound.has(claim)) cluster.bound.set(claim, placeOf(on.node, reach));
}

function add(counts: Map<string, number>, key: string, more: number): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}
