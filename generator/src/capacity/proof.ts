/** Why pods cannot run, whatever the order: one that fits no node, a port that more want than there are nodes, or a sum that is more than there is. */
import { staticFilters } from "./filters.ts";
import type { FilterName } from "./filters.ts";
import { nothing, plus } from "../release/resources/amounts.ts";
import type { Room } from "../release/resources/amounts.ts";
import type { Node, Pod } from "./model.ts";
import type { Candidates } from "./place.ts";

export type Proof = PodProof | PortProof | SumProof;

/** A pod, and what keeps it off each node. */
export interface PodProof {
  readonly kind: "pod";
  readonly pod: Pod;
  readonly refusals: readonly { readonly node: string; readonly filter: FilterName }[];
  /** A node would have room for it, were it not full of pods that run on every node: no fault of this one. */
  readonly isCrowdedOut: boolean;
}

/** Pods that take the same port of their node are more than the nodes they may come to: all such ports, and for each all such nodes. */
export interface PortProof {
  readonly kind: "port";
  readonly clashes: readonly PortClash[];
}

/** Ports that the same pods take. */
export interface PortClash {
  readonly ports: readonly string[];
  readonly pods: readonly Pod[];
  readonly nodes: readonly string[];
}

/** Pods that may only come to these nodes ask for more of something than the nodes have together. */
export interface SumProof {
  readonly kind: "sum";
  readonly resource: string;
  readonly asked: number;
  readonly there: number;
  readonly pods: readonly Pod[];
  readonly nodes: readonly string[];
}

/** In: pods, nodes, and which may come where. Out: why not all can run: a pod that no node takes, else a port or a sum that is too much, else a pod that only DaemonSets leave no room for; undefined where nothing is proved. */
export function proofThatNot(
  pods: readonly Pod[],
  nodes: readonly Node[],
  candidates: Candidates,
): Proof | undefined {
  const ofPods = proofsOfPods(pods, nodes, candidates);
  return (
    ofPods.find(({ isCrowdedOut }) => !isCrowdedOut) ??
    tooMany(pods, nodes, candidates) ??
    tooMuch(pods, nodes, candidates) ??
    ofPods[0]
  );
}

/** Every pod that no node takes, however empty. */
export function proofsOfPods(
  pods: readonly Pod[],
  nodes: readonly Node[],
  candidates: Candidates,
): PodProof[] {
  const left = roomBesideDaemons(pods, nodes);
  return [
    ...pods.flatMap((pod) => fitsNowhere(pod, nodes, candidates, left) ?? []),
    ...neverJoined(pods, nodes),
  ];
}

/** What a node has for pods that could run elsewhere: those of DaemonSets are there in any case. */
export function roomBesideDaemons(
  pods: readonly Pod[],
  nodes: readonly Node[],
): ReadonlyMap<
  Node,
  { readonly taken: Room; readonly pods: number; readonly hostPorts: readonly string[] }
> {
  const daemons = Map.groupBy(pods, ({ node }) => node);
  return new Map(
    nodes.map((node) => {
      const own = daemons.get(node.name) ?? [];
      const taken = own.map(({ set }) => set.asks).reduce(plus, nothing);
      const hostPorts = own.flatMap(({ set }) => set.hostPorts);
      return [node, { taken, pods: own.length, hostPorts }];
    }),
  );
}

/** One pod that no node takes, however empty. */
function fitsNowhere(
  pod: Pod,
  nodes: readonly Node[],
  candidates: Candidates,
  left: ReturnType<typeof roomBesideDaemons>,
): PodProof | undefined {
  const possible = candidates.get(pod);
  const besideOn = (node: Node) => (pod.node === undefined ? left.get(node) : undefined);
  const hasRoom = (node: Node) => {
    const needed = plus(pod.set.asks, besideOn(node)?.taken ?? nothing);
    return resourcesOf(needed).every(
      (resource) => amount(needed, resource) <= amount(node.room, resource),
    );
  };
  const roomy = nodes.filter((node) => possible?.has(node) === true && hasRoom(node));
  if (roomy.some((node) => (besideOn(node)?.pods ?? 0) < node.pods)) return undefined;
  return {
    kind: "pod",
    pod,
    isCrowdedOut: roomy.length > 0,
    refusals: nodes.map((node) => ({
      node: node.name,
      filter: possible?.has(node) === true ? "NodeResourcesFit" : refusingFilter(pod, node),
    })),
  };
}

function refusingFilter(pod: Pod, node: Node): FilterName {
  const names = Object.keys(staticFilters) as (keyof typeof staticFilters)[];
  return names.find((name) => !staticFilters[name](pod, node)) ?? "NodeResourcesFit";
}

