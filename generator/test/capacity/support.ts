/** Pods and nodes with few words, clusters drawn at random, and a judge that tries every way. */
import fc from "fast-check";
import {
  dynamicFilters,
  staticFilters,
  type ClusterState,
  type NodeState,
} from "../../src/capacity/filters.ts";
import type { Node, Pod, PodSet } from "../../src/capacity/model.ts";
import type { Placed } from "../../src/capacity/place.ts";
import { nothing } from "../../src/release/resources/amounts.ts";

const gi = 2 ** 30;

export function node(
  name: string,
  more: Partial<Node> & { cpu?: number; memory?: number } = {},
): Node {
  const { cpu = 4, memory = 8, room, ...rest } = more;
  return {
    name,
    room: {
      cpu: cpu * 1000,
      memory: memory * gi,
      memoryLimit: Infinity,
      scratch: Infinity,
      devices: {},
      ...room,
    },
    pods: 110,
    zone: undefined,
    labels: {},
    taints: {},
    ...rest,
  };
}

/** Pods of one set; memory in Gi. */
export function pods(
  name: string,
  more: Partial<Omit<PodSet, "asks">> & {
    count?: number;
    cpu?: number;
    memory?: number;
    devices?: Readonly<Record<string, number>>;
    volumes?: Pod["volumes"];
  } = {},
): Pod[] {
  const { count = 1, cpu = 0.1, memory = 1, devices = {}, volumes = [], ...rest } = more;
  const set: PodSet = {
    name,
    asks: { ...nothing, cpu: cpu * 1000, memory: memory * gi, devices },
    priority: 0,
    nodes: {},
    tolerates: {},
    spread: undefined,
    apartFrom: [],
    together: [],
    hostPorts: [],
    origin: { environment: "prod", service: name, file: "", keys: [], sizedBy: undefined },
    ...rest,
  };
  return Array.from({ length: count }, (_, index) => ({
    name: `${name}-${index}`,
    set,
    node: undefined,
    volumes,
  }));
}

/** A DaemonSet's pod on each of the nodes. */
export const everywhere = (
  name: string,
  nodes: readonly Node[],
  more: Parameters<typeof pods>[1] = {},
) => nodes.flatMap((on) => pods(name, more).map((pod) => ({ ...pod, node: on.name })));

const zones = ["a", "b", undefined] as const;
const gpu = "nvidia.com/gpu";

const nodeArbitrary = (index: number) =>
  fc
    .record({
      cpu: fc.integer({ min: 1, max: 8 }),
      memory: fc.integer({ min: 1, max: 16 }),
      zone: fc.constantFrom(...zones),
      tainted: fc.boolean(),
      fast: fc.boolean(),
      gpus: fc.constantFrom(0, 0, 1, 2),
      pods: fc.constantFrom(3, 110),
    })
    .map(({ cpu, memory, zone, tainted, fast, gpus, pods: most }) => {
      const plain = node(`n${index}`, {
        cpu,
        memory,
        zone,
        pods: most,
        labels: { disk: fast ? "fast" : "slow", ...(zone === undefined ? {} : { zone }) },
        taints: tainted ? { only: "NoSchedule", soft: "PreferNoSchedule" } : {},
      });
      return gpus === 0 ? plain : { ...plain, room: { ...plain.room, devices: { [gpu]: gpus } } };
    });

const setArbitrary = (index: number, sets: number) =>
  fc
    .record({
      count: fc.integer({ min: 1, max: 3 }),
      cpu: fc.integer({ min: 1, max: 20 }),
      memory: fc.integer({ min: 1, max: 24 }),
      priority: fc.constantFrom(1, 2, 3),
      tolerates: fc.constantFrom({}, {}, { only: "NoSchedule" }, { only: "any" }),
      nodes: fc.constantFrom({}, {}, {}, { disk: "fast" }),
      gpus: fc.constantFrom(0, 0, 0, 1),
      spread: fc.constantFrom(undefined, "hosts" as const, "zones" as const),
      hostPorts: fc.constantFrom([], [], [], ["80/TCP"], ["80/TCP", "53/UDP"], ["53/UDP"]),
      apart: fc.option(fc.integer({ min: 0, max: sets - 1 }), { freq: 3 }),
      volume: fc.constantFrom(undefined, undefined, "zone" as const, "node" as const),
    })
    .map(({ cpu, memory, gpus, apart, volume, ...rest }) =>
      pods(`s${index}`, {
        ...rest,
        cpu: cpu / 4,
        memory: memory / 4,
        devices: gpus === 0 ? {} : { [gpu]: gpus },
        apartFrom: apart === null ? [] : [`s${apart}`],
      }).map((pod, ordinal) => ({
        ...pod,
        volumes:
          volume === undefined ? [] : [{ claim: `s${index}/data-${ordinal}`, reach: volume }],
      })),
    );

