import { cluster, defineService, routeHost, scratch, secret, state } from "#rzp";

export default defineService({
  tier: "apps",
  about: "Sends notifications to phones and browsers",
  image: "docker.io/binwiederhier/ntfy:v2.27.0",
  args: ["serve"],
  size: "small",
  ports: { http: 8080, metrics: 9090 },
  health: { http: "/v1/health", port: "http" },
  metrics: { port: "metrics" },
  storage: {
    data: state({ at: "/var/lib/ntfy", size: "2Gi", restored: { whole: ["auth.db"] } }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  env: {
    TZ: cluster("timeZone"),
    WEB_HOST: routeHost("web"),
    NTFY_BASE_URL: "https://$(WEB_HOST)",
    NTFY_LISTEN_HTTP: ":8080",
    NTFY_METRICS_LISTEN_HTTP: ":9090",
    NTFY_BEHIND_PROXY: true,
    NTFY_CACHE_FILE: "/var/lib/ntfy/cache.db",
    NTFY_ATTACHMENT_CACHE_DIR: "/var/lib/ntfy/attachments",
    NTFY_AUTH_FILE: "/var/lib/ntfy/auth.db",
    NTFY_AUTH_DEFAULT_ACCESS: "deny-all",
    // One user a comma: name:hash:role, the hash from `ntfy user hash`.
    NTFY_AUTH_USERS: secret("users"),
    NTFY_ENABLE_LOGIN: true,
    // iPhones are woken through ntfy.sh; it learns that there is a message, not what it says.
    NTFY_UPSTREAM_BASE_URL: "https://ntfy.sh",
  },
  reaches: { internet: ["https"] },
  secrets: {
    users: { about: "Users with hashed passwords: what `ntfy user hash` prints, user:hash:role" },
  },
  routes: { web: { host: "ntfy", to: "http", audience: "internal", signIn: "own" } },
});
