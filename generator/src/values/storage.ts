/** Claims and shares of a release. */
import type { Cause, Derived } from "../model/derived.ts";
import { valuesOf } from "../model/derived.ts";
import type { Release, ResolvedComponent } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import type { WorkloadValues } from "../model/values/workload.ts";
import { clusterScopedName } from "../model/names.ts";
import { storagePurpose } from "../model/storage-purpose.ts";
import { compact } from "./compact.ts";
import { isDumped } from "../release/backups/backed-volumes.ts";
import { clusterFact, componentFact, namespaceFact, serviceFact } from "../release/causes.ts";
import { isWorkload } from "../release/components.ts";
import { containersOf, mountedNames } from "../release/containers.ts";
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
  const { service } = release;
  const made = new Set(
    service.components.flatMap((component) => [...templatedVolumes(release, component)]),
  );
  return service.volumes.flatMap(({ name, volume }) =>
    isClaim(volume) && volume.adopt === undefined && !made.has(name)
      ? [
          {
            value: [name, claimValues(release, volume)],
            rule: "claim-of-volume",
            causes: [...claimFacts(release, name, volume), ...kindFacts(release, name, volume)],
          } satisfies Derived<Claim>,
        ]
      : [],
  );
}

function claimFacts({ service, facts }: Release, name: string, volume: ClaimVolume): Cause[] {
  return [
    serviceFact(service, "storage", name),
    serviceFact(service, "storage", name, "class"),
    serviceFact(service, "storage", name, "access"),
    ...(isUnbacked(volume) ? [serviceFact(service, "storage", name, "backup")] : []),
    clusterFact(facts, "storageClasses", storagePurpose(volume)),
  ];
}

/** Those who mount a claim with one writer: each pod of a StatefulSet would have its own. */
function kindFacts({ service }: Release, name: string, volume: ClaimVolume): Cause[] {
  if (access(volume) === "ReadWriteMany") return [];
  return service.components
    .filter((component) => isWorkload(component) && mountedNames(containersOf(component)).has(name))
    .map((component) => componentFact(service, component, "runs"))
    .filter(({ absent }) => absent);
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
      // The volume bears the name of the namespace.
      namespaceFact(service),
    ];
    return [{ name, share, causes }];
  });
}

/** Claims that each pod of a StatefulSet has of its own, by volume. */
export const claimTemplates = (
  release: Release,
  component: ResolvedComponent,
): NonNullable<WorkloadValues["templates"]> =>
  Object.fromEntries(valuesOf(derivedTemplates(release, component)));

/** The same with their causes. */
export function derivedTemplates(
  release: Release,
  component: ResolvedComponent,
): Derived<readonly [string, ReturnType<typeof claimValues>]>[] {
  const names = templatedVolumes(release, component);
  return release.service.volumes.flatMap(({ name, volume }) =>
    names.has(name) && isClaim(volume)
      ? [
          {
            value: [name, claimValues(release, volume)] as const,
            rule: "claim-of-pod" as const,
            causes: claimFacts(release, name, volume),
          },
        ]
      : [],
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
