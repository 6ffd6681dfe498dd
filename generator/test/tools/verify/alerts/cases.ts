/** For each kind of alert series with which it is told, series with which it is not, and what it says. */
import { proberMetric } from "../../../../src/model/alerts/recorded.ts";
import type { AlertName } from "../../../../src/model/alerts.ts";
import { applicationCases } from "./application-cases.ts";
import { backupCases } from "./backup-cases.ts";
import { drillCases } from "./drill-cases.ts";
import { operatorCases } from "./operator-cases.ts";

/** What the rule asks for, read from its expression. */
export interface Site {
  readonly namespace: string;
  /** A value of a label that its expression asks for; of a pattern, one that it matches. */
  readonly of: (label: string) => string;
  /** The series that is 1 while the service is alive. */
  readonly alive: readonly string[];
  /** Whole hours after which what holds is told. */
  readonly held: number;
  /** Share of the time it may be away. */
  readonly budget: number;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Case {
  /** Minutes. */
  readonly at: number;
  /** Minutes from one value and one evaluation to the next; one unless said. */
  readonly every?: number;
  readonly fires: Readonly<Record<string, string>>;
  readonly silent: Readonly<Record<string, string>>;
  /** Of the alert beside those every rule gives. */
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
}

export type CaseOf = (site: Site) => Case;

const container = (namespace: string, name = "main") =>
  `namespace="${namespace}", pod="p-0", container="${name}"`;

const restarts: CaseOf = ({ namespace }) => {
  const series = `kube_pod_container_status_restarts_total{${container(namespace)}}`;
  return {
    at: 40,
    fires: { [series]: "0+1x10 10+0.2x40" },
    silent: { [series]: "0x20 1x40", [series.replace(namespace, "else-where")]: "0+1x60" },
    labels: { namespace, pod: "p-0", container: "main" },
    summary: `Container main of pod p-0 in ${namespace} started again 6 times in half an hour.`,
  };
};

const killed: CaseOf = ({ namespace }) => {
  const counter = `kube_pod_init_container_status_restarts_total{${container(namespace, "vpn")}}`;
  const reason = (why: string) =>
    `kube_pod_init_container_status_last_terminated_reason{${container(namespace, "vpn")}, reason="${why}"}`;
  return {
    at: 40,
    fires: { [counter]: "0x30 1x30", [reason("OOMKilled")]: "1x60" },
    silent: { [counter]: "0x30 1x30", [reason("Error")]: "1x60" },
    labels: { namespace, pod: "p-0", container: "vpn" },
    summary: `Container vpn of pod p-0 in ${namespace} was ended for its memory; starts in half an hour: 1.`,
  };
};

const notReady: CaseOf = ({ namespace }) => {
  const ready = (pod: string) =>
    `kube_pod_status_ready{namespace="${namespace}", pod="${pod}", condition="false"}`;
  const owner = (pod: string, kind: string) =>
    `kube_pod_owner{namespace="${namespace}", pod="${pod}", owner_kind="${kind}"}`;
  const phase = (pod: string, name: string) =>
    `kube_pod_status_phase{namespace="${namespace}", pod="${pod}", phase="${name}"}`;
  return {
    at: 30,
    fires: {
      [ready("a")]: "1x40",
      [phase("a", "Running")]: "1x40",
      [phase("b", "Pending")]: "1x40",
      [owner("b", "ReplicaSet")]: "1x40",
    },
    // A job that has ended, a pod that is ready, one that takes ten minutes to start, one in which Velero copies a volume.
    silent: {
      [phase("copy", "Pending")]: "1x40",
      [ready("copy")]: "1x40",
      [owner("copy", "DataUpload")]: "1x40",
      [ready("a")]: "1x40",
      [phase("a", "Succeeded")]: "1x40",
      [ready("b")]: "0x40",
      [ready("c")]: "0x15 1x10 0x20",
    },
    labels: { namespace },
    summary: `Pods in ${namespace} that are not ready, or wait for a node: 2.`,
  };
};

const volume =
  (alert: "VolumeFilling" | "VolumeAlmostFull"): CaseOf =>
  ({ namespace, of }) => {
    const claim = of("persistentvolumeclaim");
    const series = (what: string, name = claim) =>
      `kubelet_volume_stats_${what}_bytes{namespace="${namespace}", persistentvolumeclaim="${name}", node="n"}`;
    const isFilling = alert === "VolumeFilling";
    return {
      at: 600,
      every: 10,
      fires: {
        [series("capacity")]: "1000x60",
        // By the last hour 30% are left, and half of them go in ten hours.
        [series("available")]: isFilling ? "360-1x60" : "40x60",
      },
      silent: {
        [series("capacity")]: "1000x60",
        [series("available")]: isFilling ? "360x60" : "60x60",
        [series("capacity", "of-another")]: "1000x60",
        [series("available", "of-another")]: "10-0.1x60",
      },
      labels: { namespace, persistentvolumeclaim: claim },
      summary: isFilling
        ? `Volume ${claim} in ${namespace} has 30% left, and at this rate none in four days.`
        : `Volume ${claim} in ${namespace} has 4% left.`,
    };
  };

const certificate: CaseOf = ({ namespace }) => {
  const series = `certmanager_certificate_expiration_timestamp_seconds{namespace="platform-cert-manager", exported_namespace="${namespace}", name="wildcard"}`;
  return {
    at: 120,
    every: 10,
    fires: { [series]: `${5 * 86400 + 7200}x12` },
    silent: { [series]: `${20 * 86400}x12` },
    labels: { namespace, name: "wildcard" },
    summary: `Certificate wildcard in ${namespace} ends in 5.0 days.`,
  };
};

const failed: CaseOf = ({ namespace, of }) => {
  const job = of("job_name");
  const cronjob = job.replace(/-[0-9a-f]+$/, "");
  const on = `namespace="${namespace}", job_name="${job}"`;
  const series = {
    [`kube_job_status_start_time{${on}}`]: "600x60",
    [`kube_job_failed{${on}, condition="true"}`]: "_x10 1x60",
    [`kube_job_owner{${on}, owner_kind="CronJob", owner_name="${cronjob}"}`]: "1x60",
  };
  const success = `kube_cronjob_status_last_successful_time{namespace="${namespace}", cronjob="${cronjob}"}`;
  return {
    at: 40,
    fires: { ...series, [success]: "300x60" },
    // One after it has succeeded.
    silent: { ...series, [success]: "_x10 900x60" },
    labels: { namespace, job_name: job },
    summary: `Job ${job} in ${namespace}, which began 30m 0s ago, has failed.`,
  };
};

const overdue: CaseOf = ({ namespace, of }) => {
  const cronjob = of("cronjob");
  const which = `{namespace="${namespace}", cronjob="${cronjob}"}`;
  // The tests of schedules here: nothing is rarer than once a week.
  const [at, every] = [9 * 1440, 60];
  // The last success is an hour old: nothing is expected more often than that and an hour of grace.
  const [steps, before] = [at / every, 1];
  return {
    at,
    every,
    fires: { [`kube_cronjob_created${which}`]: `0x${steps}` },
    silent: {
      [`kube_cronjob_created${which}`]: `0x${steps}`,
      [`kube_cronjob_status_last_successful_time${which}`]: `_x${steps - before} ${(at - before * every) * 60}x${before}`,
    },
    labels: { namespace, cronjob },
    summary: `Schedule ${cronjob} in ${namespace} has not succeeded for 9d 0h 0m 0s.`,
  };
};

const throttled: CaseOf = ({ namespace, of }) => {
  const on = container(namespace, of("container"));
  const series = (what: string) => `container_cpu_cfs_${what}_total{${on}}`;
  return {
    at: 40,
    fires: { [series("periods")]: "0+100x60", [series("throttled_periods")]: "0+50x60" },
    silent: { [series("periods")]: "0+100x60", [series("throttled_periods")]: "0+10x60" },
    labels: { namespace, pod: "p-0", container: of("container") },
    summary: `Container ${of("container")} of pod p-0 in ${namespace} is held back in 50% of its time slices.`,
  };
};

const quota: CaseOf = ({ namespace }) => {
  const series = (type: string) =>
    `kube_resourcequota{namespace="${namespace}", resourcequota="quota", resource="pods", type="${type}"}`;
  return {
    at: 30,
    fires: { [series("hard")]: "20x40", [series("used")]: "19x40" },
    silent: { [series("hard")]: "20x40", [series("used")]: "18x40" },
    labels: { namespace, resource: "pods" },
    summary: `95% of pods in ${namespace} is taken.`,
  };
};

const down: CaseOf = ({ namespace, of, alive }) => {
  const job = of("job");
  const series = (pod: string, port: string, value: string) =>
    Object.fromEntries(
      alive.map((one) => [one.replace("}", `, pod="${pod}", instance="${pod}:${port}"}`), value]),
    );
  return {
    at: 20,
    fires: {
      // Whatever else says that it is up, as an exporter does beside a dead component.
      ...(alive.some((one) => one.startsWith("up{"))
        ? {}
        : { [`up{namespace="${namespace}", job="${job}"}`]: "1x40" }),
      // One of two ports of each pod answers.
      ...series("a", "1", "1x40"),
      ...series("a", "2", "1x5 0x30"),
      ...series("b", "1", "1x5 0x30"),
      ...series("b", "2", "1x40"),
    },
    // Away for four minutes, and one pod of which both ports answer.
    silent: {
      ...series("a", "1", "1x10 0x3 1x30"),
      ...series("b", "1", "1x5 0x30"),
      ...series("b", "2", "1x40"),
    },
    labels: { namespace, job },
    summary: `${job} in ${namespace} does not answer: 2 asked, none answers.`,
  };
};

const downOnNode: CaseOf = ({ namespace }) => {
  const of = (name: string) => `namespace="${namespace}", daemonset="${name}"`;
  const desired = (name: string) => `kube_daemonset_status_desired_number_scheduled{${of(name)}}`;
  const pod = (name: string, made: string) =>
    `kube_pod_info{namespace="${namespace}", pod="${name}", node="${name}", created_by_kind="DaemonSet", created_by_name="${made}"}`;
  const up = (name: string) =>
    `up{namespace="${namespace}", job="it", pod="${name}", instance="${name}:1"}`;
  return {
    at: 30,
    // Three nodes: on one it answers, on one it does not, on one it is missing.
    fires: {
      [desired("it")]: "3x40",
      [pod("a", "it")]: "1x40",
      [up("a")]: "1x40",
      [pod("b", "it")]: "1x40",
      [up("b")]: "1x5 0x40",
    },
    // It answers everywhere, after ten minutes on the second node; another one is read nowhere.
    silent: {
      [desired("it")]: "2x40",
      [pod("a", "it")]: "1x40",
      [up("a")]: "1x40",
      [pod("b", "it")]: "1x40",
      [up("b")]: "0x10 1x40",
      [desired("unread")]: "2x40",
      [pod("c", "unread")]: "1x40",
    },
    labels: { namespace, daemonset: "it" },
    summary: `it in ${namespace} does not answer on every node; nodes without it: 2.`,
  };
};

const absent: CaseOf = ({ namespace, of, alive }) => ({
  at: 20,
  fires: {
    unrelated: "1x40",
    [proberMetric]: "1x40",
    [`kube_pod_status_phase{namespace="${namespace}", pod="a", phase="Running"}`]: "1x40",
    [`kube_pod_status_phase{namespace="${namespace}", pod="b", phase="Running"}`]: "0x40",
  },
  silent: Object.fromEntries(alive.map((one) => [one, "0x40"])),
  labels: { namespace, job: of("job") },
  summary: `Nobody watches ${of("job")} in ${namespace} any more; pods that run there: 1.`,
});

const slow: CaseOf = ({ namespace, of }) => {
  const series = `probe_duration_seconds{namespace="${namespace}", job="${of("job")}"}`;
  return {
    at: 40,
    fires: { [series]: "3x60" },
    silent: { [series]: "1x60" },
    labels: { namespace, job: of("job") },
    summary: `${of("job")} in ${namespace} takes 3s to answer.`,
  };
};

/** Availability that fails in some minutes of an hour; the alert says the share of the longer window. */
const burningFast: CaseOf = ({ alive, labels: { service, environment } }) => {
  const series = (value: string) => Object.fromEntries(alive.map((one) => [one, value]));
  return {
    at: 200,
    fires: series("1x189 0x20"),
    // As long away, but over: the short window says so.
    silent: series("1x99 0x9 1x100"),
    labels: {},
    summary: `${service} in ${environment} was away 17.5% of the time: at this rate its error budget of 30 days is gone within days.`,
  };
};

const burningSlowly: CaseOf = ({ alive, budget, labels: { service, environment } }) => {
  // Away for one minute of each so many: between three and six times what is allowed.
  const every = Math.round(1 / (4.5 * budget));
  // Long enough that the window of a day is full.
  const times = Math.ceil(1500 / every);
  const series = (one: string) => Object.fromEntries(alive.map((name) => [name, one]));
  return {
    at: every * times,
    fires: series(Array.from({ length: times + 1 }, () => `1x${every - 2} 0`).join(" ")),
    silent: series("1x1800"),
    labels: {},
    summary: `${service} in ${environment} was away SHARE of the time: its error budget does not last for 30 days.`,
  };
};

const spent: CaseOf = ({ alive, labels: { service, environment } }) => {
  const series = (value: string) => Object.fromEntries(alive.map((one) => [one, value]));
  return {
    at: 600,
    every: 5,
    fires: series("0x140"),
    silent: series("1x140"),
    labels: {},
    summary: `${service} in ${environment} has spent TIMES times its error budget of 30 days.`,
  };
};

const always =
  (labels: Record<string, string>, more: Omit<Case, "labels">): CaseOf =>
  () => ({ labels, ...more });
const series = (name: string, value: string) => ({ [name]: value });

const nodeIs = (node: string, status: string) =>
  series(
    `kube_node_status_condition{node="${node}", condition="Ready", status="${status}"}`,
    "1x40",
  );

export const cases: Readonly<Record<AlertName, CaseOf>> = {
  ServiceDown: down,
  ServiceDownOnNode: downOnNode,
  ServiceAbsent: absent,
  ProbeSlow: slow,
  ContainerCrashLooping: restarts,
  ContainerOomKilled: killed,
  ContainerThrottled: throttled,
  PodNotReady: notReady,
  QuotaNearFull: quota,
  VolumeFilling: volume("VolumeFilling"),
  VolumeAlmostFull: volume("VolumeAlmostFull"),
  CertificateExpiring: certificate,
  JobFailed: failed,
  JobOverdue: overdue,
  ...applicationCases,
  ...operatorCases,
  ...backupCases,
  ...drillCases,
  ErrorBudgetBurningFast: burningFast,
  ErrorBudgetBurningSlowly: burningSlowly,
  ErrorBudgetSpent: spent,
  Watchdog: always(
    {},
    { at: 5, fires: {}, silent: {}, summary: "Alerts arrive; targets that Prometheus reads: 0." },
  ),
  ClusterStateAbsent: always(
    {},
    {
      at: 20,
      fires: {
        'kubelet_running_pods{node="a"}': "30x30",
        'kubelet_running_pods{node="b"}': "20x30",
      },
      silent: series('kube_pod_info{pod="a"}', "1x30"),
      summary:
        "kube-state-metrics says nothing of any pod; pods that run, as the kubelets say: 50.",
    },
  ),
  KubeletUnread: always(
    { node: "b" },
    {
      at: 30,
      // One of the addresses of b does not answer, and c is not ready.
      fires: {
        ...nodeIs("a", "true"),
        ...nodeIs("b", "true"),
        ...nodeIs("c", "unknown"),
        'kube_pod_info{node="a", pod="p"}': "1x40",
        'kube_pod_info{node="b", pod="q"}': "1x40",
        'kube_pod_info{node="b", pod="r"}': "1x40",
        'up{job="kubelet", node="a", metrics_path="/metrics"}': "1x40",
        'up{job="kubelet", node="b", metrics_path="/metrics"}': "0x40",
        'up{job="kubelet", node="b", metrics_path="/metrics/cadvisor"}': "1x40",
      },
      silent: {
        ...nodeIs("a", "true"),
        'kube_pod_info{node="a", pod="p"}': "1x40",
        'up{job="kubelet", node="a", metrics_path="/metrics"}': "1x5 0x10 1x40",
      },
      summary: "Prometheus does not read the kubelet of node b; pods on it: 2.",
    },
  ),
  RuleEvaluationFailing: always(
    { rule_group: "g" },
    {
      at: 30,
      fires: series('prometheus_rule_evaluation_failures_total{rule_group="g"}', "0+1x40"),
      silent: series('prometheus_rule_evaluation_failures_total{rule_group="g"}', "7x40"),
      summary: "Prometheus could not evaluate g; failures in five minutes: 5.",
    },
  ),
  NotificationFailing: always(
    { integration: "email" },
    {
      at: 40,
      fires: series('alertmanager_notifications_failed_total{integration="email"}', "0+2x60"),
      silent: series('alertmanager_notifications_failed_total{integration="email"}', "2x60"),
      summary:
        "Notifications by email that Alertmanager could not deliver in a quarter of an hour: 30.",
    },
  ),
  NodeNotReady: always(
    { node: "a" },
    {
      at: 20,
      fires: { ...nodeIs("a", "unknown"), 'kube_pod_info{node="a", pod="p"}': "1x30" },
      silent: { ...nodeIs("a", "true"), 'kube_pod_info{node="a", pod="p"}': "1x30" },
      summary: "Node a is not ready; pods on it: 1.",
    },
  ),
  NodeDiskFilling: always(
    { instance: "a", mountpoint: "/" },
    {
      at: 20,
      fires: {
        'node_filesystem_avail_bytes{instance="a", mountpoint="/", fstype="ext4"}': "5x30",
        'node_filesystem_size_bytes{instance="a", mountpoint="/", fstype="ext4"}': "100x30",
      },
      silent: {
        'node_filesystem_avail_bytes{instance="a", mountpoint="/", fstype="ext4"}': "50x30",
        'node_filesystem_size_bytes{instance="a", mountpoint="/", fstype="ext4"}': "100x30",
        'node_filesystem_avail_bytes{instance="a", mountpoint="/mnt", fstype="nfs4"}': "1x30",
        'node_filesystem_size_bytes{instance="a", mountpoint="/mnt", fstype="nfs4"}': "100x30",
      },
      summary: "/ of node a has 5% left.",
    },
  ),
  NodeMemoryShort: always(
    { instance: "a" },
    {
      at: 20,
      fires: {
        'node_memory_MemAvailable_bytes{instance="a"}': "1x30",
        'node_memory_MemTotal_bytes{instance="a"}': "100x30",
      },
      silent: {
        'node_memory_MemAvailable_bytes{instance="a"}': "20x30",
        'node_memory_MemTotal_bytes{instance="a"}': "100x30",
      },
      summary: "Node a has 1% of its memory left.",
    },
  ),
};
