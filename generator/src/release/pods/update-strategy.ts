/** How a new version of a Deployment comes in. */
import type { Release } from "../../model/platform.ts";
import { oneWriterClaims } from "../claims.ts";
import type { WorkloadComponent } from "../components.ts";

export interface UpdateStrategy {
  readonly type: "Recreate" | "RollingUpdate";
  /** Volumes only one pod may write to, which forbid two at a time. */
  readonly volumes: readonly string[];
}

/** Two pods at once deadlock over a claim with one writer, or over one device: the new pod waits for it, the old one waits to be replaced. */
export function updateStrategyOf(release: Release, component: WorkloadComponent): UpdateStrategy {
  const { update, gpu } = component.source.spec;
  if (update !== undefined)
    return { type: update === "recreate" ? "Recreate" : "RollingUpdate", volumes: [] };
  const volumes = oneWriterClaims(release, component);
  return {
    type: volumes.length > 0 || gpu !== undefined ? "Recreate" : "RollingUpdate",
    volumes,
  };
}
