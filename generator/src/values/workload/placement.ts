/** How several pods of a component spread, and whose node they share. */
import type { Derived } from "../../model/derived.ts";
import type { Release } from "../../model/platform.ts";
import { componentFact, serviceFact } from "../../release/causes.ts";
import type { WorkloadComponent } from "../../release/components.ts";
import { neighboursOf } from "../../release/pods/same-node.ts";
import type { SameNode } from "../../release/pods/same-node.ts";
import { spreadOf } from "../../release/pods/placement.ts";

/** Undefined where nothing is asked of the scheduler. */
export function derivedSpread(
  { service }: Release,
  component: WorkloadComponent,
): Derived<"hosts" | "zones"> | undefined {
  const { spec } = component.source;
  const value = spreadOf(spec);
  if (value === undefined) return undefined;
  const fact = (...path: string[]) => componentFact(service, component, ...path);
  const several = spec.scale === undefined ? fact("replicas") : fact("scale");
  return {
    value,
    rule: "pods-spread",
    causes: [
      fact("placement", "spread"),
      ...(spec.placement?.spread === undefined ? [several] : []),
    ],
  };
}

/** Undefined where it shares no node with another component. */
export function derivedNeighbours(
  release: Release,
  component: WorkloadComponent,
): Derived<SameNode> | undefined {
  const value = neighboursOf(release, component);
  if (value.together.length === 0) return undefined;
  const { service } = release;
  return {
    value,
    rule: "one-node-for-a-claim",
    causes: [
      componentFact(service, component, "placement", "together"),
      ...value.volumes.map((name) => serviceFact(service, "storage", name)),
    ],
  };
}
