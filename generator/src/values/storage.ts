/** Claims and shares of a release. */
import type { Release, ResolvedComponent, ResolvedVolume } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import type { WorkloadValues } from "../model/values/workload.ts";
import { clusterScopedName } from "../resolve/names.ts";
import { compact } from "./compact.ts";
import { containersOf } from "../resolve/containers.ts";

/** A volume that is a claim of its own kind of storage. */
type ClaimVolume = Extract<ResolvedVolume["volume"], { size: string; class?: string | undefined }>;

/** Claims the release renders: not adopted ones, not those a StatefulSet or a database cluster makes. */
export function claims(release: Release): ServiceValues["claims"] {
  const made = new Set(
    release.service.components.flatMap((component) => [...templatedVolumes(release, component)]),
  );
  return Object.fromEntries(
    release.service.volumes.flatMap(
      ({ name, volume }): [string, ServiceValues["claims"][string]][] => {
        if (volume.holds === "share") {
          const share = release.facts.cluster.shares?.[volume.share];
          return share === undefined
            ? []
            : [
                [
                  name,
                  {
                    size: share.size,
                    access: "ReadWriteMany",
                    volume: clusterScopedName(release.service.namespace, name),
                  },
                ],
              ];
        }
        if (!isClaim(volume) || volume.adopt !== undefined || made.has(name)) return [];
        return [
          [
            name,
            { size: volume.size, class: storageClass(release, volume), access: access(volume) },
          ],
        ];
      },
    ),
  );
}

/** PersistentVolumes for the shares: one a namespace, since a volume binds one claim only. */
export function shares(release: Release): ServiceValues["shares"] {
  return Object.fromEntries(
    release.service.volumes.flatMap(({ name, volume }) => {
      const share =
        volume.holds === "share" ? release.facts.cluster.shares?.[volume.share] : undefined;
      return share === undefined
        ? []
        : [
            [
              clusterScopedName(release.service.namespace, name),
              compact({ ...share, claim: name }),
            ] as const,
          ];
    }),
  );
}

/** Volumes of which each pod of a StatefulSet has its own, and the one volume of a database cluster. */
export function templatedVolumes(
  release: Release,
  component: ResolvedComponent,
): ReadonlySet<string> {
  if (component.source.kind === "chart") return new Set();
  const runs = component.source.spec.runs?.as;
  if (runs === "postgresCluster")
    return new Set(
      release.service.volumes
        .filter(({ volume }) => volume.holds === "database")
        .map(({ name }) => name),
    );
  if (runs !== "statefulSet") return new Set();
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

export function claimTemplates(
  release: Release,
  component: ResolvedComponent,
): NonNullable<WorkloadValues["templates"]> {
  const names = templatedVolumes(release, component);
  return Object.fromEntries(
    release.service.volumes.flatMap(({ name, volume }) =>
      names.has(name) && isClaim(volume)
        ? [
            [
              name,
              { size: volume.size, class: storageClass(release, volume), access: access(volume) },
            ] as const,
          ]
        : [],
    ),
  );
}

export function isClaim(volume: ResolvedVolume["volume"]): volume is ClaimVolume {
  return volume.holds === "state" || volume.holds === "database" || volume.holds === "cache";
}

export function access(volume: ClaimVolume): "ReadWriteOnce" | "ReadWriteMany" {
  return volume.access === "many" ? "ReadWriteMany" : "ReadWriteOnce";
}

/** Name of the cluster's class for the purpose; that it exists has been checked. */
export function storageClass(release: Release, volume: ClaimVolume): string {
  return release.facts.cluster.storageClasses[volume.class ?? "standard"] ?? "";
}

/** Whether pods of this component write to a claim that only one node may write to. */
export function hasOneWriterClaim(release: Release, component: ResolvedComponent): boolean {
  const mounted = new Set(
    containersOf(component).flatMap(({ spec }) => Object.keys(spec.mounts ?? {})),
  );
  return release.service.volumes.some(
    ({ name, volume }) =>
      mounted.has(name) && isClaim(volume) && access(volume) === "ReadWriteOnce",
  );
}
