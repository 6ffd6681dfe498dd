import { defineService, from, scratch, secret, state } from "#rzp";

export default defineService({
  tier: "media",
  about: "Keeps the indexers of all services in one place",
  image: "ghcr.io/home-operations/prowlarr:2.4.1",
  ports: { http: 9696 },
  health: { http: "/ping", every: "15s" },
  storage: { config: state({ at: "/config", size: "1Gi" }), temporary: scratch({ at: "/tmp" }) },
  env: { PROWLARR__AUTH__APIKEY: secret("api-key"), SONARR_KEY: from("sonarr", "api-key") },
  offers: { "api-key": secret("api-key") },
  consumes: { sonarr: "http" },
  reaches: { internet: ["https"] },
  routes: { web: { host: "prowlarr", to: "http", audience: "internal", signIn: "own" } },
});
