/** Rules of the restore drill. */
export const drillRules = {
  "volume-drilled": {
    says: "Where a cluster has a restore drill, each volume that is backed up is restored for trial, and what proves it is looked at before anything starts on it.",
  },
  "service-started-in-drill": {
    says: "A service that needs nobody else, and loosens nothing, is started on its restored volumes, must be ready, and answers where it is asked for its health.",
  },
} as const;
