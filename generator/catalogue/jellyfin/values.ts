import { cache, cluster, defineService, routeHost, scratch, share, state } from "#rzp";

export default defineService({
  tier: "media",
  about: "Plays films, series and music on every screen of the house",
  image:
    "ghcr.io/jellyfin/jellyfin:10.11.11@sha256:45f648c382a0c8b552582fcea40e95cb17c5d475473a891cba0eb7523fb92112",
  size: "large",
  ports: { http: 8096 },
  health: { http: "/health" },
  storage: {
    config: state({
      at: "/config",
      size: "20Gi",
      restored: { whole: ["data/jellyfin.db"], newest: { within: "26h" } },
    }),
    cache: cache({ at: "/cache", size: "20Gi" }),
    media: share("media", { at: "/media", readOnly: true }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  env: {
    TZ: cluster("timeZone"),
    WEB_HOST: routeHost("web"),
    JELLYFIN_PublishedServerUrl: "https://$(WEB_HOST)",
  },
  reaches: { internet: ["https"] },
  routes: { web: { host: "jellyfin", to: "http", audience: "internal", signIn: "own" } },
});
