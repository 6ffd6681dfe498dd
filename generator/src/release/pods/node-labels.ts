/** What selectors may ask a node for. */
import type { ClusterNode } from "../../model/cluster.ts";
import { architectureLabel, zoneLabel } from "./placement.ts";

export const controlPlaneLabel = "node-role.kubernetes.io/control-plane";

/** In: a node's zone, that of its host unless said. */
export const zoneOf = (facts: ClusterNode): string | undefined =>
  facts.zone ?? ("machine" in facts ? facts.machine.host : undefined);

/** Labels of a node, its own and those that Kubernetes gives it. */
export function labelsOfNode(name: string, facts: ClusterNode): Readonly<Record<string, string>> {
  const zone = zoneOf(facts);
  return {
    "kubernetes.io/hostname": name,
    "kubernetes.io/os": "linux",
    [architectureLabel]: facts.architecture ?? "amd64",
    ...(zone === undefined ? {} : { [zoneLabel]: zone }),
    ...(facts.controlPlane === undefined ? {} : { [controlPlaneLabel]: "" }),
    ...facts.labels,
  };
}
