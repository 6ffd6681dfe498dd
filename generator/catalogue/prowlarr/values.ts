import { cluster, defineService, from, scratch, secret, state } from "#rzp";

export default defineService({
  tier: "media",
  about: "Keeps the indexers that Sonarr and Radarr search in one place",
  image: "ghcr.io/home-operations/prowlarr:2.6.1.5509",
  size: "small",
  ports: { http: 9696 },
  health: { http: "/ping" },
  metrics: { exporter: "exportarr", key: secret("api-key") },
  storage: {
    config: state({
      at: "/config",
      size: "1Gi",
      restored: { whole: ["config.xml"], newest: { path: "logs", within: "6h" } },
    }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  env: {
    TZ: cluster("timeZone"),
    PROWLARR__APP__INSTANCENAME: "Prowlarr",
    PROWLARR__AUTH__APIKEY: secret("api-key"),
    PROWLARR__AUTH__METHOD: "Forms",
    PROWLARR__AUTH__REQUIRED: "Enabled",
    // The log database would be a second one; the log goes to standard output.
    PROWLARR__LOG__DBENABLED: false,
    PROWLARR__POSTGRES__HOST: from("postgres", "host"),
    PROWLARR__POSTGRES__PORT: from("postgres", "port"),
    PROWLARR__POSTGRES__USER: from("postgres", "user"),
    PROWLARR__POSTGRES__PASSWORD: from("postgres", "password"),
    PROWLARR__POSTGRES__MAINDB: from("postgres", "database"),
    PROWLARR__SERVER__PORT: 9696,
  },
  secrets: { "api-key": { generate: "hex", about: "What its API is called with" } },
  offers: { "api-key": secret("api-key") },
  consumes: { postgres: { login: "prowlarr" }, sonarr: "http", radarr: "http" },
  reaches: { internet: ["https"] },
  routes: { web: { host: "prowlarr", to: "http", audience: "internal", signIn: "own" } },
});
