/** What a cluster backs up: its schedules in their queue, and the worst that can be lost of each volume. */
import { backupService } from "../model/known-services.ts";
import type { Cluster } from "../model/cluster.ts";
import type { BackupSchedule, EnvironmentFacts, Release } from "../model/platform.ts";
import { backedVolumes, backupOf, dumpedVolumes } from "../release/backups/backed-volumes.ts";
import type { BackedVolume } from "../release/backups/backed-volumes.ts";
import { backupWork, claimTime, lanesOf, wholeTime } from "../release/backups/times.ts";
import type { BackupWork } from "../release/backups/times.ts";
import { schedulesOf } from "../release/backups/schedules.ts";
import { day } from "../model/units.ts";
import { dumpAt, dumpOf } from "./dumps.ts";
import type { Dump } from "./dumps.ts";
import { simulateQueue } from "./queue.ts";
import type { JobOutcome } from "./queue.ts";

export interface BackedUp {
  readonly release: Release;
  readonly volume: Pick<BackedVolume, "name" | "holds" | "size" | "claims"> & {
    /** Undefined where only its dumps are copied. */
    readonly method: BackedVolume["method"] | undefined;
    readonly dumpedBy: BackedVolume["dumpedBy"];
  };
  /** In the house first, then the other house. */
  readonly copies: readonly SimulatedSchedule[];
  /** The most of its newest work that can be lost, in seconds; of a database that is dumped, when its dump is restored. */
  readonly rpo: number;
  readonly dump: Dump | undefined;
}

export interface SimulatedSchedule extends BackupSchedule {
  readonly claims: number;
  /** Seconds one takes by itself, of what changes from one to the next, and what of it is due to the number of its claims. */
  readonly alone: number;
  readonly ofClaims: number;
  readonly outcome: JobOutcome;
}

/** A cluster that has backups, and its releases. */
export interface BackedCluster {
  readonly cluster: string;
  /** Of one of its environments. */
  readonly facts: EnvironmentFacts;
  /** The service that makes them; undefined where it does not run. */
  readonly maker: Release | undefined;
  readonly releases: readonly Release[];
}

export interface ClusterBackups extends BackedCluster {
  readonly schedules: readonly SimulatedSchedule[];
  /** Without those of which nothing is copied for now. */
  readonly volumes: readonly BackedUp[];
}

const defaultChanges = 5;

/** In: all releases. Out: what clusters that have backups lose at worst, by name. */
export const backupsOf = (releases: readonly Release[]): ClusterBackups[] =>
  backedClusters(releases).map(ofCluster);

/** In: all releases. Out: clusters that have backups, by name. Nothing is simulated. */
export function backedClusters(releases: readonly Release[]): BackedCluster[] {
  return [...Map.groupBy(releases, ({ facts }) => facts.clusterName)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([cluster, mine]) => {
      const facts = mine[0]?.facts;
      const maker = mine.find(({ service }) => service.name === backupService);
      return facts?.cluster.backup === undefined ? [] : [{ cluster, facts, maker, releases: mine }];
    });
}

function ofCluster(of: BackedCluster): ClusterBackups {
  const { cluster } = of.facts;
  const backed = copiedOf(of.releases);
  const schedules = simulated(of, backed);
  const ofNamespace = Map.groupBy(
    schedules.flatMap((schedule) =>
      schedule.namespaces.map((namespace) => ({ namespace, schedule })),
    ),
    ({ namespace }) => namespace,
  );
  const copiesOf = (namespace: string) =>
    (ofNamespace.get(namespace) ?? [])
      .map(({ schedule }) => schedule)
      .sort((a, b) => rank(cluster, a) - rank(cluster, b));
  const lostOf = ({ volume, namespace, every, takes, isPaused }: Dump) =>
    volume === undefined || isPaused ? Infinity : every + takes + shortest(copiesOf(namespace));
  return {
    ...of,
    schedules,
    volumes: [
      ...backed.map((one): BackedUp => {
        const copies = copiesOf(one.release.service.namespace);
        const dump = dumpOf(one, of.releases);
        return { ...one, copies, dump, rpo: dump === undefined ? shortest(copies) : lostOf(dump) };
      }),
      ...dumpedOf(of.releases).map(({ dump, ...one }): BackedUp => {
        const copies = copiesOf(dump.namespace);
        return { ...one, copies, dump, rpo: lostOf(dump) };
      }),
    ],
  };
}

/** The schedules of a cluster as they come through its one queue. */
function simulated(
  { facts: { cluster }, maker, releases }: BackedCluster,
  backed: ReturnType<typeof copiedOf>,
): SimulatedSchedule[] {
  const byNamespace = Map.groupBy(backed, ({ release }) => release.service.namespace);
  const timed = (maker?.backups ?? schedulesOf(releases)).map((schedule) => {
    const volumes = schedule.namespaces
      .flatMap((namespace) => byNamespace.get(namespace) ?? [])
      .map(({ volume }) => volume);
    return { schedule, work: usualWork(cluster, schedule, volumes) };
  });
  const lanes = lanesOf(cluster);
  const outcomes = simulateQueue(
    timed.map(({ schedule: { name, every, offset }, work }) => ({ ...work, name, every, offset })),
    lanes,
  );
  return timed.flatMap(({ schedule, work }, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) return [];
    const [alone, ofClaims] = [wholeTime(work, lanes), claimTime(work, lanes)];
    return [{ ...schedule, claims: work.claims.length, alone, ofClaims, outcome }];
  });
}

/** Volumes of which something is copied. */
const copiedOf = (releases: readonly Release[]) =>
  releases
    .filter(({ facts }) => backupOf(facts) !== undefined)
    .flatMap((release) =>
      backedVolumes(release)
        .filter(({ isPaused }) => !isPaused)
        .map((volume) => ({ release, volume })),
    );

/** Databases that are dumped to another volume, where that can be told. */
const dumpedOf = (releases: readonly Release[]) =>
  releases.flatMap((release) =>
    dumpedVolumes(release).flatMap(({ dumpedTo, ...volume }) => {
      const dump = dumpAt(dumpedTo, { release, releases });
      return dump === undefined || !Number.isFinite(dump.every)
        ? []
        : [
            {
              release,
              volume: {
                ...volume,
                holds: "database" as const,
                method: undefined,
                dumpedBy: undefined,
              },
              dump,
            },
          ];
    }),
  );

const shortest = (copies: readonly SimulatedSchedule[]) =>
  Math.min(Infinity, ...copies.map(({ outcome }) => outcome.rpo));

const rank = (cluster: Cluster, { location }: BackupSchedule) =>
  cluster.backup?.locations[location]?.offsite === true ? 1 : 0;

/** Of what changes from one backup to the next. */
function usualWork(
  cluster: Cluster,
  { location, every }: BackupSchedule,
  volumes: readonly BackedVolume[],
): BackupWork {
  const changes = (cluster.backup?.changes ?? defaultChanges) / 100;
  return backupWork(volumes, { share: (changes * every) / day, location, cluster });
}
