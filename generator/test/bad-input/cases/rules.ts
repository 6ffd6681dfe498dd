/** Each value is right by itself, but they do not fit together. */
import { blocky, immich, postgres, prowlarr, sonarr, vector } from "../change.ts";
import type { Cases } from "../change.ts";

export const rules: Cases = {
  "size-and-resources": { in: immich, replace: 'resources: { cpu: "500m", memory: "2Gi" }', by: 'size: "large",\n      resources: { cpu: "500m", memory: "2Gi" }' },
  "replicas-and-scale": { in: blocky, replace: "replicas: 2,", by: "replicas: 2,\n  scale: { min: 1, max: 3, cpu: 80 }," },
  "scale-upside-down": { in: blocky, replace: "replicas: 2,", by: "scale: { min: 3, max: 1, cpu: 80 }," },
  "scale-by-nothing": { in: blocky, replace: "replicas: 2,", by: "scale: { min: 1, max: 3 }," },
  "rolling-update-with-one-writer": { in: sonarr, replace: 'size: "small",', by: 'size: "small",\n  update: "rolling",' },
  "several-pods-with-one-writer": { in: sonarr, replace: 'size: "small",', by: 'size: "small",\n  replicas: 2,' },
  "memory-limit-below-request": { in: immich, replace: '{ cpu: "500m", memory: "2Gi" }', by: '{ cpu: "500m", memory: "2Gi", memoryLimit: "1Gi" }' },
  "tcp-route-without-listener": { in: sonarr, replace: '{ host: "sonarr", to: "http",', by: '{ to: "http", kind: "tcp",' },
  "http-route-without-host": { in: sonarr, replace: 'host: "sonarr", ', by: "" },
  "http-route-to-udp-port": { in: blocky, replace: 'dns: { udp: 1053, tcp: 1053 } },', by: 'dns: { udp: 1053, tcp: 1053 }, log: { udp: 514 } },\n  routes: { web: { host: "dns", to: "log", audience: "internal", signIn: "own" } },' },
  "route-with-paths-and-rules": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/"], rules: { all: { path: "/" } } }' },
  "redirect-that-leads-somewhere-too": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", rules: { old: { redirect: "series.example.com", to: "http" } } }' },
  "tcp-route-with-paths": { in: sonarr, replace: '{ host: "sonarr", to: "http", audience: "internal", signIn: "own" }', by: '{ to: "http", kind: "tcp", listener: 8883, audience: "internal", paths: ["/api"] }' },
  "grpc-route-with-method": { in: sonarr, replace: 'signIn: "own" }', by: 'kind: "grpc", rules: { all: { method: "GET" } } }' },
  "postgres-cluster-without-database-volume": [
    { in: postgres, replace: "import { database,", by: "import {" },
    { in: postgres, replace: '  storage: { data: database({ size: "20Gi" }) },\n', by: "" },
  ],
  "composed-without-components": { in: immich, text: `import { defineComposedService } from "#rzp";

export default defineComposedService({
  tier: "media",
  about: "Photos and videos with face and object search",
  components: {},
});
` },
  "two-hosts-the-same": { in: prowlarr, replace: 'host: "prowlarr"', by: 'host: "sonarr"' },
  "two-namespaces-the-same": { in: prowlarr, replace: "  reaches:", by: '  pins: { namespace: "media-sonarr" },\n  reaches:' },
  "two-addresses-the-same": { in: vector, replace: "  account:", by: '  exposes: { api: { address: "10.0.10.202", ports: { 8686: "api" }, clients: "lan" } },\n  account:' },
  "address-outside-the-pool": { in: blocky, replace: 'address: "dns"', by: 'address: "10.0.99.1"' },
  "exposes-nothing": { in: blocky, replace: '{ 53: "dns" }', by: "{}" },
  "exposes-ports-of-two-components": { in: immich, replace: "  routes:", by: '  exposes: { all: { ports: { 80: "server/http", 81: "learning/ml" }, clients: "lan" } },\n  routes:' },
  "exposes-port-out-of-range": { in: blocky, replace: '{ 53: "dns" }', by: '{ 70000: "dns" }' },
};
