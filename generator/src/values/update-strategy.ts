/** How a new version of a Deployment comes in. */
import type { Derived } from "../model/derived.ts";
import type { Release } from "../model/platform.ts";
import { absent, componentFact, serviceFact } from "../release/causes.ts";
import { oneWriterClaims } from "../release/claims.ts";
import type { WorkloadComponent } from "../release/components.ts";

export interface UpdateStrategy {
  readonly type: "Recreate" | "RollingUpdate";
  /** Volumes only one pod may write to, which forbid two at a time. */
  readonly volumes: readonly string[];
}

/** One writer and two pods at once would wait for each other for ever. */
export function derivedUpdateStrategy(
  release: Release,
  component: WorkloadComponent,
): Derived<UpdateStrategy> {
  const { service } = release;
  const { update, gpu } = component.source.spec;
  const said = componentFact(service, component, "update");
  if (update !== undefined)
    return {
      value: { type: update === "recreate" ? "Recreate" : "RollingUpdate", volumes: [] },
      rule: "update-strategy",
      causes: [said],
    };
  const volumes = oneWriterClaims(release, component);
  return {
    value: {
      type: volumes.length > 0 || gpu !== undefined ? "Recreate" : "RollingUpdate",
      volumes,
    },
    rule: "update-strategy",
    causes: [
      said,
      componentFact(service, component, "gpu"),
      ...(volumes.length === 0
        ? [absent(serviceFact(service, "storage"), "claim with one writer")]
        : volumes.map((name) => serviceFact(service, "storage", name))),
    ],
  };
}
