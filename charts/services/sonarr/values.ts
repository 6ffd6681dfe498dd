import { cluster, defineService, from, scratch, secret, share, state } from "#rzp";

export default defineService({
  tier: "media",
  about: "Finds, downloads and renames television series",
  image: "ghcr.io/home-operations/sonarr:4.0.19.3001",
  size: "medium",
  ports: { http: 8989 },
  health: { http: "/ping" },
  metrics: { exporter: "exportarr", key: secret("api-key") },
  storage: {
    config: state({
      at: "/config",
      size: "5Gi",
      restored: { whole: ["config.xml"], newest: { path: "logs", within: "6h" } },
    }),
    // Downloads and library are one mount, so that hard links work.
    media: share("media", { at: "/media" }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  env: {
    TZ: cluster("timeZone"),
    SONARR__APP__INSTANCENAME: "Sonarr",
    SONARR__AUTH__APIKEY: secret("api-key"),
    SONARR__AUTH__METHOD: "Forms",
    SONARR__AUTH__REQUIRED: "Enabled",
    // The log database would be a second one; the log goes to standard output.
    SONARR__LOG__DBENABLED: false,
    SONARR__POSTGRES__HOST: from("postgres", "host"),
    SONARR__POSTGRES__PORT: from("postgres", "port"),
    SONARR__POSTGRES__USER: from("postgres", "user"),
    SONARR__POSTGRES__PASSWORD: from("postgres", "password"),
    SONARR__POSTGRES__MAINDB: from("postgres", "database"),
    SONARR__SERVER__PORT: 8989,
  },
  secrets: { "api-key": { generate: "hex", about: "What its API is called with" } },
  offers: { "api-key": secret("api-key") },
  consumes: { postgres: { login: "sonarr" }, prowlarr: "http", qbittorrent: "http" },
  reaches: { internet: ["https"] },
  routes: { web: { host: "sonarr", to: "http", audience: "internal", signIn: "own" } },
});
