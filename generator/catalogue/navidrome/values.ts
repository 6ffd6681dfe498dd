import { cluster, defineService, routeHost, scratch, secret, share, state } from "#rzp";

export default defineService({
  tier: "media",
  about: "Streams the music library to browsers and Subsonic apps",
  image: "ghcr.io/navidrome/navidrome:0.63.2",
  size: "medium",
  ports: { http: 4533 },
  health: { http: "/ping" },
  metrics: { port: "http" },
  storage: {
    data: state({
      at: "/data",
      size: "5Gi",
      restored: { whole: ["navidrome.db"], newest: { within: "26h" } },
    }),
    media: share("media", { at: "/media", readOnly: true }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  env: {
    TZ: cluster("timeZone"),
    WEB_HOST: routeHost("web"),
    ND_BASEURL: "https://$(WEB_HOST)",
    ND_PORT: 4533,
    ND_DATAFOLDER: "/data",
    ND_MUSICFOLDER: "/media/music",
    ND_PASSWORDENCRYPTIONKEY: secret("password-encryption-key"),
    ND_PROMETHEUS_ENABLED: true,
    ND_ENABLEINSIGHTSCOLLECTOR: false,
  },
  reaches: { internet: ["https"] },
  secrets: {
    "password-encryption-key": { generate: "password", about: "Encrypts the passwords it keeps" },
  },
  routes: { web: { host: "music", to: "http", audience: "internal", signIn: "own" } },
});
