/** Dumps of databases: how often they are made, how long that may take, and where they lie. */
import type { Release } from "../model/platform.ts";
import { widestGap } from "../model/cron.ts";
import { seconds } from "../model/units.ts";
import { backedVolumes } from "../release/backups/backed-volumes.ts";
import type { BackedVolume } from "../release/backups/backed-volumes.ts";
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
  const runs = component.source.kind === "workload" ? component.source.spec.runs : undefined;
  return {
    volume: kept === undefined ? undefined : `${service.name}/${kept}`,
    candidates,
    namespace: service.namespace,
    every: runs?.as === "schedule" ? (widestGap(runs.cron) ?? Infinity) : Infinity,
    takes: runs?.as === "schedule" ? seconds(runs.endsWithin) : Infinity,
  };
}
