/** Alerts on what watches, and on nodes: once a cluster. */
import type { AlertKind } from "./kind.ts";

const ready = "kube_node_status_condition{condition='Ready', status='true'} == 1";
const notReady = "kube_node_status_condition{condition='Ready', status!='true'} == 1";
/** In: some nodes. Out: each with the number of its pods. */
const podsOn = (nodes: string) =>
  `count by (node) (kube_pod_info and on (node) (${nodes})) or 0 * count by (node) (${nodes})`;

export const platformExpressions = {
  // It has a value whatever is there.
  Watchdog: "count(up == 1) or vector(0)",
  ClusterStateAbsent: "absent(kube_pod_info) * scalar(sum(kubelet_running_pods) or vector(0))",
  // Of a node that is not ready NodeNotReady tells. A kubelet is read at several addresses.
  KubeletUnread: podsOn(
    `${ready} unless on (node) min by (node) (up{job='kubelet', node!=''}) == 1`,
  ),
  RuleEvaluationFailing: "increase(prometheus_rule_evaluation_failures_total[5m]) > 0",
  NotificationFailing:
    "sum by (integration) (increase(alertmanager_notifications_failed_total[15m])) > 0",
  NodeNotReady: podsOn(notReady),
  NodeDiskFilling:
    "min by (instance, mountpoint) (node_filesystem_avail_bytes{fstype!~'tmpfs|overlay|squashfs|nfs.*', mountpoint!~'/var/lib/kubelet/.+'} / node_filesystem_size_bytes) < 0.1",
  NodeMemoryShort: "node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 0.05",
} as const;

export const platformAlerts = {
  Watchdog: {
    severity: "none",
    summary: "Alerts arrive; targets that Prometheus reads: {{ $value }}.",
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
    summary:
      "kube-state-metrics says nothing of any pod; pods that run, as the kubelets say: {{ $value }}.",
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
  KubeletUnread: {
    severity: "warning",
    for: "15m",
    summary:
      "Prometheus does not read the kubelet of node {{ $labels.node }}; pods on it: {{ $value }}.",
    meaning:
      "How full volumes are, and what containers use, only the kubelet of their node knows. Without it no volume of that node is told of when it fills up.",
    lookAt: [
      "Its targets on the page `/targets` of Prometheus, job `kubelet`: what they answer, and whether they are there.",
      "Where they are missing: `kubectl --namespace kube-system get service,endpointslices --selector k8s-app=kubelet`, which the operator of Prometheus keeps; its log.",
    ],
    remedy: [
      "It does not answer: the firewall of the node, or a network policy, keeps Prometheus from port 10250.",
      "An answer of 401 or 403: Prometheus may not read `nodes/metrics`; sync its Application.",
      "The node is gone for good: take it out of the cluster.",
    ],
  },
  RuleEvaluationFailing: {
    severity: "warning",
    for: "15m",
    summary:
      "Prometheus could not evaluate {{ $labels.rule_group }}; failures in five minutes: {{ $value | printf `%.0f` }}.",
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
      "Notifications by {{ $labels.integration }} that Alertmanager could not deliver in a quarter of an hour: {{ $value | printf `%.0f` }}.",
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
    summary: "Node {{ $labels.node }} is not ready; pods on it: {{ $value }}.",
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
