import { cache, defineComposedService, from, scratch, state } from "#rzp";

export default defineComposedService({
  tier: "media",
  about: "Photos and videos with face and object search",
  components: {
    server: {
      image: "ghcr.io/immich-app/immich-server:v3.1.0",
      size: "large",
      // Jobs have metrics of their own.
      ports: { http: 2283, metrics: 8081, "job-metrics": 8082 },
      health: { http: "/api/server/ping", startsWithin: "10m" },
      metrics: { port: ["metrics", "job-metrics"] },
      mounts: { library: "/data", temporary: "/tmp" },
      env: {
        DB_URL: from("postgres-vector", "url"),
        REDIS_HOSTNAME: from("valkey", "host"),
        REDIS_PORT: from("valkey", "port"),
        REDIS_PASSWORD: from("valkey", "password"),
        IMMICH_MACHINE_LEARNING_URL: from("./learning", "url"),
        IMMICH_TELEMETRY_INCLUDE: "all",
      },
      consumes: {
        "postgres-vector": { login: "immich" },
        valkey: "redis",
        "./learning": "ml",
      },
      // The check for new versions; tiles of maps are fetched by browsers.
      reaches: { internet: ["https"] },
    },
    learning: {
      image: "ghcr.io/immich-app/immich-machine-learning:v3.1.0",
      size: "xlarge",
      ports: { ml: 3003 },
      health: { http: "/ping" },
      mounts: { models: "/cache", "learning-temporary": "/tmp" },
      env: { HOME: "/tmp", MPLCONFIGDIR: "/tmp" },
      // Downloads its models at first use.
      reaches: { internet: ["https"] },
    },
  },
  storage: {
    library: state({
      size: "500Gi",
      class: "bulk",
      restored: { files: { atLeast: 20 }, newest: { path: "backups", within: "26h" } },
    }),
    models: cache({ size: "10Gi" }),
    temporary: scratch({ size: "10Gi" }),
    "learning-temporary": scratch({ size: "1Gi" }),
  },
  routes: { web: { host: "photos", to: "server/http", audience: "internal", signIn: "own" } },
});
