/** Volumes of a release that are claims, and who writes to them. */
import type { Release, ResolvedComponent, ResolvedVolume } from "../model/platform.ts";
import { containersOf } from "./containers.ts";
import { isPostgresCluster } from "./postgres.ts";

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
  const mounted = new Set(
    containersOf(component).flatMap(({ spec }) => Object.keys(spec.mounts ?? {})),
  );
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

/** Claims that pods of this component mount and only one node may write to. */
export function oneWriterClaims(release: Release, component: ResolvedComponent): string[] {
  const mounted = new Set(
    containersOf(component).flatMap(({ spec }) => Object.keys(spec.mounts ?? {})),
  );
  return release.service.volumes.flatMap(({ name, volume }) =>
    mounted.has(name) && isClaim(volume) && access(volume) === "ReadWriteOnce" ? [name] : [],
  );
}
