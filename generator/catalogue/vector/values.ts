import { because, daemonSet, defineService, file, from, hostPath, pod } from "#rzp";

export default defineService({
  tier: "observability",
  about: "Reads the logs of all pods and passes them on to OpenObserve",
  image: "docker.io/timberio/vector:0.57.0-distroless-libc",
  runs: daemonSet(),
  args: ["--config", "/etc/vector/vector.yaml"],
  size: "small",
  files: {
    "/etc/vector/vector.yaml": file("config/vector.yaml"),
    "/etc/vector/secrets/openobserve_password": from("openobserve", "password"),
  },
  env: { VECTOR_SELF_NODE_NAME: pod("spec.nodeName") },
  ports: { api: 8686, metrics: 9090 },
  health: { http: "/health", port: "api" },
  metrics: { port: "metrics" },
  storage: {
    logs: because(
      hostPath("/var/log", { at: "/var/log", readOnly: true }),
      "the logs of all pods are files of the node",
    ),
    buffer: because(
      hostPath("/var/lib/vector", { at: "/var/lib/vector", type: "DirectoryOrCreate" }),
      "positions and unsent records must survive a restart of the pod",
    ),
  },
  security: because({ user: 0, group: 0 }, "log files of the node belong to root"),
  account: {
    cluster: {
      pods: ["get", "list", "watch"],
      namespaces: ["get", "list", "watch"],
      nodes: ["get", "list", "watch"],
    },
  },
  placement: { tolerates: { "node-role.kubernetes.io/control-plane": "NoSchedule" } },
  // Its own lines are not read: each record sent would bring forth another.
  podLabels: { "vector.dev/exclude": "true" },
  consumes: { openobserve: "http" },
  reaches: { apiserver: ["https"] },
});
