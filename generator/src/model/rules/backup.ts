/** Rules of backups. */
export const backupRules = {
  "volume-backed-up": {
    says: "What a service cannot make again is backed up, by what its storage can: a snapshot that is copied to the object store, or its files.",
    source: "Velero, CSI snapshot data movement and file system backup",
  },
  "volume-not-backed-up": {
    says: "What can be made again, is shared from elsewhere, is dumped to another volume, or is said not to be worth it, is not backed up.",
  },
  "backup-schedule": {
    says: "Namespaces whose volumes are backed up as often, kept as long and of the same classes have one schedule: Velero makes one backup at a time.",
    source: "Velero, Schedule",
  },
  "backup-policy": {
    says: "A schedule copies volumes of its own classes, each by one method; caches, and what nobody thought of, are left out.",
    source: "Velero, Resource policies",
  },
  "snapshot-class": {
    says: "A driver that can snapshot has one class of snapshots, which Velero finds by its label.",
    source: "Velero, CSI support",
  },
} as const;
