import { cluster, defineService, from, scratch, secret, share, state } from "#rzp";

export default defineService({
  tier: "media",
  about: "Finds, downloads and renames films",
  image: "ghcr.io/home-operations/radarr:6.4.1.10545",
  size: "medium",
  ports: { http: 7878 },
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
    RADARR__APP__INSTANCENAME: "Radarr",
    RADARR__AUTH__APIKEY: secret("api-key"),
    RADARR__AUTH__METHOD: "Forms",
    RADARR__AUTH__REQUIRED: "Enabled",
    // The log database would be a second one; the log goes to standard output.
    RADARR__LOG__DBENABLED: false,
    RADARR__POSTGRES__HOST: from("postgres", "host"),
    RADARR__POSTGRES__PORT: from("postgres", "port"),
    RADARR__POSTGRES__USER: from("postgres", "user"),
    RADARR__POSTGRES__PASSWORD: from("postgres", "password"),
    RADARR__POSTGRES__MAINDB: from("postgres", "database"),
    RADARR__SERVER__PORT: 7878,
  },
  secrets: { "api-key": { generate: "hex", about: "What its API is called with" } },
  offers: { "api-key": secret("api-key") },
  consumes: { postgres: { login: "radarr" }, prowlarr: "http", qbittorrent: "http" },
  reaches: { internet: ["https"] },
  routes: { web: { host: "radarr", to: "http", audience: "internal", signIn: "own" } },
});
