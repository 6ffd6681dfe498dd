/** Dumps of databases: how often they are made, how long that may take, and where they lie. */
import type { Release, ResolvedComponent, ResolvedService } from "../model/platform.ts";
import { widestGap } from "../model/cron.ts";
import { seconds } from "../model/units.ts";
import { backedVolumes } from "../release/backups/backed-volumes.ts";
import type { BackedVolume } from "../release/backups/backed-volumes.ts";
import { writesTo } from "../release/backups/loaded.ts";
import { kindThatEnds } from "../release/components.ts";
import { mounts } from "../release/containers.ts";

export interface Dump {
  /** `postgres-dump/dumps`: whose volume they lie in; undefined where it keeps none, or nobody can tell which. */
  readonly volume: string | undefined;
  /** Volumes it may write to, all of them backed up. */
  readonly candidates: readonly string[];
  readonly namespace: string;
  /** Seconds between two, and at most for one; without end when nobody can tell. */
  readonly every: number;
  readonly takes: number;
  /** Who makes them, and whether that is stopped: then the last one grows old. */
  readonly by: ResolvedService;
  readonly isPaused: boolean;
  /** Names of the CronJobs that make them. */
  readonly schedules: readonly string[];
}

/** In: a volume and all releases of its cluster. Out: what dumps it, if anything does. */
export function dumpOf(
  { release, volume }: { readonly release: Release; readonly volume: BackedVolume },
  releases: readonly Release[],
): Dump | undefined {
  const { dumpedBy } = volume;
  if (dumpedBy === undefined) return undefined;
  const { service, component } = dumpedBy;
  const dumping = releases.find((one) => one.service === service && one.facts === release.facts);
  const candidates = (dumping === undefined ? [] : backedVolumes(dumping))
    .map(({ name }) => name)
    .filter((name) => mounts(component, name));
  const [kept] = candidates.length === 1 ? candidates : [];
  return {
    volume: kept === undefined ? undefined : `${service.name}/${kept}`,
    candidates,
    ...makerOf(service, [component]),
    ...timesOf(component),
  };
}

/** In: where a database is said to be dumped to, its release, all releases. Out: undefined where no such volume is backed up. */
export function dumpAt(
  dumpedTo: string,
  {
    release: { facts },
    releases,
  }: { readonly release: Release; readonly releases: readonly Release[] },
): Dump | undefined {
  const [name, volume = ""] = dumpedTo.split("/");
  const keeping = releases.find((one) => one.service.name === name && one.facts === facts);
  if (keeping === undefined || !dumpPlaces([keeping]).includes(dumpedTo)) return undefined;
  const { service } = keeping;
  const dumping = service.components.filter((component) => writesTo(component, volume));
  const times = dumping.map(timesOf);
  const most = (field: "every" | "takes") =>
    times.length === 0 ? Infinity : Math.max(...times.map((one) => one[field]));
  return {
    volume: dumpedTo,
    candidates: [volume],
    ...makerOf(service, dumping),
    // Of several, nobody can tell which dumps it.
    every: most("every"),
    takes: most("takes"),
  };
}

/** Volumes that may hold dumps, as `dumpedTo` names them. */
export const dumpPlaces = (releases: readonly Release[]): string[] =>
  releases.flatMap((release) =>
    backedVolumes(release)
      .filter(({ holds }) => holds === "state")
      .map(({ name }) => `${release.service.name}/${name}`),
  );

const makerOf = (
  service: ResolvedService,
  dumping: readonly ResolvedComponent[],
): Pick<Dump, "namespace" | "by" | "isPaused" | "schedules"> => ({
  namespace: service.namespace,
  by: service,
  isPaused: service.spec.stopped === true,
  schedules: dumping
    .filter((component) => kindThatEnds(component) === "schedule")
    .map(({ objectName }) => objectName),
});

/** What runs by no schedule writes at times nobody knows. */
function timesOf({ source }: ResolvedComponent): Pick<Dump, "every" | "takes"> {
  const runs = source.kind === "workload" ? source.spec.runs : undefined;
  return runs?.as === "schedule"
    ? { every: widestGap(runs.cron) ?? Infinity, takes: seconds(runs.endsWithin) }
    : { every: Infinity, takes: Infinity };
}
