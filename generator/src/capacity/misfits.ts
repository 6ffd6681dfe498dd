/** Pods that no node of their cluster takes, however empty: each is a mistake where the pod is written. */
import { clusterFile } from "../model/paths.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import { architectureLabel, zoneLabel } from "../release/placement.ts";
import type { ClusterDemand } from "./cluster.ts";
import type { FilterName } from "./filters.ts";
import type { PodSet } from "./model.ts";
import { takesWorkloads } from "./nodes.ts";
import { candidatesOf } from "./place.ts";
import { proofsOfPods } from "./proof.ts";
import type { PodProof } from "./proof.ts";
import { cores, memory, whyNowhere } from "./words.ts";

/** Problems: POD_FITS_NOWHERE, GPU_NOWHERE; one a component. */
export function misfits(demand: ClusterDemand): Problem[] {
  const { pods, nodes, reserve } = demand;
  const own = pods.filter((pod) => reserve?.pods.includes(pod) !== true);
  const proofs = proofsOfPods(own, nodes, candidatesOf(own, nodes));
  const bySet = new Map(proofs.map((proof) => [proof.pod.set, proof]));
  return [...bySet].map(([set, proof]) => problemOf(demand, set, proof));
}

function problemOf({ name, nodes }: ClusterDemand, set: PodSet, proof: PodProof): Problem {
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
            expected: expectedFor(nodes, decisive),
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

function foundFor({ asks, together }: PodSet, filter: FilterName): string {
  if (filter === "InterPodAffinity") return JSON.stringify(together);
  if (filter === "Devices") return JSON.stringify(asks.devices);
  return `${cores(asks.cpu)} of processor time, ${memory(asks.memory)} of memory`;
}

function expectedFor(nodes: ClusterDemand["nodes"], filter: FilterName): string {
  if (filter === "TaintToleration") return "a node without a taint it does not tolerate";
  if (filter === "InterPodAffinity") return "components that can share a node";
  if (filter === "Devices") return devicesOf(nodes);
  const largest = nodes
    .filter(takesWorkloads)
    .toSorted((a, b) => b.room.memory - a.room.memory || b.room.cpu - a.room.cpu)[0];
  return largest === undefined
    ? "a node that takes workloads"
    : `no more than the largest node has, less what runs on every node: ${largest.name}, ${cores(largest.room.cpu)} of processor time and ${memory(largest.room.memory)} of memory`;
}

function devicesOf(nodes: ClusterDemand["nodes"]): string {
  const there = [...new Set(nodes.flatMap(({ room }) => Object.keys(room.devices)))].sort();
  return there.length === 0
    ? "no GPU: no node has one"
    : `one of: ${there.map(plainName).join(", ")}, as many as a node has`;
}

const plainName = (device: string) => device.replace(/^deviceclass\//, "");
