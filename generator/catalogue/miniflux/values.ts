import { cluster, defineService, from, routeHost, secret } from "#rzp";

export default defineService({
  tier: "apps",
  about: "Reads news feeds",
  image: "ghcr.io/miniflux/miniflux:2.3.3-distroless",
  size: "small",
  ports: { http: 8080 },
  health: { http: "/healthcheck" },
  metrics: { port: "http" },
  env: {
    DATABASE_URL: from("postgres", "url"),
    RUN_MIGRATIONS: 1,
    CREATE_ADMIN: 1,
    ADMIN_USERNAME: "admin",
    ADMIN_PASSWORD: secret("admin-password"),
    LISTEN_ADDR: "0.0.0.0:8080",
    WEB_HOST: routeHost("web"),
    BASE_URL: "https://$(WEB_HOST)",
    METRICS_COLLECTOR: 1,
    METRICS_ALLOWED_NETWORKS: cluster("podNetwork"),
  },
  consumes: { postgres: { login: "miniflux" } },
  reaches: { internet: ["http", "https"] },
  secrets: { "admin-password": { generate: "password", about: "Of its first user" } },
  routes: { web: { host: "miniflux", to: "http", audience: "internal", signIn: "own" } },
});
