/** Alerts on what is kept, and on certificates. */
import type { AlertKind } from "./kind.ts";

const lookAt = [
  "What takes the space: `kubectl exec --namespace <namespace> <pod> -- du -xh -d 2 <path of the volume>`.",
  "Since when it grows: the graph of `kubelet_volume_stats_used_bytes` over a month.",
];
const remedy = [
  "What can go: old backups, logs and caches of the service itself, by its own settings.",
  "It needs more: a larger `size` of the volume in `charts/services/<service>/values.ts`, where its class can grow claims. It never shrinks again.",
];

export const keptAlerts = {
  VolumeFilling: {
    severity: "warning",
    for: "1h",
    summary:
      "Volume {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} has {{ $value | humanizePercentage }} left, and at this rate none in four days.",
    meaning:
      "A volume fills up. At the rate of the last six hours it is full within four days; then the service can write nothing any more.",
    lookAt,
    remedy: [
      ...remedy,
      "It is one large copy that ends by itself: silence it for a day, and look again.",
    ],
  },
  VolumeAlmostFull: {
    severity: "critical",
    for: "5m",
    summary:
      "Volume {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} has {{ $value | humanizePercentage }} left.",
    meaning:
      "A volume is nearly full. Services that cannot write stop, or damage what they keep: a database stops at once.",
    lookAt,
    remedy: [
      ...remedy,
      "Nothing else helps in time: stop the service (`stopped: true`) before it damages its data, then make room.",
    ],
  },
  CertificateExpiring: {
    severity: "warning",
    for: "1h",
    summary:
      "Certificate {{ $labels.name }} in {{ $labels.namespace }} ends in {{ $value | printf `%.1f` }} days.",
    meaning:
      "cert-manager renews a certificate when a third of its time is left, so this one could not be renewed. When it ends, browsers and services refuse the connection.",
    lookAt: [
      "Why: `kubectl describe certificate --namespace <namespace> <name>`, then its CertificateRequest, Order and Challenge.",
      "The log of cert-manager: `kubectl logs --namespace platform-cert-manager deployment/cert-manager`.",
    ],
    remedy: [
      "A challenge that fails: the token of the DNS provider has ended or may not edit the zone. Put a new one into the secret store.",
      "The limit of the issuer is reached: wait as long as its message says.",
      "Then renew it: `kubectl cert-manager renew --namespace <namespace> <name>`.",
    ],
  },
  CertificateNotReady: {
    severity: "warning",
    for: "30m",
    summary:
      "Certificate {{ $labels.name }} in {{ $labels.namespace }} was not ready for {{ $value | humanizeDuration }} of the last day, and is not.",
    meaning:
      "cert-manager could not issue a certificate, or what it has does not fit what is asked for. Where there was none before, nothing listens with TLS.",
    lookAt: [
      "Why: `kubectl describe certificate --namespace <namespace> <name>`, then its CertificateRequest, Order and Challenge.",
      "Whether its issuer is ready: `kubectl get clusterissuers,issuers --all-namespaces`.",
    ],
    remedy: [
      "The issuer is not ready: its Secret, or the account with the authority.",
      "A challenge that fails, a limit that is reached: [CertificateExpiring](CertificateExpiring.md).",
    ],
  },
} as const satisfies Readonly<Record<string, AlertKind>>;
