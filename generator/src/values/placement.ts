/** On which nodes the pods of a component may run. */
import type { Component } from "../model/component.ts";
import { compact } from "./compact.ts";

/** Labels a node must have: those that are written, the zone, the architecture. */
export function nodeLabels({ placement }: Pick<Component, "placement">): Record<string, string> {
  return compact({
    ...placement?.nodes,
    "topology.kubernetes.io/zone": placement?.zone,
    "kubernetes.io/arch": placement?.architecture,
  });
}
