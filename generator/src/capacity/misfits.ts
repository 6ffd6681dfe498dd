/** Pods that no node of their cluster takes, however empty: each is a mistake where the pod is written. */
import { clusterFile } from "../model/paths.ts";
import { bytesWords, coresWords } from "../model/units.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import { nothing } from "../release/resources/amounts.ts";
import { architectureLabel, zoneLabel } from "../release/pods/placement.ts";
import type { ClusterDemand } from "./cluster.ts";
import type { FilterName } from "./filters.ts";
import type { PodSet } from "./model.ts";
import { candidatesOf } from "./place.ts";
import { proofsOfPods, roomBesideDaemons } from "./proof.ts";
import type { PodProof } from "./proof.ts";
import { plainName, whyNowhere } from "./words.ts";

/** Problems: POD_FITS_NOWHERE, GPU_NOWHERE; one a component. Where pods of DaemonSets leave no place, the cluster is at fault. */
export function misfits(demand: ClusterDemand): Problem[] {
  const { pods, nodes, reserve } = demand;
  const own = pods.filter((pod) => reserve?.pods.includes(pod) !== true);
  const proofs = proofsOfPods(own, nodes, candidatesOf(own, nodes)).filter(
    ({ isCrowdedOut }) => !isCrowdedOut,
  );
  const bySet = new Map(proofs.map((proof) => [proof.pod.set, proof]));
  return [...bySet].map(([set, proof]) => problemOf(demand, set, proof));
}

function problemOf(demand: ClusterDemand, set: PodSet, proof: PodProof): Problem {
  const { name, nodes } = demand;
  const { file, keys, environment } = set.origin;
  const device = Object.keys(set.asks.devices).find(
    (wanted) => !nodes.some(({ room }) => (room.devices[wanted] ?? 0) > 0),
  );
  if (device !== undefined)
    return problemAt(
      "GPU_NOWHERE",
      file,
      [...keys, "gpu"],
      {
        message: `no node of \`${name}\` has a \`${plainName(device)}\``,
        found: JSON.stringify(plainName(device)),
        expected: devicesOf(nodes),
        fix: `say \`gpu\` at the node that has one, in ${clusterFile(name)}, or take it out here`,
      },
      environment,
    );
  const filters = new Set(proof.refusals.map(({ filter }) => filter));
  const decisive = decisiveFilter(filters);
  return problemAt(
    "POD_FITS_NOWHERE",
    file,
    [...keys, ...fieldOf(set, decisive, nodes)],
    {
      // Without the namespace, so that one mistake in several environments is told once.
      message: `a pod of \`${set.name.slice(set.name.indexOf("/") + 1)}\` fits no node of \`${name}\`: ${whyNowhere(proof)}`,
      ...(decisive === "NodeAffinity"
        ? labelText(set, nodes, name)
        : {
            found: foundFor(set, decisive),
            expected: expectedFor(demand, proof, decisive),
            fix: fixes[decisive] ?? `change what it asks for, or the nodes in ${clusterFile(name)}`,
          }),
    },
    environment,
  );
}

/** What to tell: the room of a node that would take it; else the label, the taint. */
function decisiveFilter(filters: ReadonlySet<FilterName>): FilterName {
  const order: readonly FilterName[] = [
    "NodeResourcesFit",
    "InterPodAffinity",
    "Devices",
    "NodeAffinity",
    "TaintToleration",
  ];
  return order.find((filter) => filters.has(filter)) ?? "NodeResourcesFit";
}

const fixes: Partial<Readonly<Record<FilterName, string>>> = {
  NodeResourcesFit: "ask for less (size, resources), or add a larger node to the cluster",
  InterPodAffinity: "take one of the components out of `together`",
  TaintToleration: "say that it tolerates the taint (placement.tolerates), or take the taint away",
};

/** The label that keeps it off, or all of them where no single one does. */
function labelText(
  { nodes: wanted }: PodSet,
  nodes: ClusterDemand["nodes"],
  cluster: string,
): { found: string; expected: string; fix: string } {
  const strange = strangeLabel(wanted, nodes);
  if (strange === undefined)
    return {
      found: JSON.stringify(wanted),
      expected: "labels that one node has together",
      fix: "ask for fewer labels, or add them to a node in the cluster's file",
    };
  const [label, value] = strange;
  const there = [...new Set(nodes.flatMap(({ labels }) => labels[label] ?? []))];
  const own = fieldOfLabel[label] ?? "labels";
  return choice(value, there, `say it at a node (\`${own}\`) in ${clusterFile(cluster)}`);
}

