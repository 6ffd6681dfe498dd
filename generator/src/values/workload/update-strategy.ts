/** How a new version of a Deployment comes in, with its causes. */
import type { Derived } from "../../model/derived.ts";
import type { Release } from "../../model/platform.ts";
import { absent, componentFact, serviceFact } from "../../release/causes.ts";
import type { WorkloadComponent } from "../../release/components.ts";
import { updateStrategyOf } from "../../release/pods/update-strategy.ts";
import type { UpdateStrategy } from "../../release/pods/update-strategy.ts";

export function derivedUpdateStrategy(
  release: Release,
  component: WorkloadComponent,
): Derived<UpdateStrategy> {
  const { service } = release;
  const value = updateStrategyOf(release, component);
  const said = componentFact(service, component, "update");
  if (component.source.spec.update !== undefined)
    return { value, rule: "update-strategy", causes: [said] };
  return {
    value,
    rule: "update-strategy",
    causes: [
      said,
      componentFact(service, component, "gpu"),
      ...(value.volumes.length === 0
        ? [absent(serviceFact(service, "storage"), "claim with one writer")]
        : value.volumes.map((name) => serviceFact(service, "storage", name))),
    ],
  };
}
