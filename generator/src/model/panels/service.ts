/** Panels of a service: `$namespace`, `$service` and `$stream` are filled in for each. */
import type { PanelTemplate } from "../dashboards.ts";

export const servicePanels = {
  "pods-ready": {
    title: "Pods that are ready",
    type: "line",
    reads: ["kube_pod_status_ready"],
    queries: [
      {
        metric: "kube_pod_status_ready",
        promql: 'sum by (pod) (kube_pod_status_ready{namespace="$namespace",condition="true"})',
        legend: "{pod}",
      },
    ],
  },
  restarts: {
    title: "Restarts in an hour",
    type: "line",
    reads: ["kube_pod_container_status_restarts_total"],
    queries: [
      {
        metric: "kube_pod_container_status_restarts_total",
        promql:
          'sum by (pod, container) (increase(kube_pod_container_status_restarts_total{namespace="$namespace"}[1h]))',
        legend: "{pod} {container}",
      },
    ],
  },
  cpu: {
    title: "Processor time, cores",
    type: "line",
    reads: ["container_cpu_usage_seconds_total"],
    queries: [
      {
        metric: "container_cpu_usage_seconds_total",
        promql:
          'sum by (pod, container) (rate(container_cpu_usage_seconds_total{namespace="$namespace",container!=""}[5m]))',
        legend: "{pod} {container}",
      },
    ],
  },
  memory: {
    title: "Memory, and its limit",
    type: "line",
    unit: "bytes",
    reads: ["container_memory_working_set_bytes", "kube_pod_container_resource_limits"],
    queries: [
      {
        metric: "container_memory_working_set_bytes",
        promql:
          'sum by (pod, container) (container_memory_working_set_bytes{namespace="$namespace",container!=""})',
        legend: "{pod} {container}",
      },
      {
        metric: "kube_pod_container_resource_limits",
        promql:
          'max by (container) (kube_pod_container_resource_limits{namespace="$namespace",resource="memory"})',
        legend: "limit of {container}",
      },
    ],
  },
  throttled: {
    title: "Share of time that processor time was refused",
    type: "line",
    unit: "percent-1",
    reads: ["container_cpu_cfs_throttled_periods_total", "container_cpu_cfs_periods_total"],
    queries: [
      {
        metric: "container_cpu_cfs_throttled_periods_total",
        promql:
          'sum by (pod, container) (rate(container_cpu_cfs_throttled_periods_total{namespace="$namespace",container!=""}[5m])) / sum by (pod, container) (rate(container_cpu_cfs_periods_total{namespace="$namespace",container!=""}[5m]))',
        legend: "{pod} {container}",
      },
    ],
  },
  network: {
    title: "Network, received and sent",
    type: "line",
    unit: "bps",
    reads: ["container_network_receive_bytes_total", "container_network_transmit_bytes_total"],
    queries: [
      {
        metric: "container_network_receive_bytes_total",
        promql:
          'sum by (pod) (rate(container_network_receive_bytes_total{namespace="$namespace"}[5m]))',
        legend: "{pod} received",
      },
      {
        metric: "container_network_transmit_bytes_total",
        promql:
          'sum by (pod) (rate(container_network_transmit_bytes_total{namespace="$namespace"}[5m]))',
        legend: "{pod} sent",
      },
    ],
  },
  volumes: {
    title: "How full volumes are",
    type: "line",
    unit: "percent-1",
    reads: ["kubelet_volume_stats_used_bytes", "kubelet_volume_stats_capacity_bytes"],
    queries: [
      {
        metric: "kubelet_volume_stats_used_bytes",
        promql:
          'max by (persistentvolumeclaim) (kubelet_volume_stats_used_bytes{namespace="$namespace"}) / max by (persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes{namespace="$namespace"})',
        legend: "{persistentvolumeclaim}",
      },
    ],
  },
  scraped: {
    title: "Answers Prometheus",
    type: "line",
    reads: ["up"],
    queries: [
      {
        metric: "up",
        promql: 'min by (job) (up{namespace="$namespace"})',
        legend: "{job}",
      },
    ],
  },
  probed: {
    title: "Answers from outside, and how fast",
    type: "line",
    reads: ["probe_success", "probe_duration_seconds"],
    queries: [
      {
        metric: "probe_success",
        promql: 'min by (job) (probe_success{namespace="$namespace"})',
        legend: "{job} answers",
      },
      {
        metric: "probe_duration_seconds",
        promql: 'max by (job) (probe_duration_seconds{namespace="$namespace"})',
        legend: "{job} seconds",
      },
    ],
  },
  runs: {
    title: "Hours since the last run that went well",
    type: "line",
    reads: ["kube_cronjob_status_last_successful_time"],
    queries: [
      {
        metric: "kube_cronjob_status_last_successful_time",
        promql:
          'max by (cronjob) ((time() - kube_cronjob_status_last_successful_time{namespace="$namespace"}) / 3600)',
        legend: "{cronjob}",
      },
    ],
  },
} as const satisfies Readonly<Record<string, PanelTemplate>>;