const strangeLabel = (wanted: PodSet["nodes"], nodes: ClusterDemand["nodes"]) =>
  Object.entries(wanted).find(
    ([label, value]) => !nodes.some(({ labels }) => labels[label] === value),
  );

const fieldOfLabel: Readonly<Record<string, string>> = {
  [zoneLabel]: "zone",
  [architectureLabel]: "architecture",
};

function fieldOf(
  { nodes: wanted, origin }: PodSet,
  filter: FilterName,
  nodes: ClusterDemand["nodes"],
) {
  if (filter === "NodeAffinity") {
    const label = strangeLabel(wanted, nodes)?.[0];
    if (label === undefined) return ["placement"];
    const field = fieldOfLabel[label];
    return field === undefined ? ["placement", "nodes", label] : ["placement", field];
  }
  if (filter === "TaintToleration") return ["placement"];
  if (filter === "InterPodAffinity") return ["placement", "together"];
  if (filter === "Devices") return ["gpu"];
  return origin.sizedBy === undefined ? [] : [origin.sizedBy];
}

function foundFor({ asks, together, origin }: PodSet, filter: FilterName): string {
  if (filter === "InterPodAffinity") return JSON.stringify(together);
  if (filter === "Devices") return JSON.stringify(asks.devices);
  const { scaled } = origin;
  const whole =
    scaled === undefined
      ? ""
      : ` (${coresWords(scaled.whole.cpu)} and ${bytesWords(scaled.whole.memory)} times ${scaled.by}, the \`requests\` of the environment)`;
  return `${coresWords(asks.cpu)} of processor time, ${bytesWords(asks.memory)} of memory${whole}`;
}

function expectedFor(demand: ClusterDemand, proof: PodProof, filter: FilterName): string {
  if (filter === "TaintToleration") return "a node without a taint it does not tolerate";
  if (filter === "InterPodAffinity") return "components that can share a node";
  if (filter === "Devices") return devicesOf(demand.nodes);
  const largest = roomiestNode(demand, proof);
  if (largest === undefined) return "a node that takes workloads";
  const { node, cpu, memory, isBeside } = largest;
  const { scaled } = proof.pod.set.origin;
  const before =
    scaled === undefined
      ? ""
      : `, which are ${atMost(cpu / scaled.by, memory / scaled.by)} before the factor ${scaled.by}`;
  return `no more than ${node} has${isBeside ? " beside what runs on every node" : ""}: ${atMost(cpu, memory)}${before}`;
}

/** Of the nodes that only lack room for it: the one that has most left of what is short. */
function roomiestNode({ pods, nodes }: ClusterDemand, { pod, refusals }: PodProof) {
  const small = new Set(
    refusals.flatMap(({ node, filter }) => (filter === "NodeResourcesFit" ? [node] : [])),
  );
  const beside = roomBesideDaemons(pods, nodes);
  const { asks } = pod.set;
  return nodes
    .filter(({ name }) => small.has(name))
    .map((node) => {
      // One of a DaemonSet is itself among what runs on every node.
      const taken = pod.node === undefined ? (beside.get(node)?.taken ?? nothing) : nothing;
      const [cpu, memory] = [node.room.cpu - taken.cpu, node.room.memory - taken.memory];
      return {
        node: node.name,
        cpu,
        memory,
        isBeside: taken.cpu > 0 || taken.memory > 0,
        lacks: Math.max(0, 1 - cpu / asks.cpu) + Math.max(0, 1 - memory / asks.memory),
      };
    })
    .toSorted((a, b) => a.lacks - b.lacks || b.memory - a.memory || b.cpu - a.cpu)[0];
}

/** Rounded down, so that what is told fits. */
function atMost(cpu: number, memory: number): string {
  const [mebi, gibi] = [2 ** 20, 2 ** 30];
  const unit = memory < gibi ? mebi : gibi / 10;
  return `${coresWords(Math.floor(cpu < 1000 ? cpu : cpu / 10) * (cpu < 1000 ? 1 : 10))} of processor time and ${bytesWords(Math.floor(memory / unit) * unit)} of memory`;
}

function devicesOf(nodes: ClusterDemand["nodes"]): string {
  const there = [...new Set(nodes.flatMap(({ room }) => Object.keys(room.devices)))].sort();
  return there.length === 0
    ? "no GPU: no node has one"
    : `one of: ${there.map(plainName).join(", ")}, as many as a node has`;
}
