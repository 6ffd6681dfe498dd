/** PromQL of the alerts of a service: one expression a kind, whatever number of parts it is about. */
import type { RecordedName } from "../../model/alerts/recorded.ts";
import { isProbed } from "../../release/monitoring/watch.ts";
import type { AliveSeries } from "../../release/monitoring/watch.ts";
import type { Alert } from "./alert.ts";

type AlertOf<K extends Alert["kind"]> = Extract<Alert, { kind: K }>;
type Expressions = {
  readonly [K in Alert["kind"]]: (namespace: string, alerts: readonly AlertOf<K>[]) => string;
};

/** Matchers of the namespace, perhaps of some of its parts. */
function matching(namespace: string, label?: string, values: readonly string[] = []): string {
  const pattern = [...new Set(values)].join("|");
  const isOne = /^[\w-]+$/.test(pattern);
  const which = label === undefined ? "" : `, ${label}${isOne ? "=" : "=~"}'${pattern}'`;
  return `{namespace='${namespace}'${which}}`;
}

/** A recorded series. */
const series = (name: RecordedName, ...which: Parameters<typeof matching>): string =>
  `${name}${matching(...which)}`;

const expressions: Expressions = {
  ContainerCrashLooping: (namespace) =>
    `${series("rzp:container_restarts:increase30m", namespace)} > 3`,
  ContainerOomKilled: (namespace) =>
    `${series("rzp:container_oom_restarts:increase30m", namespace)} > 0`,
  PodNotReady: (namespace) => `${series("rzp:pods_not_ready:count", namespace)} > 0`,
  // Few containers have such a limit, so nothing is recorded for all.
  ContainerThrottled: (namespace, alerts) => {
    const [throttled, all] = ["throttled_periods", "periods"].map(
      (counted) =>
        `sum by (namespace, pod, container) (increase(container_cpu_cfs_${counted}_total${matching(
          namespace,
          "container",
          alerts.map(({ container }) => container),
        )}[5m]))`,
    );
    return `${throttled} / ${all} > 0.25`;
  },
  VolumeFilling: (namespace, alerts) => {
    const of = (name: RecordedName) => ofVolumes(name, namespace, alerts);
    return `${of("rzp:volume_left:ratio")} < 0.4 and ${of("rzp:volume_left_in4d:ratio")} < 0`;
  },
  VolumeAlmostFull: (namespace, alerts) =>
    `${ofVolumes("rzp:volume_left:ratio", namespace, alerts)} < 0.05`,
  CertificateExpiring: (namespace) => `${series("rzp:certificate_left:days", namespace)} < 10`,
  CertificateNotReady: (namespace) => ofLastDay(series("rzp:certificate_not_ready:max", namespace)),
  ExternalSecretNotReady: (namespace) =>
    ofLastDay(series("rzp:external_secret_not_ready:max", namespace)),
  JobFailed: (namespace, alerts) =>
    `${series(
      "rzp:job_failed:seconds",
      namespace,
      "job_name",
      alerts.map(({ job }) => `${job}-[0-9a-f]+`),
    )} > 0`,
  JobOverdue: (namespace, alerts) =>
    alerts
      .map(
        ({ job, after }) =>
          `${series("rzp:schedule_since_success:seconds", namespace, "cronjob", [job])} > ${after} unless on (namespace, cronjob) ${resumed(namespace, job, after)}`,
      )
      .join(" or "),
  BackupOverdue: (namespace, alerts) =>
    alerts
      .map(
        ({ schedule, after }) =>
          `time() - ${velero("velero_backup_last_successful_timestamp", namespace, [schedule])} > ${after}`,
      )
      .join(" or "),
  BackupMissing: (namespace, alerts) =>
    alerts
      .map(
        ({ schedule }) =>
          `absent(${velero("velero_backup_last_successful_timestamp", namespace, [schedule])}) * scalar(sum(${velero("velero_backup_attempt_total", namespace, [schedule])}) or vector(0))`,
      )
      .join(" or "),
  // Velero sets `velero_backup_last_status` back to 1 with every look at a schedule (its issues 8753, 9374).
  BackupFailing: (namespace, alerts) => {
    const schedules = alerts.map(({ schedule }) => schedule);
    const counted = ["failure", "partial_failure", "validation_failure"].map(
      (how) => `increase(${velero(`velero_backup_${how}_total`, namespace, schedules)}[6h])`,
    );
    return `${counted.join(" + ")} > 0`;
  },
  BackupLocationDown: (namespace, alerts) =>
    ofLastDay(
      `velero_backup_location_status_gauge{namespace='${namespace}', backup_location_name=~'${alerts.map(({ location }) => location).join("|")}'} != 1`,
    ),
  RestoreDrillFailed: (namespace) =>
    `time() - restore_drill_last_run_timestamp_seconds${matching(namespace)} and restore_drill_passed${matching(namespace)} == 0`,
  // Where none has ever passed the time is 0: then since there are drills.
  RestoreDrillOverdue: (namespace, [one]) => {
    const passed = `restore_drill_last_success_timestamp_seconds${matching(namespace)}`;
    const { cronjob = "", after = 0 } = one ?? {};
    const created = `max by (namespace) (kube_cronjob_created${matching(namespace, "cronjob", [cronjob])})`;
    const since = `${passed} > 0 or ${passed} + on (namespace) group_left () ${created}`;
    return `time() - (${since}) > ${after} unless on (namespace) ${resumed(namespace, cronjob, after)}`;
  },
  QuotaNearFull: (namespace) => `${series("rzp:quota_used:ratio", namespace)} > 0.9`,
  ServiceDown: (namespace, alerts) =>
    alerts
      .map(({ alive: { metric, job } }) => {
        const asked = alivePods(target(namespace, metric, job));
        return `count by (namespace, job) (${asked}) unless on (namespace, job) ${asked} == 1`;
      })
      .join(" or "),
  ServiceDownOnNode: (namespace) => `${series("rzp:daemon_pods_missed:count", namespace)} > 0`,
  ServiceAbsent: (namespace, alerts) => {
    const proberAway: RecordedName = "rzp:prober:absent";
    const absent = alerts.map(
      ({ alive: { metric, job }, heldBack }) =>
        `absent(${target(namespace, metric, job)})${heldBack === true ? ` unless on () ${proberAway}` : ""}`,
    );
    const running = `count(kube_pod_status_phase{namespace='${namespace}', phase='Running'} == 1)`;
    return `(${absent.join(" or ")}) * scalar(${running} or vector(0))`;
  },
  ProbeSlow: (namespace, alerts) =>
    alerts
      .map(
        ({ alive: { job } }) =>
          `avg_over_time(${target(namespace, "probe_duration_seconds", job)}[5m]) > 2`,
      )
      .join(" or "),
};

