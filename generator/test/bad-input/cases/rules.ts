/** Each value is right by itself, but they do not fit together. */
import { blocky, home, immich, postgres, prowlarr, recyclarr, sonarr, vector } from "../change.ts";
import type { Cases } from "../change.ts";

const homeLock = "environments/clusters/home.lock.yaml";
/** The exposure of blocky, allocated: its address comes from the lock file. */
const allocated = { in: blocky, replace: 'address: "dns", ', by: "" };

export const rules: Cases = {
  "size-and-resources": { in: immich, replace: 'resources: { cpu: "500m", memory: "2Gi" }', by: 'size: "large",\n      resources: { cpu: "500m", memory: "2Gi" }' },
  "replicas-and-scale": { in: blocky, replace: "replicas: 2,", by: "replicas: 2,\n  scale: { min: 1, max: 3, cpu: 80 }," },
  "scale-upside-down": { in: blocky, replace: "replicas: 2,", by: "scale: { min: 3, max: 1, cpu: 80 }," },
  "scale-by-nothing": { in: blocky, replace: "replicas: 2,", by: "scale: { min: 1, max: 3 }," },
  "rolling-update-with-one-writer": { in: sonarr, replace: 'size: "small",', by: 'size: "small",\n  update: "rolling",' },
  "several-pods-with-one-writer": { in: sonarr, replace: 'size: "small",', by: 'size: "small",\n  replicas: 2,' },
  "memory-limit-below-request": { in: immich, replace: '{ cpu: "500m", memory: "2Gi" }', by: '{ cpu: "500m", memory: "2Gi", memoryLimit: "1Gi" }' },
  "cpu-limit-below-request": { in: immich, replace: '{ cpu: "500m", memory: "2Gi" }', by: '{ cpu: "500m", memory: "2Gi", cpuLimit: "0.25" }' },
  "tcp-route-without-listener": { in: sonarr, replace: '{ host: "sonarr", to: "http",', by: '{ to: "http", kind: "tcp",' },
  "tcp-route-on-the-port-for-names": { in: immich, replace: '{ host: "photos", to: "server/http", audience: "internal", signIn: "own" }', by: '{ to: "server/http", kind: "tcp", listener: 443, audience: "internal" }' },
  "two-routes-on-one-port": { in: immich, replace: 'web: { host: "photos", to: "server/http", audience: "internal", signIn: "own" }', by: 'web: { to: "server/http", kind: "tcp", listener: 8883, audience: "internal" }, more: { to: "server/http", kind: "tcp", listener: 8883, audience: "internal" }' },
  "http-route-without-host": { in: sonarr, replace: 'host: "sonarr", ', by: "" },
  "http-route-to-udp-port": { in: blocky, replace: 'dns: { udp: 1053, tcp: 1053 } },', by: 'dns: { udp: 1053, tcp: 1053 }, log: { udp: 514 } },\n  routes: { web: { host: "dns", to: "log", audience: "internal", signIn: "own" } },' },
  "route-with-paths-and-rules": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/"], rules: { all: { path: "/" } } }' },
  "redirect-that-leads-somewhere-too": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", rules: { old: { redirect: "series.example.com", to: "http" } } }' },
  "tcp-route-with-paths": { in: immich, replace: '{ host: "photos", to: "server/http", audience: "internal", signIn: "own" }', by: '{ to: "server/http", kind: "tcp", listener: 8883, audience: "internal", paths: ["/api"] }' },
  "grpc-route-with-method": { in: sonarr, replace: 'signIn: "own" }', by: 'kind: "grpc", rules: { all: { method: "GET" } } }' },
  "tcp-route-with-timeout": { in: immich, replace: '{ host: "photos", to: "server/http", audience: "internal", signIn: "own" }', by: '{ to: "server/http", kind: "tcp", listener: 8883, audience: "internal", timeout: "1h" }' },
  "redirect-with-timeout": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", rules: { old: { redirect: "series.example.com", timeout: "1h" } } }' },
  "redirect-to-an-address": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", rules: { old: { path: "/old", redirect: "https://notes.example.com/new" }, all: {} } }' },
  "route-path-with-dots": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/a/../b"] }' },
  "route-path-with-dots-at-its-end": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/a/.."] }' },
  "route-path-with-two-slashes": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["//b"] }' },
  "route-path-with-blank": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/a b"] }' },
  "route-path-with-umlaut": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/ü"] }' },
  "route-path-with-query": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/x?y=1"] }' },
  "route-path-with-escape-of-nothing": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/%zz"] }' },
  "route-path-with-escaped-slash": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/a%2fb"] }' },
  "route-path-with-fragment": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/a#b"] }' },
  "rule-path-with-query": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", rules: { r: { path: "/x?y=1" } } }' },
  "two-rules-for-the-same-requests": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", rules: { r: { path: "/b", headers: { "X-Key": "1", b: "2" } }, s: { path: "/b/", headers: { b: "2", "x-key": "1" } }, all: {}, exact: { path: "/b", exact: true } } }' },
  "two-rules-of-grpc-for-the-same-requests": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", kind: "grpc", rules: { r: {}, s: {} } }' },
  "route-timeout-without-unit": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", timeout: "30" }' },
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
  "rule-to-udp-port": { in: blocky, replace: 'dns: { udp: 1053, tcp: 1053 } },', by: 'dns: { udp: 1053, tcp: 1053 }, log: { udp: 514 } },\n  routes: { web: { host: "dns", to: "http", audience: "internal", signIn: "own", rules: { log: { path: "/log", to: "log" }, all: {} } } },' },
  "two-routes-for-one-path": { in: prowlarr, replace: 'host: "prowlarr"', by: 'host: "sonarr", paths: ["/prowlarr", "/"]' },
  "patch-that-makes-another-kind": { in: sonarr, replace: "  routes:", by: '  patches: { "configmap/a": { apiVersion: "networking.k8s.io/v1" } },\n  routes:' },
  "patch-that-renames": { in: sonarr, replace: "  routes:", by: '  patches: { "deployment/sonarr": { metadata: { name: "other", labels: { a: "b" } } } },\n  routes:' },
  "patch-that-moves": { in: sonarr, replace: "  routes:", by: '  patches: { "deployment/sonarr": { metadata: { namespace: "kube-system" } } },\n  routes:' },
  "objects-in-a-list": { in: sonarr, replace: "  routes:", by: '  objects: { many: { apiVersion: "v1", kind: "List", items: [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "more" } }] } },\n  routes:' },
  "two-hosts-the-same": { in: prowlarr, replace: 'host: "prowlarr"', by: 'host: "sonarr"' },
  "two-namespaces-the-same": { in: prowlarr, replace: "  reaches:", by: '  pins: { namespace: "media-sonarr" },\n  reaches:' },
  "two-addresses-the-same": { in: vector, replace: "  account:", by: '  exposes: { api: { address: "10.0.10.202", ports: { 8686: "api" }, clients: "lan" } },\n  account:' },
  "host-whose-proposal-is-taken-too": [
    { in: vector, replace: "  account:", by: '  routes: { web: { host: "photos", to: "api", audience: "internal", signIn: "own" } },\n  account:' },
    { in: blocky, replace: "  exposes:", by: '  routes: { web: { host: "photos-2.example.com", to: "http", audience: "internal", signIn: "own", paths: ["/dns"] } },\n  exposes:' },
  ],
  "two-full-hosts-the-same": [
    { in: immich, replace: 'host: "photos"', by: 'host: "*.photos.example.org"' },
    { in: vector, replace: "  account:", by: '  routes: { web: { host: "*.photos.example.org", to: "api", audience: "internal", signIn: "own" } },\n  account:' },
  ],
  "locked-address-that-another-names": [
    allocated,
    { in: homeLock, text: "addresses:\n  prod/blocky/dns: 10.0.10.200\n" },
    { in: vector, replace: "  account:", by: '  exposes: { api: { address: "10.0.10.200", ports: { 8686: "api" }, clients: "lan" } },\n  account:' },
  ],
  "locked-address-that-gets-a-name": [allocated, { in: homeLock, text: "addresses:\n  prod/blocky/dns: 10.0.10.200\n" }, { in: home, replace: 'mqtt: "10.0.10.203"', by: 'mqtt: "10.0.10.200"' }],
  "locked-address-outside-the-pool": [allocated, { in: homeLock, text: "addresses:\n  prod/blocky/dns: 10.0.10.199\n" }],
  "two-locked-addresses-the-same": [
    allocated,
    { in: vector, replace: "  account:", by: '  exposes: { api: { ports: { 8686: "api" }, clients: "lan" } },\n  account:' },
    { in: homeLock, text: "addresses:\n  prod/blocky/dns: 10.0.10.210\n  prod/vector/api: 10.0.10.210\n" },
  ],
  "address-of-a-gateway": [
    { in: blocky, replace: 'address: "dns"', by: 'address: "10.0.10.201"' },
    { in: home, replace: '      name: "internal",\n', by: '      name: "internal",\n      address: "10.0.10.201",\n' },
  ],
  "files-of-a-sidecar-named-as-those-of-a-component": [
    { in: immich, replace: "    learning: {", by: '    "server-files": { image: "docker.io/library/busybox:1.37.0", health: { exec: ["true"] }, files: { "/etc/a": "x" } },\n    learning: {' },
    { in: immich, replace: '      mounts: { library: "/data" },', by: '      mounts: { library: "/data" },\n      sidecars: { files: { image: "docker.io/library/busybox:1.37.0", health: { exec: ["true"] }, files: { "/etc/b": "y" } } },' },
  ],
  "two-logins-of-one-consumer": { in: immich, replace: 'health: { http: "/ping", port: "ml" },', by: 'health: { http: "/ping", port: "ml" },\n      consumes: { postgres: { login: "learning" } },' },
  "two-consumers-with-one-login": { in: immich, replace: 'postgres: { login: "immich" }', by: 'postgres: { login: "sonarr" }' },
  "login-of-the-service-that-is-called-so": { in: recyclarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", postgres: { login: "sonarr" } }' },
  "host-twice-in-a-list": { in: sonarr, replace: 'host: "sonarr"', by: 'host: ["sonarr", "sonarr"]' },
  "host-of-two-routes": { in: sonarr, replace: 'routes: {', by: 'routes: { other: { host: "sonarr", to: "http", audience: "internal", signIn: "own" },' },
  "login-whose-proposal-is-taken-too": [
    { in: immich, replace: 'postgres: { login: "immich" }', by: 'postgres: { login: "prowlarr" }' },
    { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", postgres: { login: "prowlarr" } }' },
    { in: recyclarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", postgres: { login: "immich" } }' },
  ],
  "exposure-named-as-another-service-object": { in: blocky, replace: "  exposes:", by: '  services: { dns: { ports: ["dns"], headless: true } },\n  exposes:' },
  "service-object-named-as-that-of-the-pods": [
    { in: prowlarr, replace: "import { defineService, from, scratch, secret, state }", by: "import { defineService, from, scratch, secret, state, statefulSet }" },
    { in: prowlarr, replace: "  ports:", by: '  runs: statefulSet(),\n  services: { pods: { ports: ["http"] } },\n  ports:' },
  ],
  "exposure-named-as-the-service-of-a-component": [
    { in: immich, replace: "    learning: {", by: '    "immich-learning": {' },
    { in: immich, replace: '"./learning": "ml"', by: '"./immich-learning": "ml"' },
    { in: immich, replace: 'from("./learning", "url")', by: 'from("./immich-learning", "url")' },
    { in: immich, replace: "  routes:", by: '  exposes: { learning: { ports: { 80: "server/http" }, clients: "lan" } },\n  routes:' },
  ],
  "exposure-named-as-the-service-of-a-database": { in: postgres, replace: "  offers:", by: '  exposes: { rw: { ports: { 5432: "postgres" }, clients: "lan" } },\n  offers:' },
  "address-outside-the-pool": { in: blocky, replace: 'address: "dns"', by: 'address: "10.0.99.1"' },
  "exposes-nothing": { in: blocky, replace: '{ 53: "dns" }', by: "{}" },
  "exposes-ports-of-two-components": { in: immich, replace: "  routes:", by: '  exposes: { all: { ports: { 80: "server/http", 81: "learning/ml" }, clients: "lan" } },\n  routes:' },
  "port-named-as-half-of-another": { in: vector, replace: "{ api: 8686, metrics: 9090 }", by: '{ api: 8686, metrics: 9090, game: { tcp: 4000, udp: 4000 }, "game-tcp": 4001 }' },
  "port-of-which-another-is-half": { in: vector, replace: "{ api: 8686, metrics: 9090 }", by: '{ api: 8686, metrics: 9090, "game-udp": 4001, game: { tcp: 4000, udp: 4000 } }' },
  "name-too-long-for-both-protocols": { in: vector, replace: "{ api: 8686, metrics: 9090 }", by: '{ api: 8686, metrics: 9090, abcdefghijklm: { tcp: 71, udp: 72 } }' },
  "exposes-port-twice": { in: blocky, replace: '{ 53: "dns" }', by: '{ 53: "dns", "053": "dns" }' },
  "exposes-port-zero": { in: blocky, replace: '{ 53: "dns" }', by: '{ 0: "dns" }' },
  "exposes-port-out-of-range": { in: blocky, replace: '{ 53: "dns" }', by: '{ 70000: "dns" }' },
};
