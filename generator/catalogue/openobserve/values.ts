import { cluster, defineService, scratch, secret, state, statefulSet } from "#rzp";

export default defineService({
  tier: "observability",
  about: "Keeps logs and metrics, searches them, and shows dashboards over them",
  image: "o2cr.ai/openobserve/openobserve:v0.92.2",
  runs: statefulSet(),
  resources: { cpu: "200m", memory: "512Mi", memoryLimit: "2Gi" },
  env: {
    // Must look like an e-mail address, or it does not start; Vector signs in with it too.
    ZO_ROOT_USER_EMAIL: "admin@example.com",
    ZO_ROOT_USER_PASSWORD: secret("root-password"),
    ZO_DATA_DIR: "/data/",
    // Of every stream that is not told otherwise: those of metrics. Streams of logs are, by `dashboards`.
    ZO_COMPACT_DATA_RETENTION_DAYS: cluster("metricDays"),
    // A Vector that was cut off may deliver what it kept meanwhile.
    ZO_INGEST_ALLOWED_UPTO: cluster("ingestHours"),
    ZO_PROMETHEUS_ENABLED: true,
    ZO_COOKIE_SECURE_ONLY: true,
    ZO_TELEMETRY: false,
    ZO_MMDB_DISABLE_DOWNLOAD: true,
  },
  ports: { http: 5080 },
  health: { http: "/healthz" },
  metrics: { port: "http" },
  storage: {
    data: state({
      at: "/data",
      size: "100Gi",
      class: "bulk",
      restored: { whole: ["db/metadata.sqlite"], newest: { within: "1h" } },
    }),
    temporary: scratch({ at: "/tmp", size: "2Gi" }),
  },
  runAs: { user: 10000, group: 3000, files: 2000 },
  secrets: {
    "root-password": {
      generate: "password",
      about:
        "Of its first user; who sends to it uses that too. A new value alone locks all out: run `/openobserve reset -c root` in its restarted pod, then restart it once more",
    },
  },
  offers: { password: secret("root-password") },
  routes: { web: { host: "logs", to: "http", audience: "internal", signIn: "own" } },
});
