/** Alerts on jobs. */
import type { AlertKind } from "./kind.ts";

export const jobAlerts = {
  JobFailed: {
    severity: "warning",
    for: "5m",
    summary:
      "Job {{ $labels.job_name }} in {{ $labels.namespace }}, which began {{ $value | humanizeDuration }} ago, has failed.",
    meaning:
      "A job failed in all its tries or ran out of time, and none after it has succeeded. What it does has not been done.",
    lookAt: [
      "What it said: `kubectl logs --namespace <namespace> job/<job>`.",
      "Whether it failed or took too long: `kubectl describe job --namespace <namespace> <job>`; `DeadlineExceeded` is the latter.",
    ],
    remedy: [
      "Mend the cause, then run it again: `kubectl create job --namespace <namespace> --from=cronjob/<name> <name>-by-hand`. The alert ends when one succeeds.",
      "It takes too long: raise `endsWithin` of its schedule.",
      "A job that runs once for each change: mend it in `charts/services/<service>/values.ts`; Argo CD makes a new one.",
    ],
  },
  JobOverdue: {
    severity: "warning",
    for: "15m",
    summary:
      "Schedule {{ $labels.cronjob }} in {{ $labels.namespace }} has not succeeded for {{ $value | humanizeDuration }}.",
    meaning:
      "A job on a schedule should have succeeded in the meantime and did not: its runs fail, never begin, or are suspended. Where it was suspended before, or its service stopped, the time counts from when it was let go on.",
    lookAt: [
      "Its runs: `kubectl get jobs --namespace <namespace>`, and the events of `kubectl describe cronjob --namespace <namespace> <name>`.",
      "Whether its pods find a node: [PodNotReady](PodNotReady.md).",
    ],
    remedy: [
      "Runs that fail: [JobFailed](JobFailed.md).",
      "A run that never ends keeps the next ones away: remove its Job.",
      'It is suspended by hand, which git does not say, so Argo CD leaves it: `kubectl patch cronjob --namespace <namespace> <name> --patch \'{"spec":{"suspend":false}}\'`. `stopped: true` is the way to stop a service.',
    ],
  },
} as const satisfies Readonly<Record<string, AlertKind>>;
