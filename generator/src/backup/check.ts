/** What `check` finds about backups: what cannot be made, is not kept, or comes too late. */
import { backupService } from "../model/known-services.ts";
import { clusterFile } from "../model/paths.ts";
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import { environmentFile } from "../model/paths.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import { backupOf } from "../release/backups/backed-volumes.ts";
import { ownObjects } from "../release/objects.ts";
import { atOnceDiffers } from "./at-once.ts";
import { backupsOf } from "./cluster.ts";
import type { BackedUp, ClusterBackups } from "./cluster.ts";
import { olderThanServer } from "./dump-version.ts";
import { unreadableDumpedTo } from "./dumped-to.ts";
import { makerHeld } from "./maker-held.ts";
import { checkOffsite } from "./offsite.ts";
import { checkPlaces } from "./places.ts";
import { checkRecovery } from "./recovery-check.ts";
import type { IsInUse } from "./recovery-check.ts";
import { storeInside } from "./store-inside.ts";
import { throwAwayKeys } from "./throw-away-keys.ts";
import { saysItself, tooLate } from "./too-late.ts";
import { pausedDump, unreadableDump } from "./unreadable.ts";
import { checkVolumes } from "./volumes.ts";

/** Problems: BACKUP_UNSAID, BACKUP_ONE_HOUSE, BACKUP_WITHOUT_SERVICE, BACKUP_PURPOSE_UNKNOWN, BACKUP_LOCATION_UNKNOWN, BACKUP_STORE_INSIDE, RECOVERY_CANNOT_BEGIN, BACKUP_RPO_EXCEEDED, RECOVERY_TOO_SLOW, BACKUP_KEPT_TOO_SHORT, BACKUP_DUMP_UNREADABLE, BACKUP_THROW_AWAY_KEYS, BACKUP_DUMP_TOO_OLD, BACKUP_AT_ONCE_DIFFERS, NAME_TAKEN, and those of checkVolumes. */
export function checkBackups(releases: readonly Release[], isInUse: IsInUse): Problem[] {
  const environments = [...new Set(releases.map(({ facts }) => facts))];
  return [
    ...releases.flatMap(checkVolumes),
    ...releases.flatMap(olderThanServer),
    ...unreadableDumpedTo(releases),
    ...environments.flatMap((facts) => unsaid(facts, releases)),
    ...environments.flatMap((facts) => checkOffsite(facts, releases)),
    ...checkPlaces(releases),
    ...checkRecovery(releases, isInUse),
    ...backupsOf(releases).flatMap((backups) => [
      ...checkPurposes(backups),
      ...checkMaker(backups, releases),
      ...makerHeld(backups),
      ...atOnceDiffers(backups),
      ...storeInside(backups),
      ...throwAwayKeys(backups),
      ...checkTimes(backups),
    ]),
  ];
}

/** How many checks these are. They wait until all files are right. */
export const backupRuleCount = 19;

/** An environment that wants backups, by its own word or as it runs what makes them, has a cluster that says how. */
function unsaid(facts: EnvironmentFacts, releases: readonly Release[]): Problem[] {
  const { name, cluster, clusterName, environment } = facts;
  const { backup } = environment;
  if (cluster.backup !== undefined || (backup !== undefined && "because" in backup)) return [];
  const runs = releases.some((one) => one.facts === facts && one.service.name === backupService);
  if (backup === undefined && !runs) return [];
  const problem = problemAt("BACKUP_UNSAID", environmentFile(name), ["backup"], {
    severity: "warning",
    message: `nothing of ${name} is backed up, as cluster ${clusterName} does not say how`,
    expected: `backup in ${clusterFile(clusterName)}`,
    fix: `add backup: { locations: { … }, … } there, as docs/guide-backup.md has it; or say backup: because(false, "say why here") here`,
    target: "key",
  });
  return [problem];
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
            expected: `${backupService} in ${cluster.carrier}, the carrier`,
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
function checkTimes({ volumes, schedules }: ClusterBackups): Problem[] {
  const late = volumes.filter(isLate);
  const byPlace = Map.groupBy(late, ({ release: { facts, service }, volume }) =>
    saysItself({ facts, service }, volume.name) ? `${service.file} ${volume.name}` : facts.name,
  );
  return [
    ...volumes.filter(isUnreadable).map(unreadableDump),
    ...volumes.flatMap(pausedDump),
    ...[...byPlace.values()].flatMap((together) => tooLate(together, schedules)),
  ];
}

const isUnreadable = ({ dump }: BackedUp) =>
  dump !== undefined && (dump.volume === undefined || !Number.isFinite(dump.every));

const isLate = (backed: BackedUp) =>
  !isUnreadable(backed) &&
  backed.dump?.isPaused !== true &&
  backed.copies.length > 0 &&
  backed.rpo >= (backupOf(backed.release.facts)?.lose ?? Infinity);
