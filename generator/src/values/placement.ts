/** On which nodes the pods of a component may run. */
import type { Component } from "../model/component.ts";
import type { Derived } from "../model/derived.ts";
import type { Release } from "../model/platform.ts";
import { componentFact } from "../release/causes.ts";
import type { WorkloadComponent } from "../release/components.ts";
import { compact } from "./compact.ts";

/** Labels a node must have: those that are written, the zone, the architecture. */
export function nodeLabels({ placement }: Pick<Component, "placement">): Record<string, string> {
  return compact({
    ...placement?.nodes,
    "topology.kubernetes.io/zone": placement?.zone,
    "kubernetes.io/arch": placement?.architecture,
  });
}

/** Spreading is asked for wherever there may be several pods. */
export function derivedSpread(
  { service }: Release,
  component: WorkloadComponent,
): Derived<"hosts" | "zones"> | undefined {
  const { placement, runs, replicas, scale } = component.source.spec;
  const wanted = placement?.spread;
  if (wanted === "none" || runs?.as === "daemonSet") return undefined;
  const several = (replicas ?? 1) > 1 || scale !== undefined;
  const value = wanted ?? (several ? ("hosts" as const) : undefined);
  if (value === undefined) return undefined;
  const fact = (...path: string[]) => componentFact(service, component, ...path);
  const why = scale === undefined ? fact("replicas") : fact("scale");
  return {
    value,
    rule: "pods-spread",
    causes: [fact("placement", "spread"), ...(wanted === undefined ? [why] : [])],
  };
}
