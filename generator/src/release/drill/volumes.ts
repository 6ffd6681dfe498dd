/** What the restore drill of a cluster does with a release: its volumes, and what must be true of them. */
import type { Derived } from "../../model/derived.ts";
import { valuesOf } from "../../model/derived.ts";
import type { DrillCheck, DrillVolume } from "../../model/drill-plan.ts";
import type {
  Release,
  ResolvedComponent,
  ResolvedService,
  ResolvedVolume,
} from "../../model/platform.ts";
import type { Restored } from "../../model/restored.ts";
import { bytes, seconds } from "../../model/units.ts";
import { backedVolumes, backupOf, podsFacts } from "../backups/backed-volumes.ts";
import type { BackedVolume } from "../backups/backed-volumes.ts";
import { clusterFact, componentFact, serviceFact } from "../causes.ts";
import { isClaim, podsOfSet, templatedVolumes } from "../claims.ts";
import type { ClaimVolume } from "../claims.ts";
import { mounts } from "../containers.ts";
import { mirrored } from "../images/mirrors.ts";
import { isPostgresCluster } from "../postgres.ts";
import { podUserOf } from "../pods/run-as.ts";
import { writtenFilesOf } from "../pods/written-files.ts";

/** Whether a service runs the drill: one of its files is the plan. */
export const runsDrill = ({ components }: ResolvedService): boolean => components.some(isOfDrill);

/** Whether a component reads the plan: it carries it out, or tells what came of it. */
export const isOfDrill = (component: ResolvedComponent): boolean =>
  writtenFilesOf(component).some(({ writes }) => writes === "restore-plan");

/** A volume that is backed up and may be asked about: what is said to prove it, `undefined` where nothing is. */
export interface DrillCandidate {
  readonly name: string;
  readonly volume: ClaimVolume;
  readonly backup: BackedVolume;
  /** The PostgreSQL cluster it is the volume of. */
  readonly cluster: ResolvedComponent | undefined;
  readonly proof: Restored | undefined;
}

/** A volume that is backed up and never restored for trial: its service says why, its files are no database, or none are copied for now. */
export interface UntriedVolume {
  readonly name: string;
  readonly untried: "service" | "torn" | "paused";
  readonly cluster: ResolvedComponent | undefined;
}

/** Volumes that are backed up and may be tried. */
export const drillCandidates = (release: Release): DrillCandidate[] =>
  backedClaims(release).flatMap((one) => ("untried" in one ? [] : [one]));

/** Every volume that is backed up. */
function backedClaims(release: Release): (DrillCandidate | UntriedVolume)[] {
  const backups = new Map(backedVolumes(release).map((backup) => [backup.name, backup]));
  return release.service.volumes.flatMap(({ name, volume }): (DrillCandidate | UntriedVolume)[] => {
    const backup = backups.get(name);
    if (backup === undefined || !isClaim(volume) || volume.holds === "cache") return [];
    const { restored } = volume;
    const cluster = release.service.components.find(
      (component) => isPostgresCluster(component) && volume.holds === "database",
    );
    if (restored !== undefined && "because" in restored)
      return [{ name, cluster, untried: "service" }];
    // Files that were copied one after the other are no database: there is nothing to start a server on.
    if (cluster !== undefined && backup.method === "files")
      return [{ name, cluster, untried: "torn" }];
    if (backup.isPaused) return [{ name, cluster, untried: "paused" }];
    return [{ name, volume, backup, cluster, proof: restored }];
  });
}

/** Volumes that are backed up and not tried, where a drill runs. */
export function derivedUntried(release: Release): Derived<UntriedVolume>[] {
  const { service, facts } = release;
  if (release.drilled === undefined) return [];
  return backedClaims(release).flatMap((value) => {
    if (!("untried" in value)) return [];
    const { name, cluster, untried } = value;
    const own = (...path: string[]) => serviceFact(service, "storage", name, ...path);
    return [
      {
        value,
        rule: "volume-not-drilled" as const,
        causes:
          untried === "service"
            ? [own(), own("restored")]
            : [
                own(),
                own("class"),
                own("backup"),
                ...(cluster === undefined ? [] : [componentFact(service, cluster, "runs")]),
                ...(untried === "paused" ? podsFacts(release, name) : []),
                clusterFact(facts, "backup", "snapshots"),
              ],
      },
    ];
  });
}

