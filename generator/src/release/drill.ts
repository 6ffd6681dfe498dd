/** What the restore drill of a cluster does with a release: its volumes, and what must be true of them. */
import type { Derived } from "../model/derived.ts";
import { valuesOf } from "../model/derived.ts";
import type { DrillCheck, DrillVolume } from "../model/drill-plan.ts";
import type {
  Release,
  ResolvedComponent,
  ResolvedService,
  ResolvedVolume,
} from "../model/platform.ts";
import type { Restored } from "../model/restored.ts";
import { bytes, seconds } from "../model/units.ts";
import { backedUp } from "./backed-up.ts";
import type { BackedUp } from "./backed-up.ts";
import { serviceFact } from "./causes.ts";
import { isClaim, templatedVolumes } from "./claims.ts";
import type { ClaimVolume } from "./claims.ts";
import { isWorkload } from "./components.ts";
import { containersOf } from "./containers.ts";
import { replicasOf } from "./replicas.ts";

/** Whether a service runs the drill: one of its files is the plan. */
export const runsDrill = ({ components }: ResolvedService): boolean =>
  components.some((component) =>
    containersOf(component).some(({ spec }) =>
      Object.values(spec.files ?? {}).some(
        (file) => typeof file === "object" && "restorePlan" in file,
      ),
    ),
  );

/** A volume that is backed up and may be asked about: what is said to prove it, `undefined` where nothing is. */
export interface DrillCandidate {
  readonly name: string;
  readonly volume: ClaimVolume;
  readonly backup: BackedUp;
  readonly proof: Restored | undefined;
}

/** Volumes that are backed up, without those of which the service says why they are not tried. */
export function drillCandidates(release: Release): DrillCandidate[] {
  const backups = new Map(backedUp(release).map((backup) => [backup.name, backup]));
  return release.service.volumes.flatMap(({ name, volume }) => {
    const backup = backups.get(name);
    if (backup === undefined || !isClaim(volume) || volume.holds === "cache") return [];
    const { restored } = volume;
    if (restored !== undefined && "because" in restored) return [];
    return [{ name, volume, backup, proof: restored }];
  });
}

export const drilledVolumes = (release: Release): DrillVolume[] =>
  valuesOf(derivedDrillVolumes(release)).flatMap(({ claims }) => claims);

/** Claims of a volume, each as the drill is told of it. */
export interface DrilledVolume {
  readonly name: string;
  readonly claims: readonly DrillVolume[];
}

/** None on a cluster without a drill. */
export function derivedDrillVolumes(release: Release): Derived<DrilledVolume>[] {
  const { service } = release;
  if (release.drilled === undefined) return [];
  return drillCandidates(release).flatMap(({ name, volume, backup, proof }) => {
    if (proof === undefined) return [];
    const own = (...path: string[]) => serviceFact(service, "storage", name, ...path);
    return [
      {
        value: { name, claims: claimsOf(release, { name, volume, backup, proof }) },
        rule: "volume-drilled" as const,
        causes: [own(), own("restored")],
      },
    ];
  });
}

function claimsOf(
  release: Release,
  { name, volume, backup, proof }: DrillCandidate & { readonly proof: Restored },
): DrillVolume[] {
  const mounting = release.service.components.filter((component) => mounts(component, name));
  const [first] = mounting;
  const { user = defaultUser, group, files } = runAsOf(first) ?? {};
  const common = {
    ...(backup.schedule === undefined ? {} : { schedule: backup.schedule }),
    notOlder: backup.notOlder,
    user,
    group: files ?? group ?? user,
    checks: checksOf(proof),
    ...(backup.method === "files" && first !== undefined ? { throughPods: first.podLabels } : {}),
  };
  return claimNames(release, { name, volume }, first).map((claim) => ({ claim, ...common }));
}

const defaultUser = 1000;

const runAsOf = (component: ResolvedComponent | undefined) =>
  component?.source.kind === "workload" ? component.source.spec.runAs : undefined;

export const mounts = (component: ResolvedComponent, volume: string): boolean =>
  containersOf(component).some(({ spec }) => spec.mounts?.[volume] !== undefined);

/** A StatefulSet calls the claims of its pods after itself, and counts from 0. */
function claimNames(
  release: Release,
  { name, volume }: { readonly name: string; readonly volume: ClaimVolume },
  component: ResolvedComponent | undefined,
): string[] {
  if (component === undefined || !templatedVolumes(release, component).has(name))
    return [volume.adopt ?? name];
  const count = isWorkload(component) ? (replicasOf(release, component) ?? 1) : 1;
  return Array.from(
    { length: Math.max(1, count) },
    (_, index) => `${name}-${component.objectName}-${index}`,
  );
}

/** In the order of what is told first. */
function checksOf({
  files,
  newest,
  whole = [],
  checksums,
  rows,
  newestRow,
}: Restored): DrillCheck[] {
  return [
    ...(files === undefined
      ? []
      : [{ is: "files" as const, atLeast: files.atLeast, bytes: bytes(files.size ?? "1") }]),
    ...(newest === undefined
      ? []
      : [{ is: "newest" as const, path: newest.path ?? "", within: seconds(newest.within) }]),
    ...whole.map((path) => ({ is: "whole" as const, path })),
    ...(checksums === undefined ? [] : [{ is: "checksums" as const, path: checksums }]),
    ...Object.entries(rows ?? {}).map(([path, atLeast]) => ({
      is: "rows" as const,
      path,
      atLeast,
    })),
    ...Object.entries(newestRow ?? {}).map(([path, { table, column, within }]) => ({
      is: "newest-row" as const,
      path,
      table,
      column,
      within: seconds(within),
    })),
  ];
}

/** Volumes of a service that only pods through which they are filled can bring back, by component. */
export const filledThrough = (
  volumes: readonly ResolvedVolume[],
  component: ResolvedComponent,
): string[] => volumes.filter(({ name }) => mounts(component, name)).map(({ name }) => name);
