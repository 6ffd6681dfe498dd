import { cache, defineComposedService, from, state } from "#rzp";

export default defineComposedService({
  tier: "media",
  about: "Photos and videos with face and object search",
  components: {
    server: {
      image: "ghcr.io/immich-app/immich-server:v3.1.0",
      size: "large",
      ports: { http: 2283, metrics: 8081 },
      health: { http: "/api/server/ping" },
      metrics: { port: "metrics" },
      mounts: { library: "/data" },
      env: { DB_URL: from("postgres", "url"), IMMICH_MACHINE_LEARNING_URL: from("./learning", "url") },
      consumes: { postgres: { login: "immich" }, "./learning": "ml" },
    },
    learning: {
      image: "ghcr.io/immich-app/immich-machine-learning:v3.1.0",
      resources: { cpu: "500m", memory: "2Gi" },
      ports: { ml: 3003 },
      health: { http: "/ping", port: "ml" },
      mounts: { models: "/cache" },
      reaches: { internet: ["https"] },
    },
  },
  storage: { library: state({ size: "500Gi", class: "bulk" }), models: cache({ size: "10Gi" }) },
  routes: { web: { host: "photos", to: "server/http", audience: "internal", signIn: "own" } },
});
