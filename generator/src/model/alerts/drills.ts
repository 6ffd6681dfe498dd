/** Alerts on restore drills: each service that is tried. */
import type { AlertKind } from "./kind.ts";

export const drillAlerts = {
  RestoreDrillFailed: {
    severity: "critical",
    for: "5m",
    summary:
      "The last restore drill of {{ $labels.drilled_service }} in {{ $labels.drilled_environment }}, {{ $value | humanizeDuration }} ago, failed.",
    meaning:
      "What was restored is not what it should be, or could not be restored. Until the cause is known, its backups are not to be trusted.",
    lookAt: [
      "Why, in a word and a sentence: `kubectl --namespace <namespace> get configmap restore-drill-results --output yaml`; docs/guide-restore-drill.md has the words.",
      "Its log: `kubectl --namespace <namespace> logs job/<job>`, and what Velero says: `velero restore describe <name> --details`.",
      "Whether backups are made at all: [BackupOverdue](BackupOverdue.md), [BackupFailing](BackupFailing.md).",
    ],
    remedy: [
      "The data is wrong: look at the volume itself before the newest good backup is gone, then mend what makes the backup.",
      "What is said to prove it is no longer so: change `restored` in `charts/services/<service>/values.ts`.",
      "Something could not be removed: the message names what holds it.",
      "Then try again: `kubectl --namespace <namespace> create job --from=cronjob/restore-drill by-hand`. The alert ends when it passes.",
    ],
  },
  RestoreDrillOverdue: {
    severity: "warning",
    for: "1h",
    summary:
      "No restore drill of {{ $labels.drilled_service }} in {{ $labels.drilled_environment }} has passed for {{ $value | humanizeDuration }}, counted from the first day of drills where none ever has.",
    meaning:
      "Nobody knows whether its backups can be restored: its drills fail, never get to it, or do not run. A new service on a cluster that has had drills for long is told of until its first one.",
    lookAt: [
      "The runs: `kubectl --namespace <namespace> get jobs`, and the events of `kubectl --namespace <namespace> describe cronjob restore-drill`.",
      "Whether the time was enough for all services: those that were not reached come first in the next run.",
    ],
    remedy: [
      "Its drills fail: [RestoreDrillFailed](RestoreDrillFailed.md).",
      "It was never tried: `kubectl --namespace <namespace> create job --from=cronjob/restore-drill by-hand`.",
      "The time is not enough: raise `endsWithin` of the schedule in `charts/services/restore-drill/values.ts`.",
    ],
  },
} as const satisfies Readonly<Record<string, AlertKind>>;
