import { because, daemonSet, defineService, file, from, hostPath, logPipeline, pod } from "#rzp";

export default defineService({
  tier: "observability",
  about:
    "Carries all metrics to OpenObserve, and the logs of all pods but its own and OpenObserve's",
  image: "docker.io/timberio/vector:0.57.0-distroless-libc",
  runs: daemonSet(),
  args: ["--config", "/etc/vector/vector.json"],
  size: "small",
  files: {
    "/etc/vector/vector.json": logPipeline({
      store: "openobserve",
      user: "admin@example.com",
      password: "/etc/vector/secrets/openobserve_password",
      data: "/var/lib/vector",
    }),
    // Steps each line goes through, in this order.
    "/etc/vector/1-origin.vrl": file("config/1-origin.vrl"),
    "/etc/vector/2-format.vrl": file("config/2-format.vrl"),
    "/etc/vector/3-noise.vrl": file("config/3-noise.vrl"),
    "/etc/vector/secrets/openobserve_password": from("openobserve", "password"),
  },
  env: { VECTOR_SELF_NODE_NAME: pod("spec.nodeName") },
  ports: { api: 8686, metrics: 9090, "remote-write": 9092 },
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
  consumes: { openobserve: "http" },
  reaches: { apiserver: ["https"] },
});