/** Whether something is said, or is known of the kind of volume, that proves it. */
export const isProved = ({ proof, cluster }: DrillCandidate): boolean =>
  proof !== undefined || cluster !== undefined;

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
  return drillCandidates(release)
    .filter(isProved)
    .map((candidate) => {
      const { name, cluster } = candidate;
      const own = (...path: string[]) => serviceFact(service, "storage", name, ...path);
      return {
        value: {
          name,
          claims:
            cluster === undefined
              ? claimsOf(release, candidate)
              : [claimOfCluster(release, candidate, cluster)],
        },
        rule: "volume-drilled" as const,
        causes: [
          own(),
          own("restored"),
          serviceFact(service, "stopped"),
          ...(cluster === undefined ? [] : [componentFact(service, cluster, "runs")]),
        ],
      };
    });
}

function claimsOf(release: Release, candidate: DrillCandidate): DrillVolume[] {
  const { name, volume, backup, proof = {} } = candidate;
  const [first] = release.service.components.filter((component) => mounts(component, name));
  const { user, files } = podUserOf(first);
  const common = {
    size: volume.size,
    notOlder: oldest(release),
    user,
    group: files,
    checks: checksOf(release, proof),
    ...(backup.method === "files" && first !== undefined ? { throughPods: first.podLabels } : {}),
  };
  if (first === undefined || !templatedVolumes(release, first).has(name))
    return [{ claim: volume.adopt ?? name, ...common }];
  return podsOfSet(release, first).flatMap(({ claimOf, isLasting }) => {
    if (isLasting) return [{ claim: claimOf(name), ...common }];
    // A claim outlives its pod, but no files of it are copied without one.
    return backup.method === "files"
      ? []
      : [{ claim: claimOf(name), mayBeMissing: true as const, ...common }];
  });
}

/** The user of CloudNativePG's images. */
const postgresUser = 26;
/** A server that is asked anything at all writes sooner; so does its archive of nothing. */
const postgresWrites = "6h";

/**
 * The operator counts its instances, so a claim is found by its labels. That a server starts on it, that every
 * consumer's database has rows and that it was written lately is known of every cluster.
 */
function claimOfCluster(
  release: Release,
  { name, volume, proof }: DrillCandidate,
  cluster: ResolvedComponent,
): DrillVolume {
  const { service, facts, incoming } = release;
  // Who reads all has no database of its own.
  const databases = incoming.flatMap(({ provider, login, readsAll }) =>
    provider.component === cluster && login !== undefined && readsAll !== true ? [login] : [],
  );
  const spec = cluster.source.kind === "workload" ? cluster.source.spec : undefined;
  const preload = spec?.runs?.as === "postgresCluster" ? (spec.runs.preload ?? []) : [];
  return {
    claim: `${service.name}-${name}`,
    size: volume.size,
    found: { ...cluster.podLabels, "cnpg.io/pvcRole": "PG_DATA" },
    postgres: { image: mirrored(spec?.image ?? "", facts.cluster.mirrors ?? {}), preload },
    notOlder: oldest({ facts }),
    user: postgresUser,
    group: postgresUser,
    checks: [
      { is: "databases", names: [...new Set(databases)].sort() },
      ...checksOf(release, { newest: { within: postgresWrites, path: "pgdata" }, ...proof }),
    ],
  };
}

/** Older than that no backup may be, whenever something happens. */
const oldest = ({ facts }: Pick<Release, "facts">) => backupOf(facts)?.lose ?? 0;

/** In the order in which they are told. A stopped service writes nothing, so the age of its newest file or row says nothing; that there is a file at all must do. */
function checksOf({ service }: Release, proof: Restored): DrillCheck[] {
  if (service.spec.stopped !== true) return checksOfRunning(proof);
  const { newest: _newest, newestRow: _newestRow, ...lasting } = proof;
  return checksOfRunning({ files: { atLeast: 1 }, ...lasting });
}

function checksOfRunning({
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
