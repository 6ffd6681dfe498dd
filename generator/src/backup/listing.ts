/**
 * Volumes and schedules of an environment, as rows for people and as facts for machines. Sizes are bytes, times seconds; `null` is
 * what there is none of.
 */
import { bytesWords } from "../model/units.ts";
import { backupOf, derivedBackups } from "../release/backups/backed-volumes.ts";
import type { Release } from "../model/platform.ts";
import { derivedUntried } from "../release/drill/volumes.ts";
import { sizeOf } from "../release/backups/times.ts";
import type { BackedUp, ClusterBackups, SimulatedSchedule } from "./cluster.ts";
import { keptWords, timeWords } from "./words.ts";

/** JSON knows no number without end. */
type ListedTime = number | "never";

export interface ListedVolume {
  readonly volume: string;
  readonly holds: string;
  readonly method: string;
  readonly schedule: string;
  readonly rpo: ListedTime;
  readonly keep: number;
  readonly size: number;
  readonly offsite: {
    readonly schedule: string;
    readonly rpo: ListedTime;
    readonly keep: number;
  } | null;
}

export interface ListedSchedule {
  readonly schedule: string;
  readonly cron: string;
  readonly location: string;
  readonly namespaces: number;
  readonly rpo: ListedTime;
  readonly gap: ListedTime;
  readonly queued: ListedTime;
  readonly duration: ListedTime;
  readonly first: number;
  readonly skipped: number;
}

export interface ListedBackups {
  readonly environment: string;
  readonly lose: number | null;
  readonly volumes: readonly ListedVolume[];
  readonly schedules: readonly ListedSchedule[];
  /** Volumes that are not backed up, and why. */
  readonly without: readonly { readonly volume: string; readonly why: string }[];
  /** Volumes that are, and that no restore drill of the cluster tries, and why. */
  readonly untried: readonly { readonly volume: string; readonly why: string }[];
  /** Services that are upstream charts: nobody here knows what those claim. */
  readonly charts: readonly string[];
}

/** In: an environment, its releases, the backups of its cluster. Out: its own. */
export function listBackups(
  environment: string,
  releases: readonly Release[],
  { volumes, schedules }: Pick<ClusterBackups, "volumes" | "schedules">,
): ListedBackups {
  const facts = releases[0]?.facts;
  return {
    environment,
    lose: (facts === undefined ? undefined : backupOf(facts)?.lose) ?? null,
    volumes: volumes.filter(({ release }) => release.facts.name === environment).map(listVolume),
    schedules: schedules.filter((one) => one.environment === environment).map(listSchedule),
    without: releases.flatMap((release) =>
      derivedBackups(release).flatMap(({ value }) => {
        const reason = "why" in value ? value.why : value.isPaused ? "paused" : undefined;
        return reason === undefined || reason === "dump"
          ? []
          : [{ volume: `${release.service.name}/${value.name}`, why: reason }];
      }),
    ),
    charts: releases.flatMap(({ service }) => (service.kind === "chart" ? [service.name] : [])),
    untried: releases.flatMap((release) =>
      derivedUntried(release).map(({ value: { name, untried } }) => ({
        volume: `${release.service.name}/${name}`,
        why: untried,
      })),
    ),
  };
}

function listVolume({
  release,
  volume,
  copies: [first, offsite],
  rpo,
  dump,
}: BackedUp): ListedVolume {
  return {
    volume: `${release.service.name}/${volume.name}`,
    holds: volume.holds,
    method: [
      ...(dump === undefined ? [] : [`dump by ${dump.volume}`]),
      ...(volume.method === undefined ? [] : [volume.method]),
    ].join(", "),
    schedule: first?.name ?? "",
    rpo: listTime(rpo),
    keep: first?.keep ?? 0,
    size: sizeOf([volume]),
    offsite:
      offsite === undefined
        ? null
        : { schedule: offsite.name, rpo: listTime(offsite.outcome.rpo), keep: offsite.keep },
  };
}

const listSchedule = (schedule: SimulatedSchedule): ListedSchedule => ({
  schedule: schedule.name,
  cron: schedule.cron,
  location: schedule.location,
  namespaces: schedule.namespaces.length,
  rpo: listTime(schedule.outcome.rpo),
  gap: listTime(schedule.outcome.gap),
  queued: listTime(schedule.outcome.queued),
  duration: listTime(schedule.outcome.takes),
  first: schedule.first,
  skipped: schedule.outcome.skipped,
});

const listTime = (length: number): ListedTime => (Number.isFinite(length) ? length : "never");
const listedWords = (time: ListedTime): string => timeWords(time === "never" ? Infinity : time);

const why: Readonly<Record<string, string>> = {
  cache: "can be made again",
  share: "lies on the home network",
  service: "as its service says",
  environment: "as its environment says",
  paused: "no pod runs through which its files are copied",
  torn: "its backup is files copied one after the other, no database",
};

const byReason = (what: string, volumes: ListedBackups["without"]): string[] =>
  [...Map.groupBy(volumes, (one) => one.why)].map(
    ([reason, mine]) =>
      `${what} (${why[reason] ?? reason}): ${mine.map(({ volume }) => volume).join(", ")}`,
  );

/** Tables, the headings first, with a line of text before and after. */
export function backupRows({ volumes, schedules, without, untried, charts, lose }: ListedBackups): {
  readonly volumes: readonly (readonly string[])[];
  readonly schedules: readonly (readonly string[])[];
  readonly notes: readonly string[];
} {
  return {
    volumes: [
      ["volume", "holds", "method", "schedule", "worst-case RPO", "kept", "size", "off-site"],
      ...volumes.map((one) => [
        one.volume,
        one.holds,
        one.method,
        one.schedule,
        listedWords(one.rpo),
        keptWords(one.keep),
        bytesWords(one.size),
        one.offsite === null
          ? "no"
          : `${listedWords(one.offsite.rpo)}, kept ${keptWords(one.offsite.keep)}`,
      ]),
    ],
    schedules: [
      ["schedule", "when (UTC)", "into", "gap", "queue", "backup", "RPO", "first backup"],
      ...schedules.map((one) => [
        one.schedule,
        one.cron,
        one.location,
        listedWords(one.gap),
        listedWords(one.queued),
        listedWords(one.duration),
        listedWords(one.rpo),
        timeWords(one.first),
      ]),
    ],
    notes: [
      ...(lose === null ? [] : [`At most ${timeWords(lose)} may be lost.`]),
      ...byReason("Not backed up", without),
      ...(charts.length === 0
        ? []
        : [`Not known, and not backed up: what upstream charts claim (${charts.join(", ")})`]),
      ...byReason("Not restored for trial", untried),
      ...schedules
        .filter(({ skipped }) => skipped > 0)
        .map(
          ({ schedule, skipped }) =>
            `${schedule} is left out ${skipped.toFixed(1)} times a day, as the one before is not done.`,
        ),
    ],
  };
}
