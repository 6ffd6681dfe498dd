/** Backups that come too late, what keeps them, and what would help. */
import { clusterFile, environmentFile } from "../model/paths.ts";
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { backupOf } from "../release/backups/backed-volumes.ts";
import type { BackedUp, SimulatedSchedule } from "./cluster.ts";
import { claimWords, timeWords } from "./words.ts";

/** Whether a volume says itself how often it is backed up. */
export function saysItself({ service }: Pick<Release, "facts" | "service">, name: string): boolean {
  const volume = service.volumes.find((one) => one.name === name)?.volume;
  const said = volume !== undefined && "backup" in volume ? volume.backup : undefined;
  return said !== undefined && "every" in said && said.every !== undefined;
}

const toldMost = 5;

/** In: volumes with one cause, and the queue they are in. Problems: BACKUP_RPO_EXCEEDED. */
export function tooLate(
  late: readonly BackedUp[],
  schedules: readonly SimulatedSchedule[],
): Problem[] {
  const [worst, ...others] = late.toSorted((a, b) => b.rpo - a.rpo);
  const [first] = worst?.copies ?? [];
  if (worst === undefined || first === undefined) return [];
  const { release, volume, rpo } = worst;
  const { facts, service } = release;
  const isOwn = saysItself(release, volume.name);
  const lose = backupOf(facts)?.lose ?? 0;
  const limit = limitOf(worst, first, lose);
  const of = Number.isFinite(rpo)
    ? `of ${service.name}/${volume.name} the work of ${timeWords(rpo)} can be lost: ${timesText(worst, first)}`
    : `what is to be copied of ${service.name}/${volume.name} comes later every day, as more is asked for than there is time`;
  const longest = longestOf(schedules);
  const isByClaims =
    (limit === "queue" ? longest : [first]).some(costsByClaims) &&
    (limit !== "every" || rpo - first.ofClaims < lose);
  return [
    problemAt(
      "BACKUP_RPO_EXCEEDED",
      isOwn ? service.file : environmentFile(facts.name),
      isOwn ? ["storage", volume.name, "backup", "every"] : ["backup"],
      {
        message: `${of}${limit === "queue" ? longestText(longest) : ""}`,
        found: timeWords(rpo),
        expected: `less than ${timeWords(lose)}`,
        fix: `${remedies[limit]}${isByClaims ? `, ${claimRemedy(facts)}` : ""}, or lose: because("…", "say why here") in the environment; \`npm run backup -- --environment ${facts.name}\` shows the queue`,
        target: isOwn ? "value" : "key",
        related: others.slice(0, toldMost).map((one) => ({
          file: one.release.service.file,
          note: `${one.release.service.name}/${one.volume.name}: ${timeWords(one.rpo)}`,
        })),
      },
      facts.name,
    ),
  ];
}

function timesText({ dump }: BackedUp, schedule: SimulatedSchedule): string {
  const { gap, queued, takes } = schedule.outcome;
  const backup = `${timeWords(gap)} from backup to backup, with up to ${timeWords(queued)} in the queue, and ${timeWords(takes)} for the backup itself${costsByClaims(schedule) ? ` (${claimsText(schedule)})` : ""}`;
  return dump === undefined
    ? backup
    : `${timeWords(dump.every)} from dump to dump, which may take ${timeWords(dump.takes)}, and then until its volume is backed up`;
}

type Limit = "every" | "duration" | "queue" | "dump";

/** What keeps it from coming in time: with nothing else in the queue it would, or not even then. */
function limitOf(
  { dump, rpo }: BackedUp,
  { every, alone }: SimulatedSchedule,
  lose: number,
): Limit {
  const dumped = dump === undefined ? 0 : dump.every + dump.takes;
  if (dumped >= lose) return "dump";
  if (!Number.isFinite(rpo)) return "queue";
  // What takes longer than `every` is not made more often by a shorter one.
  if (dumped + alone >= lose || alone > every) return "duration";
  return dumped + every + alone >= lose ? "every" : "queue";
}

const remedies: Readonly<Record<Limit, string>> = {
  every: "write a shorter every, less data",
  duration: "less data, a method that copies less, a faster location",
  dump: "dump more often, with a shorter endsWithin",
  // What is asked for more often waits all the same, and makes the others wait.
  queue:
    'leave less to the queue (a shorter every fills it more): of the longest less data, a longer every, or backup: because(false, "say why here") for what can be made anew; a faster location',
};

const longestMost = 3;

/** What fills the queue. */
const longestOf = (schedules: readonly SimulatedSchedule[]): SimulatedSchedule[] =>
  schedules
    .toSorted((a, b) => b.alone - a.alone || (a.name < b.name ? -1 : 1))
    .slice(0, longestMost);

const longestText = (longest: readonly SimulatedSchedule[]): string =>
  `; longest in the queue: ${longest
    .map((one) => {
      const claims = costsByClaims(one) ? `: ${claimsText(one)}` : "";
      return `${one.name} (${timeWords(one.alone)} every ${timeWords(one.every)}${claims})`;
    })
    .join(", ")}`;

/** Whether what it takes depends more on how many claims it has than on what is in them. */
const costsByClaims = ({ alone, ofClaims }: SimulatedSchedule): boolean => ofClaims > alone / 2;

const claimsText = ({ claims, ofClaims }: SimulatedSchedule): string =>
  `${timeWords(ofClaims)} of it for ${claimWords(claims)}, whatever is in them`;

const claimRemedy = ({ clusterName }: EnvironmentFacts): string =>
  `what a claim takes measured and written to backup.claims of ${clusterFile(clusterName)}`;
