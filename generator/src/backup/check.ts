/** What `check` finds about backups: what cannot be made, is not kept, or comes too late. */
import { backupService } from "../model/names.ts";
import { clusterFile } from "../model/paths.ts";
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import { environmentFile } from "../model/paths.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import { backupOf, locationsOf } from "../release/backup.ts";
import { ownObjects } from "../release/objects.ts";
import { backupsOf } from "./cluster.ts";
import type { BackedUp, ClusterBackups, SimulatedSchedule } from "./cluster.ts";
import { checkPlaces } from "./places.ts";
import { checkRecovery } from "./recovery-check.ts";
import type { IsInUse } from "./recovery-check.ts";
import { checkVolumes } from "./volumes.ts";
import { timeWords } from "./words.ts";

/** Problems: BACKUP_WITHOUT_SERVICE, BACKUP_PURPOSE_UNKNOWN, BACKUP_LOCATION_UNKNOWN, BACKUP_RPO_EXCEEDED, RECOVERY_TOO_SLOW, NAME_TAKEN, and those of checkVolumes. */
export function checkBackups(releases: readonly Release[], isInUse: IsInUse): Problem[] {
  const environments = [...new Set(releases.map(({ facts }) => facts))];
  return [
    ...releases.flatMap(checkVolumes),
    ...environments.flatMap(checkOffsite),
    ...checkPlaces(releases),
    ...checkRecovery(releases, isInUse),
    ...backupsOf(releases).flatMap((backups) => [
      ...checkPurposes(backups),
      ...checkMaker(backups, releases),
      ...checkTimes(backups),
    ]),
  ];
}

/** How many checks these are. They wait until all files are right. */
export const backupRuleCount = 11;

/** An environment that wants another house has one. */
function checkOffsite(facts: EnvironmentFacts): Problem[] {
  if (backupOf(facts)?.offsite === undefined || locationsOf(facts).offsite !== undefined) return [];
  return [
    problemAt("BACKUP_LOCATION_UNKNOWN", environmentFile(facts.name), ["backup", "offsite"], {
      message: `cluster ${facts.clusterName} has no location in another house`,
      expected: "a location of the cluster with offsite: true",
      fix: `add one to backup.locations in ${clusterFile(facts.clusterName)}, or remove offsite`,
      target: "key",
    }),
  ];
}

function checkPurposes({ cluster: name, facts: { cluster } }: ClusterBackups): Problem[] {
  const purposes = Object.keys(cluster.storageClasses);
  const { snapshots = {}, unreadable = [] } = cluster.backup ?? {};
  const named = [
    ...Object.entries(snapshots).flatMap(([driver, { of }]) =>
      of.map((purpose, index) => ({ purpose, keys: ["backup", "snapshots", driver, "of", index] })),
    ),
    ...unreadable.map((purpose, index) => ({ purpose, keys: ["backup", "unreadable", index] })),
  ];
  return named.flatMap(({ purpose, keys }) =>
    purposes.includes(purpose)
      ? []
      : [
          problemAt("BACKUP_PURPOSE_UNKNOWN", clusterFile(name), keys, {
            message: `no storage class of ${name} is for \`${purpose}\``,
            ...choice(purpose, purposes, "add it to storageClasses"),
          }),
        ],
  );
}

/** Who makes them is there, and knows the locations. */
function checkMaker(
  { cluster: name, facts: { cluster }, maker }: ClusterBackups,
  releases: readonly Release[],
): Problem[] {
  const file = clusterFile(name);
  if (maker === undefined) {
    const isCarrierKnown = releases.some(({ facts }) => facts.name === cluster.carrier);
    return isCarrierKnown
      ? [
          problemAt("BACKUP_WITHOUT_SERVICE", file, ["backup"], {
            message: `no environment of ${name} runs ${backupService}, which makes backups`,
            expected: `${backupService} in ${cluster.carrier}, which carries the platform`,
            fix: `npm run new-service ${backupService} -- --environment ${cluster.carrier}, or remove backup`,
            target: "key",
          }),
        ]
      : [];
  }
  const known = ownObjects(maker.service).flatMap((object) =>
    object.kind === "BackupStorageLocation" ? [object.name] : [],
  );
  return Object.keys(cluster.backup?.locations ?? {}).flatMap((location) =>
    known.includes(location)
      ? []
      : [
          problemAt("BACKUP_LOCATION_UNKNOWN", file, ["backup", "locations", location], {
            message: `${backupService} has no BackupStorageLocation \`${location}\` in ${maker.facts.name}`,
            ...choice(location, known, `add it to objects in ${maker.service.file}`),
            target: "key",
          }),
        ],
  );
}

