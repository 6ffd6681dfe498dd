import { cluster, defineService, scratch, secret, share, state } from "#rzp";

export default defineService({
  tier: "media",
  about: "Finds subtitles for what Sonarr and Radarr have",
  image: "ghcr.io/home-operations/bazarr:1.6.0",
  size: "medium",
  ports: { http: 6767 },
  health: { http: "/api/system/ping" },
  // Bazarr makes its key itself: copy it from its settings (General, Security) to this secret.
  metrics: { exporter: "exportarr", key: secret("api-key") },
  storage: {
    config: state({
      at: "/config",
      size: "2Gi",
      restored: { whole: ["db/bazarr.db"], newest: { within: "6h" } },
    }),
    // At the same path as in Sonarr and Radarr, so that no path is translated.
    media: share("media", { at: "/media" }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  env: { TZ: cluster("timeZone"), BAZARR__PORT: 6767 },
  consumes: { sonarr: "http", radarr: "http" },
  reaches: { internet: ["https"] },
  // Its own login is off until someone sets it up.
  routes: { web: { host: "bazarr", to: "http", audience: "internal", signIn: "sso" } },
});
