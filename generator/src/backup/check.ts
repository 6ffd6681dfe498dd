/** What `check` finds about backups: what cannot be made, is not kept, or comes too late. */
import { clusterFile } from "../model/paths.ts";
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import { environmentFile } from "../model/paths.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import { backupOf, backupService, locationsOf } from "../release/backup.ts";
import { backupsOf } from "./cluster.ts";
import type { BackedUp, ClusterBackups } from "./cluster.ts";
import { checkVolumes } from "./volumes.ts";
import { timeWords } from "./words.ts";

/** Problems: BACKUP_WITHOUT_SERVICE, BACKUP_PURPOSE_UNKNOWN, BACKUP_LOCATION_UNKNOWN, BACKUP_RPO_EXCEEDED, and those of checkVolumes. */
export function checkBackups(releases: readonly Release[]): Problem[] {
  const environments = [...new Set(releases.map(({ facts }) => facts))];
  return [
    ...releases.flatMap(checkVolumes),
    ...environments.flatMap(checkOffsite),
    ...backupsOf(releases).flatMap((backups) => [
      ...checkPurposes(backups),
      ...checkMaker(backups, releases),
      ...backups.volumes.flatMap(tooLate),
    ]),
  ];
}

/** How many checks these are. They wait until all files are right. */
export const backupRuleCount = 7;

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
  const known = Object.entries(maker.service.spec.objects ?? {}).flatMap(([key, object]) =>
    object.kind === "BackupStorageLocation" ? [object.metadata?.name ?? key] : [],
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

/** At the volume where it says something itself, else at its environment. */
function tooLate({ release, volume, copies, rpo }: BackedUp): Problem[] {
  const { facts, service } = release;
  const allowed = backupOf(facts)?.lose ?? Infinity;
  const [first] = copies;
  if (first === undefined || rpo < allowed) return [];
  const { gap, queued, job } = first.outcome;
  return [
    problemAt(
      "BACKUP_RPO_EXCEEDED",
      service.file,
      ["storage", volume.name],
      {
        message: `of \`${volume.name}\` the work of ${timeWords(rpo)} can be lost: ${timeWords(gap)} from backup to backup, with up to ${timeWords(queued)} in the queue, and ${timeWords(job.duration)} for the backup itself`,
        found: timeWords(rpo),
        expected: `less than ${timeWords(allowed)}`,
        fix: `write a shorter backup.every here or in ${environmentFile(facts.name)}, less data, or lose: because("…", "say why here") there; \`npm run backup -- --environment ${facts.name}\` shows the queue`,
      },
      facts.name,
    ),
  ];
}