/** Each volume that says itself how often, and all others of an environment together: they have one cause. */
function checkTimes({ volumes }: ClusterBackups): Problem[] {
  const late = volumes.filter(isLate);
  const byPlace = Map.groupBy(late, ({ release: { facts, service }, volume }) =>
    saysItself({ facts, service }, volume.name) ? `${service.file} ${volume.name}` : facts.name,
  );
  return [
    ...volumes.filter(isUnreadable).map(unreadableDump),
    ...[...byPlace.values()].flatMap(tooLate),
  ];
}

const isUnreadable = ({ dump, rpo }: BackedUp) => dump !== undefined && !Number.isFinite(rpo);

const isLate = (backed: BackedUp) =>
  !isUnreadable(backed) &&
  backed.copies.length > 0 &&
  backed.rpo >= (backupOf(backed.release.facts)?.lose ?? Infinity);

function saysItself({ service }: Pick<Release, "facts" | "service">, name: string): boolean {
  const volume = service.volumes.find((one) => one.name === name)?.volume;
  const said = volume !== undefined && "backup" in volume ? volume.backup : undefined;
  return said !== undefined && "every" in said && said.every !== undefined;
}

const toldMost = 5;

/** In: volumes with one cause. */
function tooLate(late: readonly BackedUp[]): Problem[] {
  const [worst, ...others] = late.toSorted((a, b) => b.rpo - a.rpo);
  const [first] = worst?.copies ?? [];
  if (worst === undefined || first === undefined) return [];
  const { release, volume, rpo } = worst;
  const { facts, service } = release;
  const isOwn = saysItself(release, volume.name);
  const of = `of ${service.name}/${volume.name} the work of ${timeWords(rpo)} can be lost`;
  return [
    problemAt(
      "BACKUP_RPO_EXCEEDED",
      isOwn ? service.file : environmentFile(facts.name),
      isOwn ? ["storage", volume.name, "backup", "every"] : ["backup"],
      {
        message: `${of}: ${timesText(worst, first)}`,
        found: timeWords(rpo),
        expected: `less than ${timeWords(backupOf(facts)?.lose ?? 0)}`,
        fix: `write a shorter every, less data, or lose: because("…", "say why here") in the environment; \`npm run backup -- --environment ${facts.name}\` shows the queue`,
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

function timesText(
  { dump }: BackedUp,
  { outcome: { gap, queued, job } }: SimulatedSchedule,
): string {
  const backup = `${timeWords(gap)} from backup to backup, with up to ${timeWords(queued)} in the queue, and ${timeWords(job.duration)} for the backup itself`;
  return dump === undefined
    ? backup
    : `${timeWords(dump.every)} from dump to dump, which may take ${timeWords(dump.takes)}, and then until its volume is backed up`;
}

/** What is dumped at unknown times, to nowhere or to one of several volumes, may be of any age. */
function unreadableDump({ release: { facts, service }, volume, dump }: BackedUp): Problem {
  const { dumpedBy } = volume;
  const { candidates = [] } = dump ?? {};
  const isOneOf = candidates.length > 1;
  return problemAt(
    "BACKUP_DUMP_UNREADABLE",
    dumpedBy?.service.file ?? service.file,
    dumpedBy?.component.path ?? [],
    {
      message: `${dumpedBy?.service.name} dumps ${service.name}, ${
        isOneOf
          ? `to one of its volumes ${candidates.join(", ")}, and nobody can tell which`
          : "at unknown times or to nowhere"
      }`,
      expected: isOneOf
        ? "one state volume that is backed up, and no other"
        : 'runs: schedule("*/30 * * * *", { … }) every day, and a state volume that is backed up',
      fix: isOneOf
        ? "let what dumps mount one of them, or say backup: because(false, …) of those that hold no dumps"
        : "write such a schedule, and add storage: { dumps: state({ … }) }",
    },
    facts.name,
  );
}
