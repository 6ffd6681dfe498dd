/** Panels of a tier: `$namespaces` stands for those of its services, as a regular expression. */
import type { PanelTemplate } from "../dashboards.ts";

export const tierPanels = {
  "tier-not-ready": {
    title: "Pods that are not ready",
    type: "line",
    reads: ["kube_pod_status_ready"],
    queries: [
      {
        metric: "kube_pod_status_ready",
        promql:
          'sum by (namespace) (kube_pod_status_ready{namespace=~"$namespaces",condition="false"})',
        legend: "{namespace}",
      },
    ],
  },
  "tier-restarts": {
    title: "Restarts in an hour",
    type: "line",
    reads: ["kube_pod_container_status_restarts_total"],
    queries: [
      {
        metric: "kube_pod_container_status_restarts_total",
        promql:
          'sum by (namespace) (increase(kube_pod_container_status_restarts_total{namespace=~"$namespaces"}[1h]))',
        legend: "{namespace}",
      },
    ],
  },
  "tier-cpu": {
    title: "Processor time, cores",
    type: "line",
    reads: ["container_cpu_usage_seconds_total"],
    queries: [
      {
        metric: "container_cpu_usage_seconds_total",
        promql:
          'sum by (namespace) (rate(container_cpu_usage_seconds_total{namespace=~"$namespaces",container!=""}[5m]))',
        legend: "{namespace}",
      },
    ],
  },
  "tier-memory": {
    title: "Memory",
    type: "line",
    unit: "bytes",
    reads: ["container_memory_working_set_bytes"],
    queries: [
      {
        metric: "container_memory_working_set_bytes",
        promql:
          'sum by (namespace) (container_memory_working_set_bytes{namespace=~"$namespaces",container!=""})',
        legend: "{namespace}",
      },
    ],
  },
  "tier-volumes": {
    title: "The fullest volume of each service",
    type: "line",
    unit: "percent-1",
    reads: ["kubelet_volume_stats_used_bytes", "kubelet_volume_stats_capacity_bytes"],
    queries: [
      {
        metric: "kubelet_volume_stats_used_bytes",
        promql:
          'max by (namespace) (kubelet_volume_stats_used_bytes{namespace=~"$namespaces"} / kubelet_volume_stats_capacity_bytes{namespace=~"$namespaces"})',
        legend: "{namespace}",
      },
    ],
  },
} as const satisfies Readonly<Record<string, PanelTemplate>>;
