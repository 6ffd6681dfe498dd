import { because, cluster, defineService, scratch, state } from "#rzp";

export default defineService({
  tier: "observability",
  about: "Asks services whether they are up, and shows a status page",
  image:
    "ghcr.io/louislam/uptime-kuma:2.5.1-slim-rootless@sha256:460eed12e7a05a69bfd6b5c8ede38734b1fa80f886c08f1499d046ad2031c52a",
  size: "small",
  ports: { http: 3001 },
  health: { http: "/" },
  storage: {
    data: state({
      at: "/app/data",
      size: "2Gi",
      restored: { whole: ["kuma.db"], newest: { within: "1h" } },
    }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  env: {
    TZ: cluster("timeZone"),
    DATA_DIR: "/app/data",
    PORT: 3001,
    UPTIME_KUMA_DB_TYPE: "sqlite",
  },
  security: because({ writableRoot: true }, "nobody is known to run it with a read-only root"),
  // A service of this platform it shall ask is added to `consumes`.
  reaches: { internet: ["http", "https"] },
  routes: { web: { host: "uptime", to: "http", audience: "internal", signIn: "own" } },
});
