/** Alerts on backups: each schedule, and each place they go to. */
import type { AlertKind } from "./kind.ts";

export const backupAlerts = {
  BackupOverdue: {
    severity: "critical",
    for: "10m",
    summary:
      "Schedule {{ $labels.schedule }} has made no backup for {{ $value | humanizeDuration }}.",
    meaning:
      "What was written since then is lost if its volumes are. A backup should have come in the meantime, with all that may wait before it in the queue.",
    lookAt: [
      "What runs and what waits: `kubectl --namespace <namespace> get backups.velero.io --sort-by=.metadata.creationTimestamp`.",
      "What may be lost by design, and the queue: `npm run backup -- --environment <environment>`.",
      "Whether the schedule is paused or not valid: `kubectl --namespace <namespace> get schedules.velero.io`.",
    ],
    remedy: [
      "One backup holds up all others: see its data uploads, `kubectl --namespace <namespace> get datauploads.velero.io`; delete a backup that will never end.",
      "Backups fail: [BackupFailing](BackupFailing.md).",
      "The cluster was restored and its whole root not applied yet: docs/guide-disaster-recovery.md.",
    ],
  },
  BackupMissing: {
    severity: "critical",
    forAsLongAs:
      "the longest interval of its location, an hour and a half, and the first backups into it take, by declared sizes and speeds",
    summary:
      "Schedule {{ $labels.schedule }} has never made a backup; begun since Velero was started: {{ $value }}.",
    meaning:
      "Nothing can be restored from it. By its size and the declared speed it has made its first backup by now, had it waited for all others of its location.",
    lookAt: [
      "Whether it is there: `kubectl --namespace <namespace> get schedules.velero.io`.",
      "Whether its first backup still runs, which copies everything: `kubectl --namespace <namespace> get backups.velero.io`.",
    ],
    remedy: [
      "First backups into another location hold it up: it comes once they are copied (`npm run backup` says how long they take).",
      "Its first backup still runs: the location is slower than declared. Measure it, and write that `speed` in the file of the cluster.",
      "It is not there: Argo CD says why, in the Application of Velero that ends with `applications`.",
      "Its first backup fails: [BackupFailing](BackupFailing.md).",
    ],
  },
  BackupFailing: {
    severity: "warning",
    summary:
      "Backups of {{ $labels.schedule }} that failed in six hours, all or part: {{ $value | printf `%.0f` }}.",
    meaning:
      "Some volume or object is not in a backup. The one before it is what would be restored.",
    lookAt: [
      "Its errors: `velero backup describe <name> --details`, `velero backup logs <name>`.",
      "Data that was not copied: `kubectl --namespace <namespace> get datauploads.velero.io,podvolumebackups.velero.io`.",
    ],
    remedy: [
      "A snapshot fails: the storage driver says why; see the VolumeSnapshot in the namespace of the volume.",
      "The bucket refuses it: [BackupLocationDown](BackupLocationDown.md).",
      "It was not valid (`FailedValidation`), so nothing was copied: `kubectl --namespace <namespace> describe backups.velero.io <name>` says why.",
      "A pod's volume cannot be read: the node agent does not run on its node.",
    ],
  },
  BackupLocationDown: {
    severity: "critical",
    for: "15m",
    summary:
      "Velero cannot use the location {{ $labels.backup_location_name }}, and could not for {{ $value | humanizeDuration }} of the last day.",
    meaning: "No backup goes there, and none can be restored from there.",
    lookAt: [
      "What it says: `kubectl --namespace <namespace> describe backupstoragelocations.velero.io <name>`.",
      "Whether the object store answers, and has room.",
    ],
    remedy: [
      "The key has changed: put the new one into the store of secrets.",
      "The address has changed: `objects` in `charts/services/velero/values.ts` or its overlay, and what Velero may reach.",
    ],
  },
} as const satisfies Readonly<Record<string, AlertKind>>;
