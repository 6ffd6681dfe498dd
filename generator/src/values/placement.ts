/** How several pods of a component spread. */
import type { Derived } from "../model/derived.ts";
import type { Release } from "../model/platform.ts";
import { componentFact } from "../release/causes.ts";
import type { WorkloadComponent } from "../release/components.ts";
import { spreadOf } from "../release/placement.ts";

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
