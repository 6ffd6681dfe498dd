/** What the release that makes backups is given: schedules, how each volume is copied, classes of snapshots. */
import type { Derived } from "../model/derived.ts";
import { valuesOf } from "../model/derived.ts";
import { backupLabel, clusterScopedName } from "../model/names.ts";
import type { BackupSchedule, Release } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { goDuration } from "../model/units.ts";
import { giveUpAfter } from "../release/backups/times.ts";
import { clusterFact, namespaceFact } from "../release/causes.ts";
import { compact } from "./compact.ts";

type Schedules = ServiceValues["backupSchedules"];
type SnapshotClasses = ServiceValues["snapshotClasses"];

export const backupSchedules = (release: Release): Schedules =>
  Object.fromEntries(valuesOf(derivedSchedules(release)));

export const snapshotClasses = (release: Release): SnapshotClasses =>
  Object.fromEntries(valuesOf(derivedSnapshotClasses(release)));

/** Those of its cluster, for the release that makes backups. */
export function derivedSchedules({
  facts,
  backups = [],
}: Release): Derived<[string, Schedules[string]]>[] {
  return backups.map((schedule) => ({
    value: [
      schedule.name,
      {
        cron: schedule.cron,
        location: schedule.location,
        keep: goDuration(schedule.keep),
        itemOperationTimeout: goDuration(giveUpAfter(schedule.first)),
        namespaces: [...schedule.namespaces],
        policy: schedule.name,
        ...(Object.values(schedule.classes).includes("snapshot") ? { moves: true as const } : {}),
      },
    ],
    rule: "backup-schedule",
    causes: [clusterFact(facts, "backup")],
  }));
}

/** One a driver, whatever it makes. */
export function derivedSnapshotClasses({
  facts,
  service,
  backups,
}: Release): Derived<[string, SnapshotClasses[string]]>[] {
  if (backups === undefined) return [];
  return Object.entries(facts.cluster.backup?.snapshots ?? {}).map(([driver, { parameters }]) => ({
    value: [
      clusterScopedName(service.namespace, driver.replaceAll(".", "-")),
      compact({ driver, parameters }),
    ],
    rule: "snapshot-class",
    causes: [clusterFact(facts, "backup", "snapshots", driver), namespaceFact(service)],
  }));
}

/** A ConfigMap for each schedule. */
export const backupPolicies = (release: Release): ServiceValues["configMaps"] =>
  Object.fromEntries(
    valuesOf(derivedPolicies(release)).map((schedule) => [
      schedule.name,
      { "policy.yaml": { text: policyText(schedule) } },
    ]),
  );

export const derivedPolicies = ({ facts, backups = [] }: Release): Derived<BackupSchedule>[] =>
  backups.map((value) => ({
    value,
    rule: "backup-policy",
    causes: [clusterFact(facts, "backup"), clusterFact(facts, "storageClasses")],
  }));

/** The first policy that fits a volume counts. No volume is without one: what nobody thought of is not copied. */
function policyText({ classes }: BackupSchedule): string {
  return [
    "version: v1",
    "volumePolicies:",
    ...policy(`pvcLabels: { ${backupLabel}: none }`, "skip"),
    ...Object.entries(classes).flatMap(([name, method]) =>
      policy(`storageClass: [${name}]`, method === "files" ? "fs-backup" : "snapshot"),
    ),
    ...policy('capacity: "1,"', "skip"),
    "",
  ].join("\n");
}

const policy = (conditions: string, action: string) => [
  `  - conditions: { ${conditions} }`,
  `    action: { type: ${action} }`,
];
