import { defineService, scratch, secret, share, state } from "#rzp";

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
    SONARR__APP__INSTANCENAME: "Sonarr",
    SONARR__AUTH__APIKEY: secret("api-key"),
    SONARR__AUTH__METHOD: "Forms",
    SONARR__AUTH__REQUIRED: "Enabled",
    SONARR__LOG__DBENABLED: false,
    SONARR__SERVER__PORT: 8989,
  },
  offers: { "api-key": secret("api-key") },
  reaches: { internet: ["https"] },
  routes: { web: { host: "sonarr", to: "http", audience: "internal", signIn: "own" } },
});
