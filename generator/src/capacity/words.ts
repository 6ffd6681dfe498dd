/** Quantities, refusals and verdicts in words. */
import { classOfDevice } from "../release/resources/pod-requests.ts";
import { bytesWords, coresWords, countWords } from "../model/units.ts";
import type { FilterName } from "./filters.ts";
import type { Pod } from "./model.ts";
import type { PodProof, PortClash, Proof } from "./proof.ts";
import type { Scenario, Verdict } from "./verdict.ts";

export const cores = (millicores: number): string =>
  millicores < 1000 ? `${Math.round(millicores)}m` : trimmed(millicores / 1000);

export function memory(bytes: number): string {
  const mebi = bytes / 2 ** 20;
  return mebi < 1024 ? `${Math.round(mebi)}Mi` : `${trimmed(mebi / 1024)}Gi`;
}

const trimmed = (value: number) => String(Math.round(value * 10) / 10);

export function quantity(resource: string, amount: number): string {
  if (resource === "cpu") return `${coresWords(amount)} of processor time`;
  if (resource === "memory") return `${bytesWords(amount)} of memory`;
  if (resource === "scratch") return `${bytesWords(amount)} of ephemeral storage`;
  return resource === "pods" ? countWords(amount, "pod") : `${amount} ${plainName(resource)}`;
}

/** A device as people write it: by its class, or as the resource of its plugin. */
export const plainName = (device: string): string => classOfDevice(device) ?? device;

/** For one node, and for several. */
const refusals: Readonly<Record<FilterName, readonly [string, string]>> = {
  NodeName: ["is not its node", "are not its node"],
  NodeAffinity: ["lacks a label it asks for", "lack a label it asks for"],
  TaintToleration: ["has a taint it does not tolerate", "have a taint it does not tolerate"],
  Devices: ["lacks the device it asks for", "lack the device it asks for"],
  NodePorts: ["has its port taken", "have its port taken"],
  NodeResourcesFit: ["has too little room", "have too little room"],
  InterPodAffinity: ["lacks the pod it must be with", "lack the pod it must be with"],
  VolumeBinding: ["cannot reach its volume", "cannot reach its volume"],
};

/** `2 nodes have too little room, 3 nodes have a taint it does not tolerate` */
export function whyNowhere({ refusals: each }: PodProof): string {
  const counts = Map.groupBy(each, ({ filter }) => filter);
  return [...counts]
    .map(
      ([filter, { length }]) =>
        `${countWords(length, "node")} ${refusals[filter][length === 1 ? 0 : 1]}`,
    )
    .join(", ");
}

/** Whether it is for want of places and not of resources: a kubelet takes so many pods, however small. */
export const isOfPlaces = (proof: Proof): boolean =>
  proof.kind === "sum" && proof.resource === "pods";

export function proofText(proof: Proof): string {
  if (proof.kind === "pod") return `${proof.pod.name} fits no node: ${whyNowhere(proof)}`;
  if (proof.kind === "port") return proof.clashes.map(clashText).join("; ");
  const where = `${proof.nodes.join(", ")} ${proof.nodes.length === 1 ? "has" : "have"}`;
  if (isOfPlaces(proof))
    return `${countWords(proof.asked, "pod")}, and ${where} places for ${proof.there}`;
  return `${countWords(proof.pods.length, "pod")} ${proof.pods.length === 1 ? "asks" : "ask"} for ${quantity(proof.resource, proof.asked)}, and ${where} ${quantity(proof.resource, proof.there)}`;
}

const clashText = ({ ports, pods, nodes }: PortClash) =>
  `${countWords(pods.length, "pod")} take port${ports.length === 1 ? "" : "s"} ${ports.join(", ")} of their node, one a node, and may only come to ${nodes.join(", ")}`;

export function verdictText(verdict: Verdict, { placed, tried }: Scenario): string {
  const orders = `${placed} of ${countWords(tried, "order")}`;
  if (verdict.says === "fits") return `fits: all pods are placed in ${orders}`;
  if (verdict.says === "cannot") return `cannot: ${proofText(verdict.proof)}`;
  return `tight: all pods are placed in ${orders}; below they come ${verdict.orders[0]}`;
}

const shownPods = 3;

/** `a, b and 4 more` */
export function podNames(pods: readonly Pod[]): string {
  const names = pods.slice(0, shownPods).map(({ name }) => name);
  const more = pods.length - names.length;
  return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

export const leftOver = (pods: readonly Pod[]) =>
  `${podNames(pods)} ${pods.length === 1 ? "is" : "are"} left over`;
