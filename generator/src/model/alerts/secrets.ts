/** Alerts on Secrets that are fetched. */
import type { AlertKind } from "./kind.ts";

export const secretAlerts = {
  ExternalSecretNotReady: {
    severity: "warning",
    for: "15m",
    summary:
      "Secret {{ $labels.name }} in {{ $labels.namespace }} could not be fetched for {{ $value | humanizeDuration }} of the last day.",
    meaning:
      "External Secrets cannot fetch a value from the store. A Secret that is there keeps what it has; one that is not keeps pods from starting.",
    lookAt: [
      "Why: `kubectl --namespace <namespace> describe externalsecrets.external-secrets.io <name>`, its events at the end.",
      "Whether its store is ready: `kubectl get clustersecretstores.external-secrets.io`. If not, all Secrets of a tier are told of.",
      "What must be in the store: `npm run secrets -- --environment <environment>`.",
    ],
    remedy: [
      "A key is missing in the store: put it there; it is fetched within the hour, or at once with `kubectl --namespace <namespace> annotate externalsecrets.external-secrets.io <name> force-sync=$(date +%s) --overwrite`.",
      "The store refuses: the machine identity of the tier has ended, or may not read that path.",
      "The store does not answer: mend it, or the way to it.",
    ],
  },
} as const satisfies Readonly<Record<string, AlertKind>>;
