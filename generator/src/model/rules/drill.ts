/** Rules of the restore drill. */
export const drillRules = {
  "volume-drilled": {
    says: "Where a cluster has a restore drill, each volume that is backed up is restored for trial, and what proves it is looked at before anything starts on it.",
  },
  "volume-not-drilled": {
    says: "A volume is not restored for trial where its service says why, nor is that of a PostgreSQL cluster whose files are copied one after the other (no server starts on them for certain), nor one whose files are copied through pods while none runs.",
  },
  "service-started-in-drill": {
    says: "A service that needs nobody else, and loosens nothing, is started on its restored volumes, must be ready, and answers where it is asked for its health.",
  },
  "drill-rights": {
    says: "The restore drill may ask for Restores where they are made, and do nothing else there.",
    source: "Velero, Restore",
  },
  "drill-changes": {
    says: "What is restored for trial is changed on its way: it has the pods that it needs, least urgent, and pods through which files come keep every rule.",
    source: "Velero, Restore Resource Modifiers",
  },
} as const;
