/** Dumps of databases: how often they are made, how long that may take, and where they lie. */
import type { Release } from "../model/platform.ts";
import { seconds } from "../model/units.ts";
import { backedVolumes } from "../release/backup.ts";
import type { BackedVolume } from "../release/backup.ts";

export interface Dump {
  /** `postgres-dump/dumps`: whose volume they lie in; undefined where it keeps none. */
  readonly volume: string | undefined;
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
  const kept = dumping === undefined ? undefined : backedVolumes(dumping)[0]?.name;
  const runs = component.source.kind === "workload" ? component.source.spec.runs : undefined;
  return {
    volume: kept === undefined ? undefined : `${service.name}/${kept}`,
    namespace: service.namespace,
    every: runs?.as === "schedule" ? longestGap(runs.cron) : Infinity,
    takes: runs?.as === "schedule" ? seconds(runs.endsWithin) : Infinity,
  };
}

const day = 86_400;

/** In: five fields of cron. Out: the most seconds between two times of it; without end unless it comes every day. */
export function longestGap(cron: string): number {
  if (cron === "@hourly") return 3600;
  if (cron === "@daily") return day;
  const [minutes = "", hours = "", ...days] = cron.split(" ");
  if (cron.startsWith("@") || days.some((field) => field !== "*" && field !== "?")) return Infinity;
  const times = valuesOf(hours, 24).flatMap((hour) =>
    valuesOf(minutes, 60).map((minute) => hour * 3600 + minute * 60),
  );
  const [first] = times;
  if (first === undefined) return Infinity;
  const next = [...times.slice(1), first + day];
  return Math.max(...times.map((time, index) => (next[index] ?? Infinity) - time));
}

/** The numbers a field names, in order. */
function valuesOf(field: string, limit: number): number[] {
  const named = new Set(
    field.split(",").flatMap((part) => {
      const [span = "", step] = part.split("/");
      const [from = "", to] = span.split("-");
      const start = from === "*" || from === "?" ? 0 : Number(from);
      // `5/15` goes on to the end, `5` alone does not.
      const end =
        to !== undefined
          ? Number(to)
          : from === "*" || from === "?" || step !== undefined
            ? limit - 1
            : start;
      return Array.from({ length: limit }, (_, index) => index).filter(
        (one) => one >= start && one <= end && (one - start) % Number(step ?? 1) === 0,
      );
    }),
  );
  return [...named].sort((a, b) => a - b);
}
