/** How many pods a component has. */
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { isWorkload } from "../components.ts";
import type { WorkloadComponent } from "../components.ts";

/** Whether the whole of it is stopped. */
export const isStopped = ({ service }: Release): boolean => service.spec.stopped === true;

const mostOf = ({ facts }: Release) => facts.environment.replicas ?? Number.POSITIVE_INFINITY;

/** Pods of a Deployment or StatefulSet, never more than the environment has; undefined where they follow the load. */
export function replicasOf(release: Release, { source }: WorkloadComponent): number | undefined {
  if (isStopped(release)) return 0;
  return source.spec.scale === undefined
    ? Math.min(source.spec.replicas ?? 1, mostOf(release))
    : undefined;
}

/** Whether it is stopped, as a whole or by a number of pods. */
export const hasNoPods = (release: Release, component: ResolvedComponent): boolean =>
  isStopped(release) || (isWorkload(component) && replicasOf(release, component) === 0);

/** Between how many pods an autoscaler chooses; undefined where there is none, and while the service is stopped. */
export function scaleOf(
  release: Release,
  { source }: WorkloadComponent,
): { readonly min: number; readonly max: number } | undefined {
  const { scale } = source.spec;
  if (scale === undefined || isStopped(release)) return undefined;
  return {
    min: Math.min(scale.min, mostOf(release)),
    max: Math.min(scale.max, mostOf(release)),
  };
}

/** Instances of a database cluster, or pods of a StatefulSet with claims; one that is stopped keeps the number it will have. */
export const instancesOf = (release: Release, { instances }: { readonly instances: number }) =>
  Math.min(instances, mostOf(release));
