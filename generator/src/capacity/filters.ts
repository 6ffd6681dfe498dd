/** What keeps a pod off a node: one function a filter of kube-scheduler, under the name of its plugin. */
import type { Room } from "../release/resources/amounts.ts";
import type { Node, Pod, PodSet } from "./model.ts";

/** A node with what is on it. */
export interface NodeState {
  readonly node: Node;
  readonly used: { cpu: number; memory: number; scratch: number; pods: number };
  readonly devices: Map<string, number>;
  /** Pods by set. */
  readonly sets: Map<string, number>;
  /** How many pods on it share no node with a set. */
  readonly refuses: Map<string, number>;
  /** Ports of the node that are taken. */
  readonly hostPorts: Set<string>;
}

export interface ClusterState {
  readonly nodes: readonly NodeState[];
  /** Pods by set, on all nodes. */
  readonly sets: Map<string, number>;
  /** Zone or name of the node where a claim is. */
  readonly bound: Map<string, string>;
}

/** Those that only look at the pod and the node, not at what is on it. */
export const staticFilters = { NodeName, NodeAffinity, TaintToleration, Devices } as const;
/** Those that look at what is there already. */
export const dynamicFilters = {
  NodePorts,
  NodeResourcesFit,
  InterPodAffinity,
  VolumeBinding,
} as const;
export type FilterName = keyof typeof staticFilters | keyof typeof dynamicFilters;

/** A DaemonSet's pod is for one node. */
function NodeName(pod: Pod, node: Node): boolean {
  return pod.node === undefined || pod.node === node.name;
}

function NodeAffinity({ set }: Pod, node: Node): boolean {
  return Object.entries(set.nodes).every(([label, value]) => node.labels[label] === value);
}

function TaintToleration({ set }: Pod, node: Node): boolean {
  return tolerates(set, node);
}

function tolerates({ tolerates: tolerated }: Pick<PodSet, "tolerates">, node: Node): boolean {
  return Object.entries(node.taints).every(
    ([key, effect]) =>
      effect === "PreferNoSchedule" || tolerated[key] === effect || tolerated[key] === "any",
  );
}

/** DynamicResources, and the part of NodeResourcesFit that is about device plugins: a node that has none at all. */
function Devices({ set }: Pod, node: Node): boolean {
  return Object.entries(set.asks.devices).every(
    ([device, count]) => (node.room.devices[device] ?? 0) >= count,
  );
}

function NodePorts({ set }: Pod, { hostPorts }: NodeState): boolean {
  return set.hostPorts.every((port) => !hostPorts.has(port));
}

function NodeResourcesFit({ set: { asks } }: Pod, { node, used, devices }: NodeState): boolean {
  return (
    used.pods < node.pods &&
    used.cpu + asks.cpu <= node.room.cpu &&
    used.memory + asks.memory <= node.room.memory &&
    used.scratch + asks.scratch <= node.room.scratch &&
    hasDevices(asks, node, devices)
  );
}

function hasDevices(asks: Room, node: Node, taken: ReadonlyMap<string, number>): boolean {
  for (const device in asks.devices)
    if ((taken.get(device) ?? 0) + (asks.devices[device] ?? 0) > (node.room.devices[device] ?? 0))
      return false;
  return true;
}

/** A pod whose set is the one it wants to be with may be the first of it. */
function InterPodAffinity({ set }: Pod, on: NodeState, cluster: ClusterState): boolean {
  if ((on.refuses.get(set.name) ?? 0) > 0) return false;
  return (
    set.apartFrom.every((other) => !on.sets.has(other)) &&
    set.together.every(
      (other) => on.sets.has(other) || (other === set.name && !cluster.sets.has(other)),
    )
  );
}

function VolumeBinding({ volumes }: Pod, { node }: NodeState, cluster: ClusterState): boolean {
  return volumes.every(({ claim, reach }) => {
    const where = cluster.bound.get(claim);
    return where === undefined || where === placeOf(node, reach);
  });
}

/** Where a claim is bound whose pod comes to a node. */
export const placeOf = (node: Node, reach: "zone" | "node"): string =>
  reach === "node" ? node.name : (node.zone ?? "");

export const passesStatic = (pod: Pod, node: Node): boolean =>
  NodeName(pod, node) &&
  NodeAffinity(pod, node) &&
  TaintToleration(pod, node) &&
  Devices(pod, node);

export const passesDynamic = (pod: Pod, on: NodeState, cluster: ClusterState): boolean =>
  NodePorts(pod, on) &&
  NodeResourcesFit(pod, on) &&
  InterPodAffinity(pod, on, cluster) &&
  VolumeBinding(pod, on, cluster);
