import { defineService, from, scratch, secret, share, state } from "#rzp";

export default defineService({
  tier: "media",
  about: "Finds, downloads and renames television series",
  image: "ghcr.io/home-operations/sonarr:4.0.19.3001",
  size: "small",
  ports: { http: 8989 },
  health: { http: "/ping" },
  storage: {
    config: state({ at: "/config", size: "5Gi" }),
    media: share("media", { at: "/media" }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  env: {
    SONARR__AUTH__APIKEY: secret("api-key"),
    SONARR__LOG__LEVEL: "info",
    SONARR__POSTGRES__HOST: from("postgres", "host"),
    SONARR__POSTGRES__PASSWORD: from("postgres", "password"),
  },
  offers: { "api-key": secret("api-key") },
  consumes: { postgres: { login: "sonarr" }, prowlarr: "http" },
  reaches: { internet: ["https"] },
  routes: { web: { host: "sonarr", to: "http", audience: "internal", signIn: "own" } },
});
