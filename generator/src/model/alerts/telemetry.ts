/** Alerts on what carries metrics and logs to where they are kept: once a cluster. */
import type { AlertKind } from "./kind.ts";

/** Events in ten minutes, of each sink on each node. */
const ofSinks = (counter: string) =>
  `sum by (pod, component_id) (increase(vector_${counter}[10m]))`;

const sent = "prometheus_remote_storage_queue_highest_sent_timestamp_seconds";

export const telemetryExpressions = {
  // It is 0 while nothing has been sent: then what waits is as old as this run of Prometheus.
  RemoteWriteBehind: `time() - max by (remote_name) (${sent} > 0 or ${sent} + on (job, instance) group_left () process_start_time_seconds) > 600`,
  RemoteWriteFailing:
    "sum by (remote_name) (increase(prometheus_remote_storage_samples_failed_total[15m])) > 0",
  // What a step drops on purpose is no loss.
  VectorDiscarding:
    "sum by (component_id) (increase(vector_component_discarded_events_total{intentional='false'}[15m])) > 0",
  // Errors of a sink are counted when it gives up, and it tries again without end (vectordotdev/vector issue 21339).
  // What a sink itself receives stands once it waits for an answer; what its buffer receives goes on until that is full.
  // Then nothing comes in, but the sink is not idle: idle is one that waits for events. What a buffer has sent may have been
  // refused for good; a sink counts what was taken.
  VectorNotDelivering: `(${ofSinks("buffer_received_events_total")} > 0 or 0 * (max by (pod, component_id) (vector_utilization{component_kind='sink'}) > 0.95)) unless ${ofSinks("component_sent_events_total{component_kind='sink'}")} > 0`,
} as const;

export const telemetryAlerts = {
  RemoteWriteBehind: {
    severity: "warning",
    for: "10m",
    summary:
      "What Prometheus passes on to {{ $labels.remote_name }} is {{ $value | humanizeDuration }} old.",
    meaning:
      "Metrics wait to be passed on. After two hours Prometheus forgets what waits, and dashboards have a gap for good. Where nothing has been passed on since Prometheus was started, it is the age of that. Alerts do not need this way.",
    lookAt: [
      "What the receiver answers: the log of Prometheus, `kubectl --namespace <namespace of Prometheus> logs statefulset/prometheus-prometheus --container prometheus`.",
      "Whether the receiver runs: `kubectl get pods --namespace <namespace of Vector>`, and [VectorNotDelivering](VectorNotDelivering.md).",
    ],
    remedy: [
      "The receiver is down, or full: mend that; Prometheus catches up by itself.",
      "It is there: a network policy keeps Prometheus in (`npm run explain prometheus`), or its address has changed (`remoteWrite`).",
      "It is only too slow: `queueConfig` of `remoteWrite` allows more shards.",
    ],
  },
  RemoteWriteFailing: {
    severity: "warning",
    for: "15m",
    summary:
      "Samples of Prometheus that {{ $labels.remote_name }} has refused in a quarter of an hour: {{ $value | printf `%.0f` }}.",
    meaning:
      "What receives metrics refuses some for good, and Prometheus does not try again: they are missing in dashboards.",
    lookAt: ["Which, and why: the log of Prometheus quotes the answer."],
    remedy: [
      "Too old: the clock of a node, or a receiver that was away for long; it ends by itself.",
      "Too large or too many: the limits of the receiver.",
      "Not allowed: the key of the receiver has changed.",
    ],
  },
  VectorDiscarding: {
    severity: "warning",
    summary:
      "Events that Vector has lost at {{ $labels.component_id }} in a quarter of an hour: {{ $value | printf `%.0f` }}.",
    meaning: "Lines of logs, or metrics, are gone for good: nothing tries them again.",
    lookAt: [
      "What Vector says: `kubectl --namespace <namespace of Vector> logs --selector app.kubernetes.io/name=vector`.",
      "At a step that changes events: the lines it could not handle, in the file of that step under `charts/services/vector/config`.",
      "At what delivers: what OpenObserve answers.",
    ],
    remedy: [
      "Lines a step cannot handle: let it, with a sample in the tests of the programs.",
      "Refused as too old: OpenObserve was away for longer than it takes old lines (`telemetry.outage` of the environment).",
    ],
  },
  VectorNotDelivering: {
    severity: "warning",
    // As long as it looks back: a sink that was idle before it counts its first events as none.
    for: "10m",
    summary:
      "Vector on {{ $labels.pod }} delivers nothing at {{ $labels.component_id }}; events that came in ten minutes: {{ $value | printf `%.0f` }}.",
    meaning:
      "Logs, or metrics, do not arrive. Vector keeps logs on the disk of each node and tries again; when its buffer is full, it reads no more, and 0 events come.",
    lookAt: [
      "What the receiver answers: `kubectl --namespace <namespace of Vector> logs --selector app.kubernetes.io/name=vector`.",
      "Whether it runs: `kubectl get pods --namespace <namespace of OpenObserve>`, and alerts about its volume.",
    ],
    remedy: [
      "OpenObserve is down, or its volume full: mend that; what waits comes in afterwards.",
      "An answer of 401: the password has a new value, which OpenObserve does not take by itself. When its pod and Vector's have started again: `kubectl --namespace <namespace of OpenObserve> exec openobserve-0 -- /openobserve reset -c root`, then `kubectl --namespace <namespace of OpenObserve> rollout restart statefulset/openobserve`.",
    ],
  },
} as const satisfies Readonly<Record<keyof typeof telemetryExpressions, AlertKind>>;
