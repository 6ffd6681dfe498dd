/** Alerts on pods and the room they have. */
import type { AlertKind } from "./kind.ts";

export const podAlerts = {
  ContainerCrashLooping: {
    severity: "warning",
    for: "5m",
    summary:
      "Container {{ $labels.container }} of pod {{ $labels.pod }} in {{ $labels.namespace }} started again {{ $value | printf `%.0f` }} times in half an hour.",
    meaning:
      "A container ends soon after it starts, again and again; Kubernetes waits longer each time. What it does for people is down, or comes and goes.",
    lookAt: [
      "What it said last: `kubectl logs --namespace <namespace> <pod> --container <container> --previous`.",
      "Why it ended: `kubectl describe pod --namespace <namespace> <pod>`, under `Last State` the reason and the exit code.",
      "What changed: `git log -5 -- kubernetes/<environment>/<service>`.",
    ],
    remedy: [
      "After a change of ours: revert the commit and push; Argo CD brings the last one back.",
      "Exit code 137 with reason `OOMKilled`: see [ContainerOomKilled](ContainerOomKilled.md).",
      "A secret or a service it needs is missing: `npm run explain <service>` lists what it reads and calls.",
      "Only its liveness probe ends it: let `health` ask for something that answers in time, or give it longer to start.",
    ],
  },
  ContainerOomKilled: {
    severity: "warning",
    summary:
      "Container {{ $labels.container }} of pod {{ $labels.pod }} in {{ $labels.namespace }} was ended for its memory; starts in half an hour: {{ $value | printf `%.0f` }}.",
    meaning:
      "A container used more memory than its limit, and the kernel ended it. Work it had not finished is lost.",
    lookAt: [
      "Its limit and what it uses: `kubectl top pod --namespace <namespace> --containers`.",
      "Whether it grows without end or in bursts: the graph of `container_memory_working_set_bytes` over a week.",
    ],
    remedy: [
      "It needs more: the next `size`, or `resources.memoryLimit`, in `charts/services/<service>/values.ts`; then `npm run capacity`.",
      "It grows without end: it has a leak. Look for a newer version; until then a larger limit only takes longer.",
      "It has a setting for its cache or its workers: lower it.",
    ],
  },
  ContainerThrottled: {
    severity: "warning",
    for: "15m",
    summary:
      "Container {{ $labels.container }} of pod {{ $labels.pod }} in {{ $labels.namespace }} is held back in {{ $value | humanizePercentage }} of its time slices.",
    meaning:
      "A container reaches its limit of processor time, and the kernel holds it back although the node may have time left. It answers slowly.",
    lookAt: [
      "How much it uses against its limit: `kubectl top pod --namespace <namespace> --containers`.",
      "Whether it is more work than usual, or one task that does not end: its log.",
    ],
    remedy: [
      "Leave `resources.cpuLimit` out: without it a container may use what the node has left, and others keep what they ask for.",
      "Where the limit is meant, raise it.",
    ],
  },
  PodNotReady: {
    severity: "warning",
    for: "15m",
    summary:
      "Pods in {{ $labels.namespace }} that are not ready, or wait for a node: {{ $value }}.",
    meaning:
      "Pods are there and do no work: they wait for a node, a volume or an image, or their readiness probe fails. Where no other pod does the same work, the service is down. Pods Velero makes to copy a volume are left out: they may wait for hours, and Velero gives up by itself ([BackupFailing](BackupFailing.md)).",
    lookAt: [
      "Which, and why: `kubectl get pods --namespace <namespace>`, then `kubectl describe pod` of one, its events at the end.",
      "`Pending` without a node: `npm run capacity -- --environment <environment>` says what does not fit.",
      "Running, but not ready: its log, and what its readiness probe asks.",
    ],
    remedy: [
      "No room: ask for less, or add memory or a node.",
      "A volume that is not bound: `kubectl describe pvc --namespace <namespace>`; its class or its zone does not fit.",
      "An image that cannot be pulled: its tag, its registry, the mirror of the cluster.",
      "A service it waits for: mend that one first.",
    ],
  },
  QuotaNearFull: {
    severity: "warning",
    for: "15m",
    summary:
      "{{ $value | humanizePercentage }} of {{ $labels.resource }} in {{ $labels.namespace }} is taken.",
    meaning:
      "The quota of the namespace is nearly used up. The next pod may be refused, and then a new version never comes in.",
    lookAt: [
      "What is taken: `kubectl describe resourcequota --namespace <namespace>`.",
      "Which pods are there: `kubectl get pods --namespace <namespace>`; more than it should have are left over from something.",
    ],
    remedy: [
      "Pods that should not be there: remove what made them.",
      "A `quota` that the service says: raise it, or leave it out. Then it is derived, with room for any update: twice the pods and one more, which may ask for five times what the pods do now, and for more where they are small.",
    ],
  },
} as const satisfies Readonly<Record<string, AlertKind>>;