/** A pod that must share a node with one that never comes. */
function neverJoined(pods: readonly Pod[], nodes: readonly Node[]): PodProof[] {
  if (!pods.some(({ set }) => set.together.length > 0)) return [];
  const sets = new Set(pods.map(({ set }) => set));
  const come = new Set<string>();
  for (let before = -1; come.size > before;) {
    before = come.size;
    for (const set of sets)
      if (set.together.every((other) => other === set.name || come.has(other))) come.add(set.name);
  }
  return pods
    .filter(({ set }) => !come.has(set.name))
    .map((pod) => ({
      kind: "pod",
      pod,
      isCrowdedOut: false,
      refusals: nodes.map(({ name }) => ({ node: name, filter: "InterPodAffinity" })),
    }));
}

/** Some nodes, and the pods whose nodes are all among them. */
interface Group {
  readonly nodes: ReadonlySet<Node>;
  readonly pods: readonly Pod[];
}

/** The fewer nodes, the more it says: these come first. */
function groupsOf(pods: readonly Pod[], nodes: readonly Node[], candidates: Candidates): Group[] {
  const groups = new Map<string, ReadonlySet<Node>>();
  for (const possible of new Set([new Set(nodes), ...candidates.values()]))
    groups.set([...possible].map(({ name }) => name).join(" "), possible);
  return [...groups.values()]
    .toSorted((a, b) => a.size - b.size)
    .map((group) => ({
      nodes: group,
      pods: pods.filter((pod) => candidates.get(pod)?.isSubsetOf(group) === true),
    }));
}

/** Groups with more pods than nodes, whatever is done about smaller ones inside them. */
function overfull(groups: readonly Group[]): Group[] {
  const full = groups.filter((group) => group.pods.length > group.nodes.size);
  return full.filter((group) => {
    const inside = full.filter((other) => other !== group && other.nodes.isSubsetOf(group.nodes));
    const pods = group.pods.filter((pod) => !inside.some((other) => other.pods.includes(pod)));
    const nodes = [...group.nodes].filter((node) => !inside.some((other) => other.nodes.has(node)));
    return pods.length > nodes.length;
  });
}

/** Pods that take the same port of their node, against how many nodes there are for them. */
function tooMany(
  pods: readonly Pod[],
  nodes: readonly Node[],
  candidates: Candidates,
): PortProof | undefined {
  const taking = pods.filter(({ set }) => set.hostPorts.length > 0);
  const clashes = [...new Set(taking.flatMap(({ set }) => set.hostPorts))].flatMap((port) => {
    const alike = taking.filter(({ set }) => set.hostPorts.includes(port));
    return overfull(groupsOf(alike, nodes, candidates)).map((group) => ({ port, ...group }));
  });
  const alike = Map.groupBy(clashes, ({ pods: mine }) => mine.map(({ name }) => name).join());
  return clashes.length === 0
    ? undefined
    : {
        kind: "port",
        clashes: [...alike.values()].flatMap((group) => {
          const [first] = group;
          if (first === undefined) return [];
          const names = [...first.nodes].map(({ name }) => name);
          return [{ ports: group.map(({ port }) => port), pods: first.pods, nodes: names }];
        }),
      };
}

/** What pods ask for together, against what their nodes have. */
function tooMuch(
  pods: readonly Pod[],
  nodes: readonly Node[],
  candidates: Candidates,
): SumProof | undefined {
  for (const { nodes: group, pods: mine } of groupsOf(pods, nodes, candidates)) {
    const asked = mine.map(({ set }) => set.asks).reduce(plus, nothing);
    const there = [...group].map(({ room }) => room).reduce(plus, nothing);
    const told = { kind: "sum", pods: mine, nodes: [...group].map(({ name }) => name) } as const;
    for (const resource of resourcesOf(asked))
      if (amount(asked, resource) > amount(there, resource))
        return {
          ...told,
          resource,
          asked: amount(asked, resource),
          there: amount(there, resource),
        };
    const places = [...group].reduce((count, node) => count + node.pods, 0);
    if (mine.length > places)
      return { ...told, resource: "pods", asked: mine.length, there: places };
  }
  return undefined;
}

export const resourcesOf = ({ devices }: Room) => [
  "cpu",
  "memory",
  "scratch",
  ...Object.keys(devices),
];

export function amount(room: Room, resource: string): number {
  if (resource === "cpu" || resource === "memory" || resource === "scratch") return room[resource];
  return room.devices[resource] ?? 0;
}
