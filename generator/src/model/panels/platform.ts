/** Panels of the cluster as a whole. */
import type { PanelTemplate } from "../dashboards.ts";

export const platformPanels = {
  "nodes-ready": {
    title: "Nodes that are ready",
    type: "line",
    reads: ["kube_node_status_condition"],
    queries: [
      {
        metric: "kube_node_status_condition",
        promql: 'sum by (node) (kube_node_status_condition{condition="Ready",status="true"})',
        legend: "{node}",
      },
    ],
  },
  "nodes-cpu": {
    title: "Processors of nodes, share in use",
    type: "line",
    unit: "percent-1",
    reads: ["node_cpu_seconds_total"],
    queries: [
      {
        metric: "node_cpu_seconds_total",
        promql: '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))',
        legend: "{instance}",
      },
    ],
  },
  "nodes-memory": {
    title: "Memory of nodes, share in use",
    type: "line",
    unit: "percent-1",
    reads: ["node_memory_MemAvailable_bytes", "node_memory_MemTotal_bytes"],
    queries: [
      {
        metric: "node_memory_MemAvailable_bytes",
        promql: "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes",
        legend: "{instance}",
      },
    ],
  },
  "nodes-disk": {
    title: "Disks of nodes, share in use",
    type: "line",
    unit: "percent-1",
    reads: ["node_filesystem_avail_bytes", "node_filesystem_size_bytes"],
    queries: [
      {
        metric: "node_filesystem_avail_bytes",
        promql:
          '1 - min by (instance, mountpoint) (node_filesystem_avail_bytes{fstype!="tmpfs"} / node_filesystem_size_bytes{fstype!="tmpfs"})',
        legend: "{instance} {mountpoint}",
      },
    ],
  },
  "applications-health": {
    title: "Applications of Argo CD by health",
    type: "line",
    reads: ["argocd_app_info"],
    queries: [
      {
        metric: "argocd_app_info",
        promql: "count by (health_status) (argocd_app_info)",
        legend: "{health_status}",
      },
    ],
  },
  "certificates-expiry": {
    title: "Days until certificates expire",
    type: "line",
    reads: ["certmanager_certificate_expiration_timestamp_seconds"],
    queries: [
      {
        metric: "certmanager_certificate_expiration_timestamp_seconds",
        promql:
          "min by (exported_namespace, name) ((certmanager_certificate_expiration_timestamp_seconds - time()) / 86400)",
        // A scrape names the namespace of who is asked.
        legend: "{exported_namespace} {name}",
      },
    ],
  },
  "backups-age": {
    title: "Hours since the last backup that went well",
    type: "line",
    reads: ["velero_backup_last_successful_timestamp"],
    queries: [
      {
        metric: "velero_backup_last_successful_timestamp",
        promql:
          'max by (schedule) ((time() - velero_backup_last_successful_timestamp{schedule!=""}) / 3600)',
        legend: "{schedule}",
      },
    ],
  },
  "logs-delivered": {
    title: "Lines that Vector reads and delivers, a second",
    type: "line",
    reads: ["vector_component_received_events_total", "vector_component_sent_events_total"],
    queries: [
      {
        metric: "vector_component_received_events_total",
        promql:
          'sum by (component_id) (rate(vector_component_received_events_total{component_kind="source"}[5m]))',
        legend: "{component_id} read",
      },
      {
        metric: "vector_component_sent_events_total",
        promql:
          'sum by (component_id) (rate(vector_component_sent_events_total{component_kind="sink"}[5m]))',
        legend: "{component_id} delivered",
      },
    ],
  },
  "logs-waiting": {
    title: "Lines that wait for OpenObserve",
    type: "line",
    unit: "bytes",
    reads: ["vector_buffer_byte_size"],
    queries: [
      {
        metric: "vector_buffer_byte_size",
        promql: "max by (component_id) (vector_buffer_byte_size)",
        legend: "{component_id}",
      },
    ],
  },
} as const satisfies Readonly<Record<string, PanelTemplate>>;
