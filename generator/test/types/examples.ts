/** Services of every kind, as people write them. All compile; the mistakes are planted into them. */

export const examples = {
  sonarr: `import { defineService, from, lan, secret, share, state } from "#rzp";

export default defineService({
  tier: "media",
  about: "Finds, downloads and renames television series",
  image: "ghcr.io/home-operations/sonarr:4.0.16.2944",
  size: "small",
  ports: { http: 8989 },
  health: { http: "/ping" },
  metrics: { exporter: "exportarr", key: secret("api-key") },
  storage: {
    config: state({ at: "/config", size: "5Gi" }),
    media: share("media", { at: "/data" }),
  },
  env: { SONARR__AUTH__APIKEY: secret("api-key"), ROUTER: lan("router"), SONARR__POSTGRES__HOST: from("postgres", "host") },
  offers: { "api-key": secret("api-key") },
  consumes: { postgres: { login: "sonarr" }, prowlarr: "http", qbittorrent: "http" },
  reaches: { internet: ["https"] },
  routes: { web: { host: "sonarr", to: "http", audience: "internal", signIn: "own" } },
});
`,
  immich: `import { cache, defineComposedService, from, state } from "#rzp";

export default defineComposedService({
  tier: "media",
  about: "Photos and videos with face and object search",
  components: {
    server: {
      image: "ghcr.io/immich-app/immich-server:v3.1.0",
      size: "large",
      ports: { http: 2283, metrics: 8081 },
      health: { http: "/api/server/ping" },
      metrics: { port: "metrics" },
      mounts: { library: ["/data", { mountPath: "/originals", subPath: "library", readOnly: true }] },
      env: { DB_URL: from("postgres-vector", "url"), IMMICH_MACHINE_LEARNING_URL: from("./learning", "url") },
      consumes: { "postgres-vector": { login: "immich" }, valkey: "redis", "./learning": "ml" },
    },
    learning: {
      image: "ghcr.io/immich-app/immich-machine-learning:v3.1.0",
      size: "xlarge",
      ports: { ml: 3003 },
      health: { http: "/ping", port: "ml" },
      mounts: { models: "/cache" },
      reaches: { internet: ["https"] },
    },
  },
  storage: { library: state({ size: "500Gi", class: "bulk" }), models: cache({ size: "10Gi" }) },
  routes: { web: { host: "photos", to: "server/http", audience: "internal", signIn: "own" } },
});
`,
  postgres: `import { database, defineService, postgresCluster } from "#rzp";

export default defineService({
  tier: "data",
  about: "PostgreSQL for services that need no special extension",
  image: "ghcr.io/cloudnative-pg/postgresql:18",
  runs: postgresCluster({ instances: 1 }),
  size: "medium",
  ports: { postgres: 5432, metrics: 9187 },
  metrics: { port: "metrics" },
  storage: { data: database({ size: "20Gi" }) },
  offers: { login: { port: "postgres", gives: ["host", "port", "database", "user", "password", "url"] } },
});
`,
  "postgres-vector": `import { database, defineService, postgresCluster } from "#rzp";

export default defineService({
  tier: "data",
  about: "PostgreSQL for services that compare vectors",
  image: "ghcr.io/cloudnative-pg/postgresql:18",
  runs: postgresCluster({ instances: 1 }),
  size: "medium",
  ports: { postgres: 5432, metrics: 9187 },
  metrics: { port: "metrics" },
  storage: { data: database({ size: "20Gi" }) },
  offers: { login: { port: "postgres", gives: ["host", "port", "database", "user", "password", "url"] } },
});
`,
  qbittorrent: `import { because, defineService, secret, share, state } from "#rzp";

export default defineService({
  tier: "media",
  about: "Torrents, with the VPN as the only way out",
  image: "ghcr.io/home-operations/qbittorrent:5.2.3",
  size: "medium",
  ports: { http: 8080 },
  health: { http: "/" },
  storage: { config: state({ at: "/config", size: "2Gi" }), media: share("media", { at: "/media" }) },
  sidecars: {
    vpn: {
      image: "ghcr.io/qdm12/gluetun:v3.40.0",
      health: { exec: ["/gluetun-entrypoint", "healthcheck"] },
      env: { VPN_TYPE: "wireguard", WIREGUARD_PRIVATE_KEY: secret("wireguard-key"), FIREWALL_INPUT_PORTS: 8080 },
      security: because({ user: 0, addCapabilities: ["NET_ADMIN"], devices: ["/dev/net/tun"] }, "creates the tunnel interface"),
    },
  },
  reaches: { internet: ["51820/udp"] },
  routes: { web: { host: "torrent", to: "http", audience: "internal", signIn: "sso" } },
});
`,
  blocky: `import { defineService, file } from "#rzp";

export default defineService({
  tier: "network",
  about: "The house's DNS: blocks advertising, answers local names",
  image: "ghcr.io/0xerr0r/blocky:v0.34.0",
  replicas: 2,
  size: "small",
  files: { "/app/config.yml": file("config/blocky.yml") },
  ports: { http: 4000, dns: { udp: 1053, tcp: 1053 } },
  health: { http: "/", port: "http" },
  metrics: { port: "http" },
  reaches: { internet: ["853/tcp", "https"], lan: { router: ["53/udp"] } },
  exposes: { dns: { address: "dns", ports: { 53: "dns" }, clients: "lan", keepClientAddress: true } },
});
`,
  "cert-manager": `import { because, clusterIssuer, defineChart, kubernetesObject, secret } from "#rzp";

export default defineChart({
  tier: "platform",
  about: "Issues and renews certificates",
  chart: { from: "oci://quay.io/jetstack/charts/cert-manager", version: "v1.21.1", values: { crds: { enabled: true } } },
  components: {
    controller: { pods: { "app.kubernetes.io/component": "controller" }, ports: { metrics: 9402 }, metrics: { port: "metrics" }, reaches: { apiserver: ["https"], internet: ["https", "53/udp"] } },
    webhook: { pods: { "app.kubernetes.io/component": "webhook" }, ports: { https: 10250 }, calledBy: ["apiserver"], reaches: { apiserver: ["https"] } },
    cainjector: { pods: { "app.kubernetes.io/component": "cainjector" }, consumes: { "./controller": "metrics" }, reaches: { apiserver: ["https"] } },
  },
  objects: {
    letsencrypt: clusterIssuer({ dns01: "cloudflare", token: secret("cloudflare-token") }),
    renewals: because(kubernetesObject({ apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", value: 10 }), "certificates must be renewed whatever else runs"),
  },
});
`,
  recyclarr: `import { defineService, file, from, schedule, scratch } from "#rzp";

export default defineService({
  tier: "media",
  about: "Keeps quality profiles in step with the TRaSH guides",
  image: "ghcr.io/recyclarr/recyclarr:8.7.1",
  runs: schedule("0 4 * * *", { endsWithin: "15m" }),
  args: ["sync"],
  size: "small",
  files: { "/config/recyclarr.yml": file("config/recyclarr.yml") },
  storage: { work: scratch({ at: "/tmp" }) },
  env: { SONARR_API_KEY: from("sonarr", "api-key"), RADARR_API_KEY: from("radarr", "api-key") },
  consumes: { sonarr: "http", radarr: "http" },
  reaches: { internet: ["https"] },
});
`,
  prowlarr: `import { defineService, secret } from "#rzp";

export default defineService({
  tier: "media",
  about: "Keeps the indexers of all that searches",
  image: "ghcr.io/home-operations/prowlarr:2.0.5.5160",
  ports: { http: 9696 },
  health: { http: "/ping" },
  offers: { "api-key": secret("api-key") },
  consumes: { sonarr: "http" },
});
`,
  radarr: `import { defineService, secret } from "#rzp";

export default defineService({
  tier: "media",
  about: "Finds, downloads and renames films",
  image: "ghcr.io/home-operations/radarr:6.0.3.10257",
  ports: { http: 7878 },
  health: { http: "/ping" },
  offers: { "api-key": secret("api-key") },
});
`,
  headlamp: `import { because, defineService } from "#rzp";

export default defineService({
  tier: "media",
  about: "Shows what runs on the cluster",
  image: "ghcr.io/headlamp-k8s/headlamp:v0.42.0",
  ports: { http: 4466 },
  health: { http: "/" },
  account: {
    namespace: { pods: ["get", "list"], "deployments.apps": because(["*"], "people scale them in it") },
    cluster: { "*.*": because(["get", "list", "watch"], "shows every kind there is") },
  },
  reaches: { apiserver: ["https"] },
});
`,
  valkey: `import { because, database, defineService, hostPath, statefulSet } from "#rzp";

export default defineService({
  tier: "data",
  about: "Keeps short-lived data of other services in memory",
  image: "docker.io/valkey/valkey:9.0.1",
  runs: statefulSet(),
  ports: { redis: 6379 },
  health: { tcp: true },
  storage: { data: database({ at: "/data", size: "1Gi" }), logs: because(hostPath("/var/log/valkey", { at: "/logs" }), "read by the node's own collector") },
});
`,
} as const;
export type Example = keyof typeof examples;
