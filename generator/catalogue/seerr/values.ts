import { cluster, defineService, scratch, secret, state } from "#rzp";

export default defineService({
  tier: "media",
  about: "Takes requests for films and series and hands them to Sonarr and Radarr",
  image: "ghcr.io/seerr-team/seerr:v3.4.1",
  size: "medium",
  ports: { http: 5055 },
  health: { http: "/api/v1/status" },
  storage: {
    config: state({
      at: "/app/config",
      size: "1Gi",
      restored: { whole: ["db/db.sqlite3", "settings.json"], newest: { within: "26h" } },
    }),
    pages: scratch({ at: "/app/.next/cache", size: "1Gi" }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  env: { TZ: cluster("timeZone"), PORT: 5055, LOG_LEVEL: "info", API_KEY: secret("api-key") },
  secrets: { "api-key": { generate: "password", about: "What its API is called with" } },
  offers: { "api-key": secret("api-key") },
  consumes: { jellyfin: "http", sonarr: "http", radarr: "http" },
  reaches: { internet: ["https"] },
  routes: { web: { host: "requests", to: "http", audience: "internal", signIn: "own" } },
});
