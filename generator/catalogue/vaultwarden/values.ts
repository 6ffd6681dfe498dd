import { cluster, defineService, routeHost, scratch, secret, state } from "#rzp";

export default defineService({
  tier: "apps",
  about: "Keeps passwords, for all Bitwarden apps",
  image: "ghcr.io/dani-garcia/vaultwarden:1.37.2",
  size: "small",
  ports: { http: 8080 },
  health: { http: "/alive" },
  storage: {
    data: state({
      at: "/data",
      size: "5Gi",
      restored: { whole: ["db.sqlite3"], newest: { within: "26h" } },
    }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  env: {
    TZ: cluster("timeZone"),
    WEB_HOST: routeHost("web"),
    DOMAIN: "https://$(WEB_HOST)",
    ROCKET_PORT: 8080,
    // Users are invited on the page /admin, which asks for this token (an Argon2 hash).
    ADMIN_TOKEN: secret("admin-token"),
    SIGNUPS_ALLOWED: false,
  },
  reaches: { internet: ["https"] },
  secrets: {
    "admin-token": { about: "What `vaultwarden hash` prints for the password of /admin" },
  },
  routes: { web: { host: "vault", to: "http", audience: "internal", signIn: "own" } },
});
