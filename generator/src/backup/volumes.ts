/** What is wrong with how single volumes are backed up. */
import type { Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import type { ProblemCode } from "../problems/codes.ts";
import { problemAt } from "../problems/report.ts";
import type { ProblemText } from "../problems/report.ts";
import { clusterFile } from "../model/paths.ts";
import { storagePurpose } from "../model/storage-purpose.ts";
import { backedVolumes, backupOf, snapshotDriver } from "../release/backups/backed-volumes.ts";
import type { BackedVolume } from "../release/backups/backed-volumes.ts";
import { isClaim } from "../release/claims.ts";
import { kindThatEnds } from "../release/components.ts";
import { mounts } from "../release/containers.ts";
import { isPostgresCluster } from "../release/postgres.ts";
import { keptTooShort } from "./kept-too-short.ts";
import { keptWords } from "./words.ts";

type Report = (code: ProblemCode, keys: readonly string[], text: ProblemText) => Problem;

/** Problems: BACKUP_DATABASE_TORN, BACKUP_METHOD_IMPOSSIBLE, BACKUP_PAUSED, BACKUP_METHODS_DIFFER, BACKUP_KEPT_TOO_SHORT. */
export function checkVolumes(release: Release): Problem[] {
  const { service, facts } = release;
  const report: Report = (code, keys, text) =>
    problemAt(code, service.file, keys, text, facts.name);
  const volumes = backedVolumes(release);
  return [
    ...volumes.flatMap((volume) => [
      ...torn(release, volume, report),
      ...impossible(release, volume, report),
      ...paused(release, volume, report),
      ...goneTooSoon(volume, report),
    ]),
    ...mixed(volumes, report),
    ...oneClaim(release, report),
  ];
}

/** The files of a database that runs are not whole, unless somebody knows why they are. */
function torn(release: Release, volume: BackedVolume, report: Report): Problem[] {
  if (volume.isWhole) return [];
  const { name, method } = volume;
  return [
    report("BACKUP_DATABASE_TORN", ["storage", name], {
      message: `nothing makes a whole copy of the database in \`${name}\` while it runs`,
      found: method === "snapshot" ? "a snapshot" : "its files",
      expected: "a dump, or a reason why such a copy is whole",
      fix: `${dumpFix(release)}, or write backup: { whole: because(true, "say why here") }`,
    }),
  ];
}

/** What dumps PostgreSQL runs on a schedule, and only a snapshot reads a volume that no pod mounts at that time. */
function dumpFix({ service, facts }: Release): string {
  if (!service.components.some(isPostgresCluster))
    return 'dump it on a schedule to a state volume, and say backup: { dumpedTo: "<service>/<volume>" } here';
  const hasSnapshots = Object.keys(facts.cluster.storageClasses).some(
    (purpose) => snapshotDriver(facts, purpose) !== undefined,
  );
  return hasSnapshots
    ? `add a service that dumps it, with consumes: { ${JSON.stringify(service.name)}: { login: "dump", readsAll: true } } (\`npm run new-service postgres-dump\`)`
    : `give it, and what dumps it, a class whose driver makes snapshots, and name that in backup.snapshots of ${clusterFile(facts.clusterName)}`;
}

function impossible(release: Release, volume: BackedVolume, report: Report): Problem[] {
  const { facts } = release;
  const { name, purpose, method } = volume;
  const file = clusterFile(facts.clusterName);
  const no = (message: string, fix: string) => [
    report("BACKUP_METHOD_IMPOSSIBLE", ["storage", name], {
      message,
      found: `${method}, of class \`${purpose}\``,
      expected: "a method its storage can do",
      fix: `${fix}, or say why it is not backed up: backup: because(false, "say why here")`,
    }),
  ];
  if (method === "snapshot")
    return snapshotDriver(facts, purpose) === undefined
      ? no(
          `nothing makes snapshots of \`${name}\``,
          `write method: "files", or name the driver in backup.snapshots of ${file}`,
        )
      : [];
  if (facts.cluster.backup?.unreadable?.includes(purpose) === true)
    return no(
      `nothing can read the files of \`${name}\`: its class makes folders of a node`,
      "take another class",
    );
  return onlyJobsMount(release, name)
    ? no(
        `only a job mounts \`${name}\`, and Velero reads files through a pod that runs`,
        "take a class of which snapshots can be made",
      )
    : [];
}

/** A claim nobody mounts in this service is somebody else's matter. */
function onlyJobsMount({ service }: Release, volume: string): boolean {
  const mounting = service.components.filter((component) => mounts(component, volume));
  return (
    mounting.length > 0 && mounting.every((component) => kindThatEnds(component) !== undefined)
  );
}

/** A warning: a service may be stopped for a while. Its last backup goes when it is as old as it was to be kept. */
function paused({ service }: Release, volume: BackedVolume, report: Report): Problem[] {
  const { name, keep, isPaused } = volume;
  if (!isPaused) return [];
  return [
    report("BACKUP_PAUSED", ["storage", name], {
      severity: "warning",
      message: `no pod that mounts \`${name}\` runs, and Velero reads files through one: nothing of it is backed up, and its last backup is gone after ${keptWords(keep)}`,
      found: service.spec.stopped === true ? "stopped: true" : "no pods",
      expected: "a pod that runs, or a method that needs none",
      fix: 'let it run again before that, take a class of which snapshots can be made, or say why it is not backed up: backup: because(false, "say why here")',
      target: "key",
    }),
  ];
}

function goneTooSoon({ name, every, keep }: BackedVolume, report: Report): Problem[] {
  const where = ", here or in the environment";
  const text = keptTooShort({ what: `backups of \`${name}\``, every, keep, where });
  return text === undefined ? [] : [report("BACKUP_KEPT_TOO_SHORT", ["storage", name], text)];
}

/** What decides is the class, for all volumes of the namespace. */
function mixed(volumes: readonly BackedVolume[], report: Report): Problem[] {
  return volumes.flatMap((volume, index) => {
    const other = volumes
      .slice(0, index)
      .find((before) => before.class === volume.class && before.method !== volume.method);
    return other === undefined
      ? []
      : [
          report("BACKUP_METHODS_DIFFER", ["storage", volume.name], {
            message: `\`${other.name}\` and \`${volume.name}\` have one class, and Velero decides by the class`,
            found: `${other.method} and ${volume.method}`,
            expected: "one method for all volumes of a class in a service",
            fix: `write the same method for both, or give one of them another class`,
          }),
        ];
  });
}

/** Two volumes that take over one claim are one claim: it has one class, and holds one kind of data. */
function oneClaim({ service, facts }: Release, report: Report): Problem[] {
  if (backupOf(facts) === undefined) return [];
  const adopted = service.volumes.flatMap(({ name, volume }) =>
    isClaim(volume) && volume.adopt !== undefined ? [{ name, volume, claim: volume.adopt }] : [],
  );
  return adopted.flatMap(({ name, volume, claim }, index) => {
    const other = adopted.slice(0, index).find((before) => before.claim === claim);
    if (other === undefined) return [];
    const same =
      other.volume.holds === volume.holds &&
      storagePurpose(other.volume) === storagePurpose(volume);
    return same
      ? []
      : [
          report("BACKUP_METHODS_DIFFER", ["storage", name], {
            message: `\`${other.name}\` and \`${name}\` take over the claim \`${claim}\`, and say different things of it`,
            found: `${other.volume.holds} of class ${storagePurpose(other.volume)}, and ${volume.holds} of class ${storagePurpose(volume)}`,
            expected: "one kind of data and one class for one claim",
            fix: "say the same of both, or adopt two claims",
          }),
        ];
  });
}
