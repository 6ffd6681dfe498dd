import { cache, cluster, defineService, routeHost, scratch, secret, share, state } from "#rzp";

export default defineService({
  tier: "media",
  about: "Downloads from Usenet",
  image: "ghcr.io/home-operations/sabnzbd:5.1.1",
  size: "large",
  ports: { http: 8080 },
  health: { http: "/api?mode=version" },
  metrics: { exporter: "exportarr", key: secret("api-key") },
  storage: {
    config: state({
      at: "/config",
      size: "1Gi",
      restored: { files: { atLeast: 2 }, newest: { within: "26h" } },
    }),
    incomplete: cache({ at: "/incomplete", size: "100Gi" }),
    // Downloads and library are one mount, so that hard links work.
    media: share("media", { at: "/media" }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  env: {
    TZ: cluster("timeZone"),
    SABNZBD__PORT: 8080,
    SABNZBD__API_KEY: secret("api-key"),
    SABNZBD__NZB_KEY: secret("nzb-key"),
    // It answers 403 to names it does not know; addresses and .local names it always takes.
    SABNZBD__HOST_WHITELIST_ENTRIES: routeHost("web"),
  },
  secrets: {
    "api-key": { generate: "hex", about: "What its API is called with" },
    "nzb-key": { generate: "hex", about: "What may add downloads and nothing else" },
  },
  offers: { "api-key": secret("api-key") },
  reaches: { internet: ["https", "563"] },
  // Its own login is off until someone sets it up.
  routes: { web: { host: "sabnzbd", to: "http", audience: "internal", signIn: "sso" } },
});
