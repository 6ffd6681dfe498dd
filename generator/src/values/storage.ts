/** Claims and shares of a release. */
import type { Release, ResolvedComponent } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import type { WorkloadValues } from "../model/values/workload.ts";
import { clusterScopedName } from "../model/names.ts";
import { compact } from "./compact.ts";
import { access, isClaim, templatedVolumes } from "../release/claims.ts";
import type { ClaimVolume } from "../release/claims.ts";

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

/** Claims that each pod of a StatefulSet has of its own, by volume. */
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

/** Name of the cluster's class for the purpose; that it exists has been checked. */
export function storageClass(release: Release, volume: ClaimVolume): string {
  return release.facts.cluster.storageClasses[volume.class ?? "standard"] ?? "";
}
