/** Few schedules for all namespaces of a cluster: Velero makes one backup at a time. */
import type { Cluster } from "../../model/cluster.ts";
import { backupScheduleName } from "../../model/names.ts";
import type { BackupSchedule, Release } from "../../model/platform.ts";
import { day } from "../../model/units.ts";
import { backedVolumes, backupOf, locationsOf, snapshotDriver } from "./backed-volumes.ts";
import type { BackedVolume } from "./backed-volumes.ts";
import { backupWork, lanesOf, sizeOf, wholeTime } from "./times.ts";

/** What some namespaces have in common. A namespace has one schedule a location, so that it is restored from one backup. */
interface Group {
  readonly environment: string;
  readonly location: string;
  readonly cluster: Cluster;
  readonly volumes: readonly BackedVolume[];
  readonly every: number;
  readonly keep: number;
  /** Whether it is kept as its environment says, which needs no mention in the name. */
  readonly isKeptAsUsual: boolean;
  /** Purposes of its storage classes, with the method where it is not what the class can. */
  readonly kinds: readonly string[];
  readonly namespace: string;
  readonly classes: BackupSchedule["classes"];
}

/** In: all releases of one cluster. Out: its schedules by name, spread over the time between two runs. */
export function schedulesOf(releases: readonly Release[]): BackupSchedule[] {
  const groups = Map.groupBy(
    releases.flatMap((release) => groupsOf(release)),
    nameOf,
  );
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  const shortest = Math.min(...sorted.flatMap(([, mine]) => mine.map(({ every }) => every)));
  return sorted.flatMap(([name, mine], index) => {
    const [first] = mine;
    if (first === undefined) return [];
    const { environment, location, cluster, every, keep } = first;
    const volumes = mine.flatMap((group) => group.volumes);
    const size = sizeOf(volumes);
    const offset = offsetOf(every, { share: index / sorted.length, shortest });
    return [
      {
        name,
        environment,
        location,
        every,
        offset,
        keep,
        size,
        first: wholeTime(backupWork(volumes, { share: 1, location, cluster }), lanesOf(cluster)),
        cron: cronOf(every, offset),
        namespaces: mine.map(({ namespace }) => namespace).sort(),
        classes: Object.fromEntries(
          mine
            .flatMap(({ classes }) => Object.entries(classes))
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        ),
      },
    ];
  });
}

function groupsOf(release: Release): Group[] {
  const { facts, service } = release;
  const said = backupOf(facts);
  const volumes = backedVolumes(release);
  if (said === undefined || volumes.length === 0) return [];
  const { main, offsite } = locationsOf(facts);
  const common = {
    environment: facts.name,
    cluster: facts.cluster,
    namespace: service.namespace,
    volumes,
    kinds: [...new Set(volumes.map((volume) => kindOf(release, volume)))].sort(),
    classes: Object.fromEntries(volumes.map(({ class: name, method }) => [name, method])),
  };
  const keep = most(volumes, "keep");
  return [
    ...(main === undefined
      ? []
      : [
          {
            ...common,
            location: main[0],
            every: Math.min(...volumes.map(({ every }) => every)),
            keep,
            isKeptAsUsual: keep === said.keep,
          },
        ]),
    ...(offsite === undefined || said.offsite === undefined
      ? []
      : [
          {
            ...common,
            ...said.offsite,
            location: offsite[0],
            isKeptAsUsual: true,
          },
        ]),
  ];
}

const kindOf = ({ facts }: Release, { purpose, method }: BackedVolume): string =>
  method === "files" && snapshotDriver(facts, purpose) !== undefined ? `${purpose}-files` : purpose;

const most = (volumes: readonly BackedVolume[], field: "keep") =>
  Math.max(...volumes.map((volume) => volume[field]));

const nameOf = ({ environment, location, every, keep, isKeptAsUsual, kinds }: Group): string =>
  backupScheduleName([
    environment,
    location,
    shortTime(every),
    ...kinds,
    ...(isKeptAsUsual ? [] : ["kept", shortTime(keep)]),
  ]);

/** `2h`, `30m` */
export const shortTime = (length: number): string =>
  length % 3600 === 0 ? `${length / 3600}h` : `${Math.round(length / 60)}m`;

/** What comes once a day comes at night: from 2 to 6. */
const night = { from: 2 * 3600, length: 4 * 3600 };

/** In: its share of the time between two runs of the most frequent one. Out: whole minutes, in seconds. */
function offsetOf(
  every: number,
  { share, shortest }: { readonly share: number; readonly shortest: number },
): number {
  const slotOf = (length: number) => Math.floor((share * length) / 60) * 60;
  return every === day
    ? night.from + slotOf(Math.min(shortest, night.length))
    : slotOf(shortest) % every;
}

/** Five fields, as Velero reads them: the times `offset`, `offset + every`, … of a day. */
export function cronOf(every: number, offset: number): string {
  const minute = (offset % 3600) / 60;
  if (every < 3600) return `${minute}-59/${every / 60} * * * *`;
  const hour = Math.floor(offset / 3600);
  if (every === day) return `${minute} ${hour} * * *`;
  return every === 3600 ? `${minute} * * * *` : `${minute} ${hour}-23/${every / 3600} * * *`;
}