/** Clusters with taints, GPUs, labels, zones, pods that keep apart, spread, take ports of their node and have volumes. */
export const clusters = (most: { nodes: number; sets: number }) =>
  fc
    .tuple(
      fc.integer({ min: 1, max: most.nodes }),
      fc.integer({ min: 1, max: most.sets }),
      fc.constantFrom(undefined, [], ["53/UDP"]),
    )
    .chain(([nodeCount, setCount, daemons]) =>
      fc
        .tuple(
          fc.tuple(...Array.from({ length: nodeCount }, (_, index) => nodeArbitrary(index))),
          fc.tuple(
            ...Array.from({ length: setCount }, (_, index) => setArbitrary(index, setCount)),
          ),
        )
        .map(([nodes, sets]) => ({
          nodes: nodes as readonly Node[],
          pods: [
            ...sets.flat(),
            ...(daemons === undefined
              ? []
              : everywhere("agent", nodes as readonly Node[], {
                  cpu: 0.25,
                  memory: 0.25,
                  tolerates: { only: "any" },
                  hostPorts: daemons,
                })),
          ],
        })),
    );

/** Puts the pods where they were placed once more, and says which filter refuses one. */
export function refusals(nodes: readonly Node[], { at }: Pick<Placed, "at">): string[] {
  const state = emptyState(nodes);
  return [...at].flatMap(([pod, on]) => {
    const found = state.nodes.find((one) => one.node === on);
    const refused = found === undefined ? ["no such node"] : refusedBy(pod, found, state);
    if (found !== undefined) put(pod, found, state);
    return refused.map((name) => `${pod.name} on ${on.name}: ${name}`);
  });
}

/** Whether there is any way at all to place the pods; for a few only. */
export function canBePlaced(all: readonly Pod[], nodes: readonly Node[]): boolean {
  const state = emptyState(nodes);
  const largest = all.toSorted((a, b) => b.set.asks.memory - a.set.asks.memory);
  const tryFrom = (index: number): boolean => {
    const pod = largest[index];
    if (pod === undefined) return true;
    return state.nodes.some((on) => {
      if (refusedBy(pod, on, state).length > 0) return false;
      const undo = put(pod, on, state);
      const done = tryFrom(index + 1);
      undo();
      return done;
    });
  };
  return tryFrom(0);
}

/** Whether some of the pods can be placed so that one more finds every node full; tries every way, for a few only. */
export function canBeLeftOut(all: readonly Pod[], nodes: readonly Node[]): boolean {
  const state = emptyState(nodes);
  const everywhereFirst = all.filter((pod) => pod.node !== undefined);
  const others = all.filter((pod) => pod.node === undefined);
  for (const pod of everywhereFirst) {
    const on = state.nodes.find((one) => one.node.name === pod.node);
    if (on === undefined || refusedBy(pod, on, state).length > 0) return true;
    put(pod, on, state);
  }
  const isLeftOut = (pod: Pod, left: readonly Pod[]): boolean => {
    if (state.nodes.every((on) => refusedBy(pod, on, state).length > 0)) return true;
    const [next, ...rest] = left;
    if (next === undefined) return false;
    return (
      isLeftOut(pod, rest) ||
      state.nodes.some((on) => {
        if (refusedBy(next, on, state).length > 0) return false;
        const undo = put(next, on, state);
        const found = isLeftOut(pod, rest);
        undo();
        return found;
      })
    );
  };
  return others.some((pod) =>
    isLeftOut(
      pod,
      others.filter((other) => other !== pod),
    ),
  );
}

function refusedBy(pod: Pod, on: NodeState, state: ClusterState): string[] {
  return [
    ...Object.entries(staticFilters).flatMap(([name, passes]) =>
      passes(pod, on.node) ? [] : [name],
    ),
    ...Object.entries(dynamicFilters).flatMap(([name, passes]) =>
      passes(pod, on, state) ? [] : [name],
    ),
  ];
}

const emptyState = (nodes: readonly Node[]): ClusterState => ({
  nodes: nodes.map((one) => ({
    node: one,
    used: { cpu: 0, memory: 0, scratch: 0, pods: 0 },
    devices: new Map(),
    sets: new Map(),
    refuses: new Map(),
    hostPorts: new Set<string>(),
  })),
  sets: new Map(),
  bound: new Map(),
});

/** The book-keeping once more, in a way of its own: it can be undone. */
function put({ set, volumes }: Pod, on: NodeState, state: ClusterState): () => void {
  const undo: (() => void)[] = [];
  const add = (counts: Map<string, number>, key: string, more: number) => {
    const before = counts.get(key);
    counts.set(key, (before ?? 0) + more);
    undo.unshift(() => (before === undefined ? counts.delete(key) : counts.set(key, before)));
  };
  const before = { ...on.used };
  on.used.cpu += set.asks.cpu;
  on.used.memory += set.asks.memory;
  on.used.pods += 1;
  undo.unshift(() => Object.assign(on.used, before));
  for (const [device, count] of Object.entries(set.asks.devices)) add(on.devices, device, count);
  add(on.sets, set.name, 1);
  add(state.sets, set.name, 1);
  for (const other of set.apartFrom) add(on.refuses, other, 1);
  for (const port of set.hostPorts) {
    if (on.hostPorts.has(port)) continue;
    on.hostPorts.add(port);
    undo.unshift(() => on.hostPorts.delete(port));
  }
  for (const { claim, reach } of volumes) {
    if (state.bound.has(claim)) continue;
    state.bound.set(claim, reach === "node" ? on.node.name : (on.node.zone ?? ""));
    undo.unshift(() => state.bound.delete(claim));
  }
  return () => {
    for (const step of undo) step();
  };
}
