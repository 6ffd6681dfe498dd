/** What a component is. */
import type { ResolvedComponent } from "../model/platform.ts";
import { isPostgresCluster } from "./postgres.ts";

/** Components RZP makes a Service for: CloudNativePG and upstream charts bring their own. */
export function hasService(component: ResolvedComponent): boolean {
  return (
    component.source.kind === "workload" &&
    !isPostgresCluster(component) &&
    component.ports.length > 0
  );
}
