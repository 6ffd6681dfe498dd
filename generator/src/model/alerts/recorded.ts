/**
 * Series that Prometheus records once a cluster, for all services: what an alert of a service asks of them is one
 * number. Each by its name, as the Prometheus documentation has it: level:metric:operation.
 */

const restarts = "kube_pod_container_status_restarts_total";
const initRestarts = "kube_pod_init_container_status_restarts_total";
const reason = "status_last_terminated_reason{reason='OOMKilled'} == 1";
const available = "kubelet_volume_stats_available_bytes";
const capacity = "kubelet_volume_stats_capacity_bytes";
const byClaim = "by (namespace, persistentvolumeclaim)";
const byContainer = "by (namespace, pod, container)";
const throttled = (metric: string) =>
  `sum ${byContainer} (increase(container_cpu_cfs_${metric}_total{container!=''}[5m]))`;
const started = "kube_job_status_start_time";

export const recorded = {
  // Native sidecars count as init containers.
  "rzp:container_restarts:increase30m": `max ${byContainer} (increase(${restarts}[30m]) > 0 or increase(${initRestarts}[30m]) > 0)`,
  "rzp:container_oom_restarts:increase30m": `rzp:container_restarts:increase30m and on (namespace, pod, container) (kube_pod_container_${reason} or kube_pod_init_container_${reason})`,
  "rzp:pods_not_ready:count":
    "count by (namespace) (kube_pod_status_phase{phase='Pending'} == 1 or on (namespace, pod) (kube_pod_status_ready{condition='false'} == 1 unless on (namespace, pod) kube_pod_status_phase{phase=~'Succeeded|Failed'} == 1))",
  "rzp:container_throttled:ratio": `${throttled("throttled_periods")} / ${throttled("periods")}`,
  "rzp:quota_used:ratio":
    "max by (namespace, resource) (kube_resourcequota{type='used'} / ignoring (type) (kube_resourcequota{type='hard'} > 0))",
  "rzp:volume_left:ratio": `min ${byClaim} (${available} / ${capacity})`,
  "rzp:volume_left_in4d:ratio": `min ${byClaim} (predict_linear(${available}[6h], 345600) / ${capacity})`,
  // cert-manager is scraped in its own namespace; the certificate's own is beside it.
  "rzp:certificate_left:days":
    "min by (namespace, name) (label_replace((certmanager_certificate_expiration_timestamp_seconds - time()) / 86400, 'namespace', '$1', 'exported_namespace', '(.+)'))",
  // Failed, and no run of the same schedule has succeeded since.
  "rzp:job_failed:seconds": `max by (namespace, job_name) (time() - ${started} and on (namespace, job_name) kube_job_failed{condition='true'} == 1 unless on (namespace, job_name) ${started} * on (namespace, job_name) group_left (owner_name) kube_job_owner{owner_kind='CronJob'} < on (namespace, owner_name) group_left () label_replace(kube_cronjob_status_last_successful_time, 'owner_name', '$1', 'cronjob', '(.+)'))`,
  "rzp:schedule_since_success:seconds":
    "time() - (max by (namespace, cronjob) (kube_cronjob_status_last_successful_time) or max by (namespace, cronjob) (kube_cronjob_created))",
} as const satisfies Readonly<Record<`rzp:${string}`, string>>;

export type RecordedName = keyof typeof recorded;

/** What some services alone make a metric for: recorded where they run. */
const needs: Readonly<Partial<Record<RecordedName, string>>> = {
  "rzp:certificate_left:days": "cert-manager",
};

/** In: names of the services of the environment that carries the cluster. Out: what is recorded there. */
export const recordedWith = (services: readonly string[]): (readonly [RecordedName, string])[] =>
  (Object.entries(recorded) as [RecordedName, string][]).filter(([name]) => {
    const service = needs[name];
    return service === undefined || services.includes(service);
  });
