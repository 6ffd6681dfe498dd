/** How a new version of a Deployment comes in. */
import type { Release } from "../../model/platform.ts";
import { oneWriterClaims } from "../claims.ts";
import type { WorkloadComponent } from "../components.ts";
import { hostPortsOf } from "./host-ports.ts";

export interface UpdateStrategy {
  readonly type: "Recreate" | "RollingUpdate";
  /** Volumes only one pod may write to, which forbid two at a time. */
  readonly volumes: readonly string[];
  /** Ports a node has once: a new pod finds one that is free only where there are more nodes than pods. */
  readonly hostPorts: readonly string[];
}

/** Two pods at once deadlock over a claim with one writer, over one device, or over a port of their node: the new pod waits for it, the old one waits to be replaced. */
export function updateStrategyOf(release: Release, component: WorkloadComponent): UpdateStrategy {
  const { update, gpu } = component.source.spec;
  if (update !== undefined)
    return {
      type: update === "recreate" ? "Recreate" : "RollingUpdate",
      volumes: [],
      hostPorts: [],
    };
  const volumes = oneWriterClaims(release, component);
  const hostPorts = hostPortsOf(component);
  const isAlone = volumes.length > 0 || hostPorts.length > 0 || gpu !== undefined;
  return { type: isAlone ? "Recreate" : "RollingUpdate", volumes, hostPorts };
}
