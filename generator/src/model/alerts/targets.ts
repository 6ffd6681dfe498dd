/** Alerts on whether a service answers. */
import type { AlertKind } from "./kind.ts";

const lookAt = [
  "Its pods: `kubectl get pods --namespace <namespace>`; those that are not ready say why in `kubectl describe pod`.",
  "Its log: `kubectl logs --namespace <namespace> <pod>`.",
  "Other alerts of the same node or of a service it consumes: `npm run explain <service>` lists these.",
];

export const targetAlerts = {
  ServiceDown: {
    severity: "critical",
    for: "5m",
    summary:
      "{{ $labels.job }} in {{ $labels.namespace }} does not answer: {{ $value }} asked, none answers.",
    meaning:
      "Nothing answers at the address where the service is watched: where its metrics are read, or where its health is asked. A pod that is read at several ports answers when all of them do.",
    lookAt,
    remedy: [
      "After a change of ours: revert the commit and push.",
      "The pod runs and answers others: the watcher is kept out. Its network policies must let it in (`npm run explain <service>`), and the port must be the one it listens on.",
      "The node is gone: its pods come back on another one after five minutes, those with a volume of that node do not.",
    ],
  },
  ServiceDownOnNode: {
    severity: "warning",
    for: "15m",
    summary:
      "{{ $labels.daemonset }} in {{ $labels.namespace }} does not answer on every node; nodes without it: {{ $value }}.",
    meaning:
      "A service that runs on every node answers on some only. What it does for a node is not done on the others, and nothing is known of these: no logs, no metrics, no alerts on their disks and memory.",
    lookAt: [
      "Which: `kubectl get pods --namespace <namespace> --output wide`; on the page `/targets` of Prometheus those that are down, on no node those that are missing.",
      "Why a pod is missing: the events of `kubectl describe daemonset --namespace <namespace> <daemonset>`.",
      "Whether the node itself is well: [NodeNotReady](NodeNotReady.md).",
    ],
    remedy: [
      "A pod that hangs: delete it, and another one comes.",
      "It runs, and does not answer Prometheus: the firewall of that node, or a network policy.",
      "The node is gone for good: take it out of the cluster.",
    ],
  },
  ServiceAbsent: {
    severity: "critical",
    for: "10m",
    summary:
      "Nobody watches {{ $labels.job }} in {{ $labels.namespace }} any more; pods that run there: {{ $value }}.",
    meaning:
      "Prometheus knows no target for the service, so no other alert on whether it answers can be raised: it has no pods, or its monitor selects none.",
    lookAt: [
      "Whether it has pods: `kubectl get pods,endpointslices --namespace <namespace>`.",
      "Whether Argo CD has synced its monitor: `kubectl get servicemonitors,podmonitors,probes --namespace <namespace>`.",
      "What Prometheus says: its page `/targets`, and the log of the operator.",
    ],
    remedy: [
      "It has no pods: [PodNotReady](PodNotReady.md), or its quota is full ([QuotaNearFull](QuotaNearFull.md)).",
      "It is meant to be stopped: say `stopped: true`, and it is silent.",
      "The monitor is missing: `npm run render`, commit, push; then sync its Application.",
      "It is probed, and its target is there: the prober is asked and gives no answer about it; ask it the same by hand, and see its log.",
    ],
  },
  ProbeSlow: {
    severity: "warning",
    for: "15m",
    summary:
      "{{ $labels.job }} in {{ $labels.namespace }} takes {{ $value | humanizeDuration }} to answer.",
    meaning:
      "The service answers when its health is asked, but takes more than two seconds on average.",
    lookAt: [
      "Its load: `kubectl top pod --namespace <namespace> --containers`.",
      "What it waits for: its database, its disk, a service it consumes.",
    ],
    remedy: [
      "More processor time or memory: the next `size`.",
      "A slow disk: another class for its volume.",
      "Slow from the start: let `health` ask for something cheaper.",
    ],
  },
} as const satisfies Readonly<Record<string, AlertKind>>;
