import { because, defineChart } from "#rzp";

const requests = {
  server: { cpu: "100m", memory: "512Mi" },
  alertmanager: { cpu: "10m", memory: "64Mi" },
  operator: { cpu: "20m", memory: "96Mi" },
  state: { cpu: "10m", memory: "96Mi" },
  node: { cpu: "10m", memory: "32Mi" },
  reloader: { cpu: "5m", memory: "24Mi" },
};
const priorityClassName = "tier-observability";
const limited = (name: keyof typeof requests, memory: string) => ({
  priorityClassName,
  resources: { requests: requests[name], limits: { memory } },
});
/** What is read is said below, once: the chart's own monitors would read everything twice. */
const noMonitor = { prometheus: { monitor: { enabled: false } } };
const selfMonitor = { serviceMonitor: { selfMonitor: false } };
/** By the default class of the cluster; an overlay of the environment may say `storageClassName`. */
const keptOn = (storage: string) => ({
  volumeClaimTemplate: {
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } },
  },
});
const off = { enabled: false };

export default defineChart({
  tier: "observability",
  about: "Reads metrics of everything, evaluates the rules of alerts, and passes alerts on",
  chart: {
    from: "oci://ghcr.io/prometheus-community/charts/kube-prometheus-stack",
    version: "88.5.3",
    brings: ["monitoring.coreos.com"],
    values: {
      // Short names: the server is the StatefulSet prometheus-prometheus, its Service prometheus-prometheus.
      fullnameOverride: "prometheus",
      cleanPrometheusOperatorObjectNames: true,
      // Rules are RZP's, and OpenObserve shows the dashboards.
      defaultRules: { create: false },
      grafana: off,
      // Parts of the control plane that a home cluster does not let anybody read, or has no Service for.
      kubeApiServer: off,
      kubeControllerManager: off,
      kubeScheduler: off,
      kubeEtcd: off,
      kubeProxy: off,
      coreDns: off,
      prometheusOperator: {
        ...limited("operator", "256Mi"),
        ...selfMonitor,
        // The API server judges objects by their schemas; RZP has promtool judge the rules before.
        admissionWebhooks: off,
        tls: off,
        prometheusConfigReloader: {
          resources: { requests: requests.reloader, limits: { memory: "64Mi" } },
        },
      },
      prometheus: {
        ...selfMonitor,
        prometheusSpec: {
          ...limited("server", "2Gi"),
          // All monitors, probes and rules of all namespaces, not only those with a label of this chart.
          serviceMonitorSelectorNilUsesHelmValues: false,
          podMonitorSelectorNilUsesHelmValues: false,
          probeSelectorNilUsesHelmValues: false,
          ruleSelectorNilUsesHelmValues: false,
          scrapeConfigSelectorNilUsesHelmValues: false,
          scrapeInterval: "30s",
          evaluationInterval: "30s",
          // What rules look back at, and a little more: OpenObserve keeps metrics for long.
          retention: "35d",
          retentionSize: "16GiB",
          // Vector passes them on to OpenObserve. What it has not taken waits in the write-ahead log, for two hours.
          remoteWrite: [{ name: "vector", url: "http://vector.observability-vector.svc:9092/" }],
          storageSpec: keptOn("20Gi"),
        },
      },
      alertmanager: {
        ...selfMonitor,
        alertmanagerSpec: {
          ...limited("alertmanager", "256Mi"),
          // A route holds for alerts of every namespace: so nobody else's AlertmanagerConfig is read.
          alertmanagerConfigSelector: {},
          alertmanagerConfigNamespaceSelector: {
            matchLabels: { "kubernetes.io/metadata.name": "observability-prometheus" },
          },
          alertmanagerConfigMatcherStrategy: { type: "None" },
          storage: keptOn("1Gi"),
        },
      },
      "kube-state-metrics": {
        ...limited("state", "256Mi"),
        ...noMonitor,
        // No Secrets and no ConfigMaps: nothing is known of them that an alert needs.
        collectors: [
          "cronjobs",
          "daemonsets",
          "deployments",
          "horizontalpodautoscalers",
          "jobs",
          "namespaces",
          "nodes",
          "persistentvolumeclaims",
          "persistentvolumes",
          "poddisruptionbudgets",
          "pods",
          "replicasets",
          "resourcequotas",
          "statefulsets",
        ],
      },
      "prometheus-node-exporter": {
        ...limited("node", "128Mi"),
        ...noMonitor,
        service: { portName: "http-metrics" },
      },
    },
  },
  components: {
    server: {
      pods: { "app.kubernetes.io/name": "prometheus" },
      rendered: because(false, "the operator makes these pods"),
      podSecurity: "restricted",
      ports: { "http-web": 9090 },
      metrics: { port: "http-web" },
      consumes: { "./alertmanager": "http-web", vector: "remote-write" },
      // The kubelets: what containers use, and how full volumes are.
      reaches: { apiserver: ["https"], nodes: ["10250/tcp"] },
      requests: requests.server,
    },
    alertmanager: {
      pods: { "app.kubernetes.io/name": "alertmanager" },
      rendered: because(false, "the operator makes these pods"),
      podSecurity: "restricted",
      ports: { "http-web": 9093 },
      metrics: { port: "http-web" },
      reaches: { receivers: true },
      requests: requests.alertmanager,
    },
    operator: {
      pods: { app: "kube-prometheus-stack-operator" },
      podSecurity: "restricted",
      ports: { http: 8080 },
      metrics: { port: "http" },
      reaches: { apiserver: ["https"] },
      requests: requests.operator,
    },
    "kube-state-metrics": {
      pods: { "app.kubernetes.io/name": "kube-state-metrics" },
      podSecurity: "restricted",
      ports: { http: 8080 },
      // They are about other pods, whose names they bear.
      metrics: { port: "http", keepLabels: true },
      reaches: { apiserver: ["https"] },
      requests: requests.state,
    },
    "node-exporter": {
      pods: { "app.kubernetes.io/name": "prometheus-node-exporter" },
      podSecurity: because("privileged", "reads files and processes of its node"),
      hostNetwork: because(true, "counts what goes through the node's interfaces"),
      ports: { "http-metrics": 9100 },
      metrics: { port: "http-metrics" },
      requests: requests.node,
      everyNode: true,
      tolerates: { "node-role.kubernetes.io/control-plane": "NoSchedule" },
    },
  },
});
