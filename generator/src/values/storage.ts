/** Claims and shares of a release. */
import type { Derived } from "../model/derived.ts";
import { valuesOf } from "../model/derived.ts";
import type { Release, ResolvedComponent } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import type { WorkloadValues } from "../model/values/workload.ts";
import { clusterScopedName } from "../model/names.ts";
import { storagePurpose } from "../model/storage-purpose.ts";
import { compact } from "./compact.ts";
import { isDumped } from "../release/backups/backed-volumes.ts";
import { clusterFact, serviceFact } from "../release/causes.ts";
import { access, isClaim, templatedVolumes } from "../release/claims.ts";
import type { ClaimVolume } from "../release/claims.ts";

type Claim = readonly [string, ServiceValues["claims"][string]];
type Share = readonly [string, ServiceValues["shares"][string]];

/** Claims the release renders, by volume. */
export const claims = (release: Release): ServiceValues["claims"] =>
  Object.fromEntries(valuesOf(derivedClaims(release)));

/** Not adopted ones, not those a StatefulSet or a database cluster makes. */
export function derivedClaims(release: Release): Derived<Claim>[] {
  return [...ownClaims(release), ...shareClaims(release)];
}

function ownClaims(release: Release): Derived<Claim>[] {
  const { service, facts } = release;
  const made = new Set(
    service.components.flatMap((component) => [...templatedVolumes(release, component)]),
  );
  return service.volumes.flatMap(({ name, volume }) => {
    if (!isClaim(volume) || volume.adopt !== undefined || made.has(name)) return [];
    const value = claimValues(release, volume);
    return [
      {
        value: [name, value] as const,
        rule: "claim-of-volume" as const,
        causes: [
          serviceFact(service, "storage", name),
          serviceFact(service, "storage", name, "class"),
          serviceFact(service, "storage", name, "access"),
          ...(isUnbacked(volume) ? [serviceFact(service, "storage", name, "backup")] : []),
          clusterFact(facts, "storageClasses", storagePurpose(volume)),
        ],
      },
    ];
  });
}

function shareClaims(release: Release): Derived<Claim>[] {
  return sharedVolumes(release).map(({ name, share, causes }) => ({
    value: [
      name,
      {
        size: share.size,
        access: "ReadWriteMany",
        volume: clusterScopedName(release.service.namespace, name),
      },
    ],
    rule: "share-of-volume",
    causes,
  }));
}

/** PersistentVolumes for the shares, by name. */
export const shares = (release: Release): ServiceValues["shares"] =>
  Object.fromEntries(valuesOf(derivedShares(release)));

/** One a namespace, since a volume binds one claim only. */
export function derivedShares(release: Release): Derived<Share>[] {
  return sharedVolumes(release).map(({ name, share, causes }) => ({
    value: [clusterScopedName(release.service.namespace, name), compact({ ...share, claim: name })],
    rule: "share-of-volume",
    causes,
  }));
}

function sharedVolumes({ service, facts }: Release) {
  return service.volumes.flatMap(({ name, volume }) => {
    const share = volume.holds === "share" ? facts.cluster.shares?.[volume.share] : undefined;
    if (volume.holds !== "share" || share === undefined) return [];
    const causes = [
      serviceFact(service, "storage", name),
      clusterFact(facts, "shares", volume.share),
    ];
    return [{ name, share, causes }];
  });
}

/** Claims that each pod of a StatefulSet has of its own, by volume. */
export function claimTemplates(
  release: Release,
  component: ResolvedComponent,
): NonNullable<WorkloadValues["templates"]> {
  const names = templatedVolumes(release, component);
  return Object.fromEntries(
    release.service.volumes.flatMap(({ name, volume }) =>
      names.has(name) && isClaim(volume) ? [[name, claimValues(release, volume)] as const] : [],
    ),
  );
}

const claimValues = (release: Release, volume: ClaimVolume) =>
  compact({
    size: volume.size,
    class: storageClass(release, volume),
    access: access(volume),
    backup: volume.holds === "cache" || isUnbacked(volume) ? ("none" as const) : undefined,
  });

/** Whether the volume says that it is not backed up, or only its dumps are; what an environment says needs no label. */
const isUnbacked = (volume: ClaimVolume): boolean =>
  volume.holds !== "cache" &&
  volume.backup !== undefined &&
  ("because" in volume.backup || isDumped(volume));

/** Name of the cluster's class for the purpose; that it exists has been checked. */
export function storageClass(release: Release, volume: ClaimVolume): string {
  return release.facts.cluster.storageClasses[storagePurpose(volume)] ?? "";
}
