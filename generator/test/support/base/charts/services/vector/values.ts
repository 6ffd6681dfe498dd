import { because, daemonSet, defineService, file, hostPath, pod } from "#rzp";

export default defineService({
  tier: "observability",
  about: "Reads the logs of all pods and passes them on",
  image: "docker.io/timberio/vector:0.56.0-distroless-libc",
  runs: daemonSet(),
  ports: { api: 8686, metrics: 9090 },
  health: { http: "/health", port: "api" },
  metrics: { port: "metrics" },
  storage: {
    logs: because(hostPath("/var/log", { at: "/var/log", readOnly: true }), "the logs of all pods are files of the node"),
  },
  env: { VECTOR_SELF_NODE_NAME: pod("spec.nodeName") },
  files: { "/etc/vector/vector.yaml": file("config/vector.yaml") },
  security: because({ user: 0, group: 0 }, "log files of the node belong to root"),
  account: { cluster: { pods: ["get", "list", "watch"] } },
  reaches: { apiserver: ["https"] },
});
