/** Alerts on what watches, and on nodes: once a cluster. */
import type { AlertKind } from "./kind.ts";

export const platformExpressions = {
  Watchdog: "vector(1)",
  ClusterStateAbsent: "absent(kube_pod_info)",
  RuleEvaluationFailing: "increase(prometheus_rule_evaluation_failures_total[5m]) > 0",
  NotificationFailing:
    "sum by (integration) (increase(alertmanager_notifications_failed_total[15m])) > 0",
  NodeNotReady:
    "count by (node) (kube_node_status_condition{condition='Ready', status!='true'} == 1)",
  NodeDiskFilling:
    "min by (instance, mountpoint) (node_filesystem_avail_bytes{fstype!~'tmpfs|overlay|squashfs|nfs.*', mountpoint!~'/var/lib/kubelet/.+'} / node_filesystem_size_bytes) < 0.1",
  NodeMemoryShort: "node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 0.05",
} as const;

export const platformAlerts = {
  Watchdog: {
    severity: "none",
    summary: "Alerts arrive (always {{ $value }}).",
    meaning:
      "It is always raised. What receives it, a dead man's switch outside the house, tells when it no longer comes: then nobody would be told of anything.",
    lookAt: [
      "Whether Prometheus and Alertmanager run: `kubectl get pods --namespace <namespace of Prometheus>`.",
      "Whether the house reaches the internet.",
    ],
    remedy: [
      "Mend Prometheus or Alertmanager; until then look at the services yourself.",
      "Both run: the address of the switch has changed, see the secret of its receiver in `environments/<environment>/environment.ts`.",
    ],
  },
  ClusterStateAbsent: {
    severity: "critical",
    for: "10m",
    summary: "kube-state-metrics says nothing of any pod (absent: {{ $value }}).",
    meaning:
      "Most alerts ask kube-state-metrics for the state of pods, jobs and quotas. Without it they are silent, whatever happens.",
    lookAt: [
      "Its pod: `kubectl get pods --all-namespaces --selector app.kubernetes.io/name=kube-state-metrics`.",
      "Its target on the page `/targets` of Prometheus.",
    ],
    remedy: [
      "Its pod does not run: its log and its events say why.",
      "It runs: Prometheus is kept out by a network policy, or its monitor is missing.",
    ],
  },
  RuleEvaluationFailing: {
    severity: "warning",
    for: "15m",
    summary:
      "Prometheus could not evaluate {{ $labels.rule_group }}: {{ $value | printf `%.0f` }} failures in five minutes.",
    meaning: "A rule gives an error instead of an answer, so what it watches is not watched.",
    lookAt: ["The rule with its error: the page `/rules` of Prometheus, and its log."],
    remedy: [
      "A series is there twice: two targets say the same, usually an old pod that is still scraped.",
      "It takes too long: Prometheus needs more processor time or memory.",
    ],
  },
  NotificationFailing: {
    severity: "warning",
    for: "15m",
    summary:
      "Alertmanager could not deliver {{ $value | printf `%.0f` }} notifications by {{ $labels.integration }} in a quarter of an hour.",
    meaning: "Alerts are raised, and one way to tell them does not work.",
    lookAt: ["The log of Alertmanager: it quotes the answer it got."],
    remedy: [
      "An answer of 401 or 403: the secret of the receiver has ended; put a new one into the secret store.",
      "No answer: the receiver is down, or a network policy keeps Alertmanager in.",
    ],
  },
  NodeNotReady: {
    severity: "critical",
    for: "10m",
    summary: "Node {{ $labels.node }} is not ready ({{ $value }}).",
    meaning:
      "A node has not answered the API server. After five minutes its pods are started on others, as far as these have room and their volumes can follow.",
    lookAt: [
      "What it says: `kubectl describe node <node>`.",
      "Its machine in Proxmox, its console, its network.",
      "Whether the others have room: `npm run capacity`.",
    ],
    remedy: [
      "The machine hangs: start it again.",
      "It is gone for good: take it out of the cluster's file, `npm run capacity`, and follow the guide for disaster recovery for volumes of that node.",
    ],
  },
  NodeDiskFilling: {
    severity: "critical",
    for: "15m",
    summary:
      "{{ $labels.mountpoint }} of node {{ $labels.instance }} has {{ $value | humanizePercentage }} left.",
    meaning:
      "A disk of a node is nearly full. Below 10% the kubelet removes images and pods; volumes that lie on it can no longer be written to.",
    lookAt: [
      "What takes the space: images, logs, or volumes of the storage class that keeps them on nodes.",
    ],
    remedy: [
      "Volumes: see [VolumeAlmostFull](VolumeAlmostFull.md).",
      "A larger disk for the machine, in the provisioning project.",
    ],
  },
  NodeMemoryShort: {
    severity: "warning",
    for: "15m",
    summary:
      "Node {{ $labels.instance }} has {{ $value | humanizePercentage }} of its memory left.",
    meaning:
      "A node has hardly any memory left. The kubelet ends pods that use more than they ask for, those with the lowest priority first.",
    lookAt: [
      "Who uses more than it asks for: `kubectl top pod --all-namespaces --sort-by memory`.",
    ],
    remedy: [
      "Let those ask for what they use (`size`), then `npm run capacity` says whether all fit.",
      "Add memory or a node.",
    ],
  },
} as const satisfies Readonly<Record<keyof typeof platformExpressions, AlertKind>>;
