/** What helps where pods cannot all run: smaller sizes do not where something else keeps them off. */
import { clusterFile } from "../model/paths.ts";
import type { ClusterDemand } from "./cluster.ts";
import type { Node } from "./model.ts";
import { takesWorkloads } from "./nodes.ts";
import type { Proof, SumProof } from "./proof.ts";
import type { Scenario } from "./verdict.ts";
import { isOfPlaces } from "./words.ts";

/** In: a scenario in which not all run, its cluster, what is written smaller. Out: what a person does. */
export function remedyOf(
  { verdict, without }: Scenario,
  { name, nodes }: Pick<ClusterDemand, "name" | "nodes">,
  smaller: string,
): string {
  const file = clusterFile(name);
  const proof = verdict.says === "cannot" ? verdict.proof : undefined;
  if (proof?.kind === "port")
    return `give some of them another port, or run fewer of them; a node more, in ${file}, helps those that do not run on every node`;
  const tie = proof === undefined ? undefined : tieOf(proof);
  const left = nodes.filter((node) => node.name !== without);
  return tie === undefined
    ? `${proof === undefined ? smaller : lessOf(proof, left, smaller)}, or a node more, or a larger one, in ${file}`
    : `${tie}, in ${file}`;
}

function lessOf(proof: Proof, nodes: readonly Node[], smaller: string): string {
  if (isOfPlaces(proof))
    return "run fewer components, above all of those on every node, say `pods` at nodes whose kubelet takes more than 110";
  if (proof.kind === "sum" && isDevice(proof.resource)) return "ask for fewer devices (gpu)";
  return proof.kind === "sum" && areTied(proof, nodes)
    ? `${smaller}, let some of them come to other nodes too (placement)`
    : smaller;
}

/** Of one pod that no node takes, however small it is. */
function tieOf(proof: Proof): string | undefined {
  if (proof.kind !== "pod") return undefined;
  const filters = new Set(proof.refusals.map(({ filter }) => filter));
  if (filters.has("NodeResourcesFit")) return undefined;
  if (filters.has("Devices")) return ties.Devices;
  return filters.has("NodeAffinity") ? ties.NodeAffinity : undefined;
}

const ties = {
  Devices: "take `gpu` out of it, or say that device at one more node",
  NodeAffinity: "ask for less in `placement`, or say what it asks for at one more node",
} as const;

const isDevice = (resource: string) => !["cpu", "memory", "scratch", "pods"].includes(resource);

/** Whether all that may come to these nodes only are kept there by the labels they ask for, and there are others for them. */
const areTied = ({ pods, nodes: taken }: SumProof, nodes: readonly Node[]): boolean => {
  const free = pods.filter(({ node }) => node === undefined);
  return (
    free.length > 0 &&
    free.every(({ set }) => Object.keys(set.nodes).length > 0) &&
    nodes.some((node) => takesWorkloads(node) && !taken.includes(node.name))
  );
};
