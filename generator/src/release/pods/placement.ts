/** On which nodes the pods of a component may run, and how they spread. */
import type { Component } from "../../model/component.ts";

export const zoneLabel = "topology.kubernetes.io/zone";
export const architectureLabel = "kubernetes.io/arch";

/** Labels a node must have: those that are written, the zone, the architecture. */
export function nodeLabels({ placement }: Pick<Component, "placement">): Record<string, string> {
  const { nodes, zone, architecture } = placement ?? {};
  return {
    ...nodes,
    ...(zone === undefined ? {} : { [zoneLabel]: zone }),
    ...(architecture === undefined ? {} : { [architectureLabel]: architecture }),
  };
}

/** Spreading is asked for wherever there may be several pods. */
export function spreadOf(
  spec: Pick<Component, "placement" | "runs" | "replicas" | "scale">,
): "hosts" | "zones" | undefined {
  const wanted = spec.placement?.spread;
  if (wanted === "none" || spec.runs?.as === "daemonSet") return undefined;
  const several = (spec.replicas ?? 1) > 1 || spec.scale !== undefined;
  return wanted ?? (several ? "hosts" : undefined);
}
