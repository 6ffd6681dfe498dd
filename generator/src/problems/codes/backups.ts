/** Backups, the way back from them, and its drills. */
import type { CodeEntry } from "./entry.ts";

export const backups = {
  DRILL_WITHOUT_CHECK: {
    title: "A restore drill without a data check",
    meaning:
      "A volume is backed up on a cluster with a restore drill, and nothing says what must be in it after a restore. An empty volume would pass.",
    remedy:
      "Say `restored` at the volume: how many files, how old the newest, which files whole, which rows. Or say why it is not restored for trial.",
  },
  DRILL_WITHOUT_RESTORER: {
    title: "A restore drill with nobody who restores",
    meaning:
      "A service restores backups for trial, and no Velero runs on its cluster that could do it.",
    remedy: "Add the service `velero` to the cluster, or take the drill out.",
  },
  BACKUP_METHOD_IMPOSSIBLE: {
    title: "A backup the storage cannot make",
    meaning:
      "A volume is to be backed up by snapshots of a class without a driver that can, as files that nothing can read, or as files that only a job mounts: Velero reads files through a pod that runs.",
    remedy:
      "Take the other method or another class, tell which driver makes snapshots of it, or say why the volume is not backed up.",
  },
  BACKUP_PAUSED: {
    title: "A volume that is not backed up for now",
    meaning:
      "Velero copies files through a pod that runs, and none does that mounts the volume: its service is stopped or has no pods. Backups go on and hold nothing of it, and those that do are removed as they grow old. Or what dumps a database is stopped: backups go on and hold the last dump, whatever has been written since.",
    remedy:
      "Let the service run again before they are gone, take a class of which snapshots can be made, or say why the volume is not backed up.",
  },
  BACKUP_DATABASE_TORN: {
    title: "No whole copy of a database",
    meaning:
      "Files or snapshots of a database that runs are no backup by themselves: what is in memory is not in them, and files are read one after the other.",
    remedy:
      "Dump it to a volume and name that (`backup: { dumpedTo: … }`), or say why such a copy is whole: a database that recovers from its own log, in one snapshot.",
  },
  BACKUP_DUMP_UNREADABLE: {
    title: "Nobody knows how old a dump is",
    meaning:
      "A database is dumped by something without a schedule at even times of every day, or that keeps nothing, or keeps more than one volume and nobody can tell which has the dumps, or is said to be dumped to a volume that is not there, not backed up or not written by a schedule, so what is lost at worst cannot be told.",
    remedy: 'Run the dump by schedule("*/30 * * * *", { … }), into a state volume of its own.',
  },
  BACKUP_DUMP_TOO_OLD: {
    title: "A dump program older than its server",
    meaning:
      "pg_dump refuses a server of a later major version than its own, so every dump fails once the server is upgraded, and the last one grows old.",
    remedy:
      "Give what dumps an image of the newest server's major version, before or with the server.",
  },
  BACKUP_THROW_AWAY_KEYS: {
    title: "Backups with throw-away keys",
    meaning:
      "The environment that makes backups has the backend `fake`. Velero then signs in with a throw-away key, and encrypts with a password that everybody who reads the repository knows; copies made with another password can no longer be read.",
    remedy:
      "Keep the secrets in a store, with the password there was before. An environment that needs no backups says so.",
  },
  BACKUP_AT_ONCE_DIFFERS: {
    title: "Claims copied at once, in two numbers",
    meaning:
      "`claims.atOnce` of a cluster says how many claims a node copies or restores at once, 1 unless said, which worst cases and the plan of a recovery are reckoned with; the node agent of Velero is told another number (`loadConcurrency`), and does that.",
    remedy:
      "Write the same number in both: the node agent's is in a ConfigMap among `objects` of the service `velero`. Where `perNodeConfig` tells nodes different numbers, the smallest counts.",
  },
  BACKUP_METHODS_DIFFER: {
    title: "One storage, two ways to back it up",
    meaning:
      "Two volumes of a service have one class but different methods, or are one claim of which they say different things. Velero decides by the class.",
    remedy: "Say the same of both, or give one of them another class.",
  },
  BACKUP_KEPT_TOO_SHORT: {
    title: "Backups that are gone before the next one",
    meaning:
      "A backup is kept for less than twice the time between two: when one fails there is none at all.",
    remedy: "Keep them longer, or make them more often.",
  },
  BACKUP_RPO_EXCEEDED: {
    title: "More work can be lost than is allowed",
    meaning:
      "The time between two backups, the wait in Velero's queue and the backup itself are together longer than the environment allows to lose.",
    remedy:
      "Back up more often, make volumes smaller, measure what a claim takes (`backup.claims` of the cluster) where it is their number that counts, or allow more with a reason. `npm run backup` shows each schedule.",
  },
  BACKUP_LOCATION_UNKNOWN: {
    title: "Backups go to a place that is not there",
    meaning:
      "The cluster names a location that is no BackupStorageLocation of the service that makes backups, or an environment wants backups off-site and the cluster has no such location.",
    remedy:
      "Add the location, or correct its name. Where there is none off-site, say in the environment why: `offsite: because(false, …)`.",
  },
  BACKUP_NOTHING: {
    title: "There is nothing to come back from",
    meaning:
      "A plan for the way back was asked for, and no volume of the environment is backed up: its cluster says nothing of backups, the environment wants none, or no service keeps anything.",
    remedy:
      "Say `backup` in the file of the cluster, and take the reasons against it out of the environment and of volumes. An environment that keeps nothing is made anew by its bootstrap.",
  },
  BACKUP_UNSAID: {
    title: "Backups are wanted, and none are made",
    meaning:
      "An environment says how often it is to be backed up, or runs Velero, and its cluster does not say how: without `backup` in the file of the cluster no schedule is rendered, and nothing is backed up.",
    remedy:
      "Say `backup` in the file of the cluster: where backups lie, and what makes snapshots. Or say in the environment why there are none: `backup: because(false, …)`.",
  },
  BACKUP_ONE_HOUSE: {
    title: "Backups in one house only",
    meaning:
      "An environment keeps data that is backed up, and says nothing of another house. What the house loses, by fire, water or a thief, is lost with its backups, unless the only location of the cluster is in another house already, as a rented bucket is. An environment with throw-away secrets is for trying things and is not told.",
    remedy:
      'Name a location with `offsite: true` in the file of the cluster and say `offsite` in `backup` of the environment. Or say there why there is none: `offsite: because(false, …)`, as of a cluster whose only location is in another house already: `because(false, "the one location is a rented bucket")`.',
  },
  BACKUP_STORE_INSIDE: {
    title: "Backups that lie in the cluster they protect",
    meaning:
      "The location that a recovery restores from is a service of the same cluster, by its name there, by a route or by an address. Its data is lost with the cluster, or it starts only after the data that is to come from it; of an upstream chart nobody here knows where its data lies, which is a warning.",
    remedy:
      "Name a store outside of the cluster. One on the cluster will do if it keeps its data on a share, and its tier is in the layer `platform` or an earlier one.",
  },
  BACKUP_WITHOUT_SERVICE: {
    title: "Nothing makes the backups",
    meaning: "The cluster says how volumes are backed up, and no environment of it runs Velero.",
    remedy: "Add velero to the carrier.",
  },
  RECOVERY_CANNOT_BEGIN: {
    title: "A recovery that waits for itself",
    meaning:
      "After the loss of a cluster, first comes back what keeps no data and waits for none, then data. Velero, which restores it, has a tier that starts after data, or needs or logs in at a service that keeps some or waits for some, so it would never come back.",
    remedy:
      "Let Velero need nothing that keeps data: reach (`consumes`) is enough for what is only called. Or let the other service keep its data outside of the cluster.",
  },
  RECOVERY_TOO_SLOW: {
    title: "Back too late after a disaster",
    meaning:
      "By declared sizes and speeds it takes longer than allowed until all but bulk runs again when the cluster is lost.",
    remedy:
      "Give large volumes the class `bulk` or make them smaller, which only those can become that are not in use yet; make the location faster and say its measured speed. Where the number of claims counts, measure what one takes (`backup.claims` of the cluster), or let nodes restore more at once. Or allow more with a reason. `npm run dr-plan` shows each step.",
  },
  BACKUP_PURPOSE_UNKNOWN: {
    title: "Backups of a storage class that is not there",
    meaning: "The facts about backups name a purpose no storage class of the cluster is for.",
    remedy: "Correct the name, or take it out.",
  },
} as const satisfies Record<string, CodeEntry>;
