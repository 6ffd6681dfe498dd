/** Volumes of a release that are claims, and who writes to them. */
import { podClaimName } from "../model/names.ts";
import type { Release, ResolvedComponent, ResolvedVolume } from "../model/platform.ts";
import { containersOf, mountedNames } from "./containers.ts";
import { isPostgresCluster } from "./postgres.ts";
import { instancesOf } from "./pods/replicas.ts";

/** A volume that is a claim of its own kind of storage. */
export type ClaimVolume = Extract<
  ResolvedVolume["volume"],
  { size: string; class?: string | undefined }
>;

/** Whether a claim stands for the volume; the others are of the node, of the pod, or shared. */
export function isClaim(volume: ResolvedVolume["volume"]): volume is ClaimVolume {
  return volume.holds === "state" || volume.holds === "database" || volume.holds === "cache";
}

/** The access mode of a claim. */
export function access(volume: ClaimVolume): "ReadWriteOnce" | "ReadWriteMany" {
  return volume.access === "many" ? "ReadWriteMany" : "ReadWriteOnce";
}

/** Volumes of which each pod of a StatefulSet has its own, and the one volume of a database cluster. */
export function templatedVolumes(
  release: Release,
  component: ResolvedComponent,
): ReadonlySet<string> {
  if (component.source.kind === "chart") return new Set();
  if (isPostgresCluster(component))
    return new Set(
      release.service.volumes
        .filter(({ volume }) => volume.holds === "database")
        .map(({ name }) => name),
    );
  if (component.source.spec.runs?.as !== "statefulSet") return new Set();
  const mounted = mountedNames(containersOf(component));
  return new Set(
    release.service.volumes
      .filter(
        ({ name, volume }) =>
          mounted.has(name) &&
          isClaim(volume) &&
          volume.adopt === undefined &&
          access(volume) === "ReadWriteOnce",
      )
      .map(({ name }) => name),
  );
}

/** A pod of a StatefulSet, which has claims of its own. */
export interface PodOfSet {
  readonly name: string;
  readonly claimOf: (volume: string) => string;
  /** Whether it is there however small the load is, so that its claims were made. */
  readonly isLasting: boolean;
}

/**
 * In: a component with volumes of which each pod has its own. Out: pods at the most, also of a service that is stopped: a
 * StatefulSet keeps the claims of pods that are gone.
 */
export function podsOfSet(release: Release, component: ResolvedComponent): PodOfSet[] {
  const { objectName } = component;
  const { least, most } = podsWithClaims(release, component);
  return Array.from({ length: most }, (_, index) => ({
    name: `${objectName}-${index}`,
    claimOf: (volume) => podClaimName(volume, objectName, index),
    isLasting: index < least,
  }));
}

/** How many claims are made of a volume at the most: one a pod of a StatefulSet, an instance of a database cluster. */
export function claimCount(release: Release, volume: string): number {
  const component = release.service.components.find((one) =>
    templatedVolumes(release, one).has(volume),
  );
  return component === undefined ? 1 : podsWithClaims(release, component).most;
}

function podsWithClaims(release: Release, { source }: ResolvedComponent) {
  if (source.kind === "chart") return { least: 1, most: 1 };
  const { runs, scale, replicas = 1 } = source.spec;
  const said =
    runs?.as === "postgresCluster"
      ? { min: runs.instances, max: runs.instances }
      : (scale ?? { min: replicas, max: replicas });
  const capped = (instances: number) => Math.max(1, instancesOf(release, { instances }));
  return { least: capped(said.min), most: capped(said.max) };
}

/** Claims that all pods of this component mount, of the service and not of each pod, and only one node may write to. */
export function oneWriterClaims(release: Release, component: ResolvedComponent): string[] {
  const mounted = mountedNames(containersOf(component));
  const own = templatedVolumes(release, component);
  return release.service.volumes.flatMap(({ name, volume }) =>
    mounted.has(name) && !own.has(name) && isClaim(volume) && access(volume) === "ReadWriteOnce"
      ? [name]
      : [],
  );
}
