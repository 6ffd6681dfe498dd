/** What a cluster backs up: its schedules in their queue, and the worst that can be lost of each volume. */
import type { Cluster } from "../model/cluster.ts";
import { backupService } from "../model/names.ts";
import type { BackupSchedule, EnvironmentFacts, Release } from "../model/platform.ts";
import { backedVolumes, backupOf } from "../release/backup.ts";
import type { BackedVolume } from "../release/backup.ts";
import { schedulesOf } from "../release/backup-schedules.ts";
import { bytes, day } from "../model/units.ts";
import { dumpOf } from "./dumps.ts";
import type { Dump } from "./dumps.ts";
import { simulateQueue } from "./queue.ts";
import type { JobOutcome } from "./queue.ts";

export interface BackedUp {
  readonly release: Release;
  readonly volume: BackedVolume;
  /** In the house first, then the other house. */
  readonly copies: readonly SimulatedSchedule[];
  /** The most of its newest work that can be lost, in seconds; of a database that is dumped, when its dump is restored. */
  readonly rpo: number;
  readonly dump: Dump | undefined;
}

export interface SimulatedSchedule extends BackupSchedule {
  readonly outcome: JobOutcome;
  /** Bytes of all its volumes, and seconds the first backup takes, which copies all of them. */
  readonly size: number;
  readonly first: number;
}

export interface ClusterBackups {
  readonly cluster: string;
  /** Of one of its environments. */
  readonly facts: EnvironmentFacts;
  /** The service that makes them; undefined where it does not run. */
  readonly maker: Release | undefined;
  readonly schedules: readonly SimulatedSchedule[];
  readonly volumes: readonly BackedUp[];
}

/** What a backup costs beside copying: its objects; of a volume, its snapshot and the pod that copies it. */
const overhead = { backup: 60, volume: 45 } as const;
const defaultChanges = 5;

/** In: all releases. Out: clusters that have backups, by name. */
export function backupsOf(releases: readonly Release[]): ClusterBackups[] {
  return [...Map.groupBy(releases, ({ facts }) => facts.clusterName)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([cluster, mine]) => {
      const facts = mine[0]?.facts;
      return facts?.cluster.backup === undefined ? [] : [ofCluster(cluster, facts, mine)];
    });
}

function ofCluster(
  name: string,
  facts: EnvironmentFacts,
  releases: readonly Release[],
): ClusterBackups {
  const { cluster } = facts;
  const maker = releases.find(({ service }) => service.name === backupService);
  const backed = releases.flatMap((release) => {
    if (backupOf(release.facts) === undefined) return [];
    return backedVolumes(release).map((volume) => ({ release, volume }));
  });
  const byNamespace = Map.groupBy(backed, ({ release }) => release.service.namespace);
  const timed = (maker?.backups ?? schedulesOf(releases)).map((schedule) => {
    const volumes = schedule.namespaces.flatMap((namespace) => byNamespace.get(namespace) ?? []);
    return {
      schedule,
      ...durations(
        cluster,
        schedule,
        volumes.map(({ volume }) => volume),
      ),
    };
  });
  const outcomes = simulateQueue(
    timed.map(({ schedule: { name: job, every, offset }, usual }) => ({
      name: job,
      every,
      offset,
      duration: usual,
    })),
  );
  const schedules = timed.flatMap(({ schedule, size, first }, index) => {
    const outcome = outcomes[index];
    return outcome === undefined ? [] : [{ ...schedule, size, first, outcome }];
  });
  const ofNamespace = Map.groupBy(
    schedules.flatMap((schedule) =>
      schedule.namespaces.map((namespace) => ({ namespace, schedule })),
    ),
    ({ namespace }) => namespace,
  );
  return {
    cluster: name,
    facts,
    maker,
    schedules,
    volumes: backed.map((one) => {
      const copiesOf = (namespace: string) =>
        (ofNamespace.get(namespace) ?? [])
          .map(({ schedule }) => schedule)
          .sort((a, b) => rank(cluster, a) - rank(cluster, b));
      const copies = copiesOf(one.release.service.namespace);
      const dump = dumpOf(one, releases);
      const rpo =
        dump === undefined
          ? shortest(copies)
          : dump.volume === undefined
            ? Infinity
            : dump.every + dump.takes + shortest(copiesOf(dump.namespace));
      return { ...one, copies, dump, rpo };
    }),
  };
}

const shortest = (copies: readonly SimulatedSchedule[]) =>
  Math.min(Infinity, ...copies.map(({ outcome }) => outcome.rpo));

export const sizeOf = (volumes: readonly BackedVolume[]): number =>
  volumes.reduce((sum, { size, claims }) => sum + size * claims, 0);

export const claimsOf = (volumes: readonly BackedVolume[]): number =>
  volumes.reduce((sum, { claims }) => sum + claims, 0);

const rank = (cluster: Cluster, { location }: BackupSchedule) =>
  cluster.backup?.locations[location]?.offsite === true ? 1 : 0;

/** One volume after the other, the worst case: a node copies one at a time. */
function durations(
  { backup }: Cluster,
  { location, every }: BackupSchedule,
  volumes: readonly BackedVolume[],
): { readonly usual: number; readonly first: number; readonly size: number } {
  const speed = bytes(backup?.locations[location]?.speed ?? "1");
  const size = sizeOf(volumes);
  const fixed = overhead.backup + claimsOf(volumes) * overhead.volume;
  const changed = (size * (backup?.changes ?? defaultChanges) * every) / (100 * day);
  return {
    usual: Math.ceil(fixed + changed / speed),
    first: Math.ceil(fixed + size / speed),
    size,
  };
}