/** A schedule that was suspended until a while ago, as those of a stopped service are: it has as long again as if it had just been made. */
function resumed(namespace: string, cronjob: string, after: number): string {
  const which = [namespace, "cronjob", [cronjob]] as const;
  return `(time() - ${series("rzp:schedule_suspended:time", ...which)} < ${after} unless on (namespace, cronjob) kube_cronjob_spec_suspend${matching(...which)} == 1)`;
}

const ofVolumes = (
  name: RecordedName,
  namespace: string,
  alerts: readonly { readonly claims: string }[],
) =>
  series(
    name,
    namespace,
    "persistentvolumeclaim",
    alerts.map(({ claims }) => claims),
  );

/** In: what holds now. Out: for how many seconds of the last day it has, while it does. */
const ofLastDay = (holds: string): string => `60 * count_over_time((${holds})[1d:1m]) and ${holds}`;

/** A series of Velero about schedules. */
const velero = (metric: string, namespace: string, schedules: readonly string[]): string =>
  `${metric}{namespace='${namespace}', schedule${schedules.length === 1 ? "=" : "=~"}'${schedules.join("|")}'}`;

/** What Prometheus itself knows of a target. */
export const target = (namespace: string, metric: string, job: string): string =>
  `${metric}{namespace='${namespace}', job='${job}'}`;

/** In: the targets of a component. Out: for each of its pods whether all of it answers; a probe is one that has none. */
export const alivePods = (targets: string): string => `min by (namespace, job, pod) (${targets})`;

/** In: how a component is known to be alive. Out: the same, and that it is alive while its prober is away: nobody knows, and time that is not measured takes of no budget. */
export function takenForAlive(namespace: string, { metric, job }: Asked): string {
  const asked = alivePods(target(namespace, metric, job));
  return isProbed({ metric })
    ? `(${asked} or on (namespace, job) ${target(namespace, "up", job)} == bool 0)`
    : asked;
}

type Asked = Pick<AliveSeries, "metric" | "job">;

/** In: a kind, all alerts of that kind of a service. Out: when it is raised. */
export function expressionOf(
  kind: Alert["kind"],
  namespace: string,
  alerts: readonly Alert[],
): string {
  // The compiler does not see that the kind of the function and that of the alerts are one.
  const expression = expressions[kind] as (namespace: string, alerts: readonly Alert[]) => string;
  return expression(namespace, alerts);
}
