/** What helps where pods cannot all run: smaller sizes do not where something else keeps them off. */
import { clusterFile } from "../model/paths.ts";
import type { Pod } from "./model.ts";
import type { Proof } from "./proof.ts";
import type { Scenario } from "./verdict.ts";
import { isOfPlaces } from "./words.ts";

/** In: a scenario in which not all run, its cluster, what is written smaller. Out: what a person does. */
export function remedyOf({ verdict }: Scenario, cluster: string, smaller: string): string {
  const proof = verdict.says === "cannot" ? verdict.proof : undefined;
  if (proof?.kind === "port")
    return `give some of them another port, or run fewer of them; a node more, in ${clusterFile(cluster)}, helps those that do not run on every node`;
  const tie = proof === undefined ? undefined : tieOf(proof);
  return tie === undefined
    ? `${proof === undefined ? smaller : lessOf(proof, smaller)}, or a node more, or a larger one, in ${clusterFile(cluster)}`
    : `${tie}, in ${clusterFile(cluster)}`;
}

function lessOf(proof: Proof, smaller: string): string {
  if (isOfPlaces(proof))
    return "run fewer components, above all of those on every node, say `pods` at nodes whose kubelet takes more than 110";
  if (proof.kind === "sum" && isDevice(proof.resource)) return "ask for fewer devices (gpu)";
  return proof.kind === "sum" && areTied(proof.pods)
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

/** Whether all that may come to these nodes only are kept there by what they say. */
const areTied = (pods: readonly Pod[]): boolean => {
  const free = pods.filter(({ node }) => node === undefined);
  return (
    free.length > 0 &&
    free.every(
      ({ set }) => Object.keys(set.nodes).length > 0 || Object.keys(set.asks.devices).length > 0,
    )
  );
};
