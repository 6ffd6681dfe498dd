/**
 * Series that Prometheus records once a cluster, for all services: what an alert of a service asks of them is one
 * number. Each by its name, as the Prometheus documentation has it: level:metric:operation.
 */
import { ownService } from "../names.ts";

const restarts = "kube_pod_container_status_restarts_total";
const initRestarts = "kube_pod_init_container_status_restarts_total";
const reason = "status_last_terminated_reason{reason='OOMKilled'} == 1";
const available = "kubelet_volume_stats_available_bytes";
const capacity = "kubelet_volume_stats_capacity_bytes";
const byClaim = "by (namespace, persistentvolumeclaim)";
const byContainer = "by (namespace, pod, container)";
/** A series with labels made of others: label, value, label it is made of, pattern of that. */
const labelled = (series: string, ...steps: readonly (readonly string[])[]) =>
  steps.reduce(
    (inner, step) => `label_replace(${[inner, ...step.map((one) => `'${one}'`)].join(", ")})`,
    series,
  );
/** An operator is scraped in its own namespace; that of the object it tells of is beside it. */
const ofObject = (series: string) =>
  labelled(series, ["namespace", "$1", "exported_namespace", "(.+)"]);
const started = "kube_job_status_start_time";
/** Pods Velero makes to copy a volume wait until the volume can be read, hours for a large one; it gives up by itself, and `BackupFailing` tells. */
const copying =
  "kube_pod_owner{owner_kind=~'DataUpload|DataDownload|PodVolumeBackup|PodVolumeRestore'}";

/** Of the prober itself, not of what it asks. */
export const proberMetric = "blackbox_exporter_config_last_reload_successful";

export const recorded = {
  // Native sidecars count as init containers.
  "rzp:container_restarts:increase30m": `max ${byContainer} (increase(${restarts}[30m]) > 0 or increase(${initRestarts}[30m]) > 0)`,
  "rzp:container_oom_restarts:increase30m": `rzp:container_restarts:increase30m and on (namespace, pod, container) (kube_pod_container_${reason} or kube_pod_init_container_${reason})`,
  "rzp:pods_not_ready:count": `count by (namespace) ((kube_pod_status_phase{phase='Pending'} == 1 or on (namespace, pod) (kube_pod_status_ready{condition='false'} == 1 unless on (namespace, pod) kube_pod_status_phase{phase=~'Succeeded|Failed'} == 1)) unless on (namespace, pod) ${copying})`,
  // Of DaemonSets that are read at all: pods that should be there, less those of which everything answers.
  "rzp:daemon_pods_missed:count": `max by (namespace, daemonset) (kube_daemonset_status_desired_number_scheduled) - on (namespace, daemonset) count by (namespace, daemonset) (${labelled("group by (namespace, pod, created_by_name) (kube_pod_info{created_by_kind='DaemonSet'})", ["daemonset", "$1", "created_by_name", "(.+)"])} and on (namespace, pod) min by (namespace, pod) (up) == 1)`,
  "rzp:quota_used:ratio":
    "max by (namespace, resource) (kube_resourcequota{type='used'} / ignoring (type) (kube_resourcequota{type='hard'} > 0))",
  "rzp:volume_left:ratio": `min ${byClaim} (${available} / ${capacity})`,
  "rzp:volume_left_in4d:ratio": `min ${byClaim} (predict_linear(${available}[6h], 345600) / ${capacity})`,
  "rzp:certificate_left:days": `min by (namespace, name) (${ofObject("(certmanager_certificate_expiration_timestamp_seconds - time()) / 86400")})`,
  "rzp:certificate_not_ready:max": `max by (namespace, name) (${ofObject("certmanager_certificate_ready_status{condition!='True'} == 1")})`,
  "rzp:external_secret_not_ready:max": `max by (namespace, name) (${ofObject("externalsecret_status_condition{condition='Ready', status='False'} == 1")})`,
  // Failed, and no run of the same schedule has succeeded since.
  "rzp:job_failed:seconds": `max by (namespace, job_name) (time() - ${started} and on (namespace, job_name) kube_job_failed{condition='true'} == 1 unless on (namespace, job_name) ${started} * on (namespace, job_name) group_left (owner_name) kube_job_owner{owner_kind='CronJob'} < on (namespace, owner_name) group_left () label_replace(kube_cronjob_status_last_successful_time, 'owner_name', '$1', 'cronjob', '(.+)'))`,
  "rzp:schedule_since_success:seconds":
    "time() - (max by (namespace, cronjob) (kube_cronjob_status_last_successful_time) or max by (namespace, cronjob) (kube_cronjob_created))",
  // Then there is no answer about anything that is asked by it.
  "rzp:prober:absent": `absent(${proberMetric})`,
  // When each schedule was suspended last. It goes on from what it was, as Prometheus forgets sooner than a rare schedule runs.
  "rzp:schedule_suspended:time":
    "(max by (namespace, cronjob) (kube_cronjob_spec_suspend == 1) * time() or last_over_time(rzp:schedule_suspended:time[3d])) and on (namespace, cronjob) kube_cronjob_spec_suspend",
  // Its name is `<environment>.<service>[.<layer>]`, its project `<environment>-<tier>`; what has neither, as the root, is the environment's own.
  "rzp:application:info": labelled(
    "max by (name, project, autosync_enabled, sync_status, health_status) (argocd_app_info)",
    ["environment", "$1", "name", "([^.]+).*"],
    ["service", "$1", "name", "[^.]+[.]([^.]+).*"],
    ["tier", "$1", "project", ".+-([^-]+)"],
    ["service", ownService, "service", ""],
    ["tier", ownService, "tier", ""],
  ),
} as const satisfies Readonly<Record<`rzp:${string}`, string>>;

export type RecordedName = keyof typeof recorded;
