/** Each value is right by itself, but they do not fit together. */
import { blocky, home, immich, ofTalos, postgres, prowlarr, recyclarr, sonarr, vector } from "../change.ts";
import type { Cases } from "../change.ts";

const homeLock = "environments/clusters/home.lock.yaml";
/** The exposure of blocky, allocated: its address comes from the lock file. */
const allocated = { in: blocky, replace: 'address: "dns", ', by: "" };

/** A volume of class `bulk`. */
const writtenByMany = { in: immich, replace: 'class: "bulk"', by: 'class: "bulk", access: "many"' };
const manyCan = (...purposes: readonly string[]) => ({ in: home, replace: "  shares:", by: `  storageMany: ${JSON.stringify(purposes)},\n  shares:` });

export const rules: Cases = {
  "exposure-through-a-tunnel": [ofTalos(), { in: blocky, replace: ", keepClientAddress: true", by: "" }],
  "memory-volume-as-large-as-the-limit": { in: recyclarr, replace: 'scratch({ at: "/tmp" })', by: 'scratch({ at: "/tmp", memory: true, size: "512Mi" })' },
  "memory-volume-beyond-a-limit-by-number": [
    { in: recyclarr, replace: 'scratch({ at: "/tmp" })', by: 'scratch({ at: "/tmp", memory: true, size: "8Gi" })' },
    { in: recyclarr, replace: 'args: ["sync"]', by: 'args: ["sync"],\n  resources: { cpu: "50m", memory: "64Mi", memoryLimit: "1Gi" }' },
  ],
  "memory-volumes-as-large-as-the-limit-together": { in: recyclarr, replace: 'scratch({ at: "/tmp" })', by: 'scratch({ at: "/tmp", memory: true, size: "200Mi" }), run: scratch({ at: "/run/app", memory: true, size: "312Mi" })' },
  "memory-volumes-of-two-containers-beyond-their-limits-together": [
    { in: recyclarr, replace: 'args: ["sync"]', by: 'args: ["sync"],\n  sidecars: { more: { image: "ghcr.io/example/more:1.0.0", health: { exec: ["true"] }, mounts: { work: "/tmp", run: "/run/app" } } }' },
    { in: recyclarr, replace: 'scratch({ at: "/tmp" })', by: 'scratch({ at: "/tmp", memory: true, size: "511Mi" }), run: scratch({ at: "/run/app", memory: true, size: "511Mi" }), own: scratch({ at: "/own", memory: true, size: "2Mi" })' },
  ],
  "memory-volume-as-large-as-the-limit-beside-another": { in: recyclarr, replace: 'scratch({ at: "/tmp" })', by: 'scratch({ at: "/tmp", memory: true, size: "512Mi" }), run: scratch({ at: "/run/app", memory: true, size: "64Mi" })' },
  "memory-volumes-together-where-another-pod-has-one-too": [
    { in: immich, replace: "defineComposedService, from,", by: "defineComposedService, from, scratch," },
    { in: immich, replace: 'models: cache({ size: "10Gi" })', by: 'models: cache({ size: "10Gi" }), a: scratch({ memory: true, size: "1Gi" }), b: scratch({ memory: true, size: "1Gi" })' },
    { in: immich, replace: 'mounts: { library: "/data" }', by: 'mounts: { library: "/data", a: "/a" }' },
    { in: immich, replace: 'mounts: { models: "/cache" }', by: 'mounts: { models: "/cache", a: "/a", b: "/b" }' },
  ],
  "size-and-resources": { in: immich, replace: 'resources: { cpu: "500m", memory: "2Gi" }', by: 'size: "large",\n      resources: { cpu: "500m", memory: "2Gi" }' },
  "budget-of-one-pod": { in: sonarr, replace: 'size: "small",', by: 'size: "small",\n  disruption: { keep: 1 },' },
  "budget-of-as-many-pods-as-the-load-leaves": { in: blocky, replace: "replicas: 2,", by: "scale: { min: 1, max: 3, cpu: 80 },\n  disruption: { keep: 1 }," },
  "budget-of-one-pod-by-an-overlay": [
    { in: blocky, replace: "replicas: 2,", by: "replicas: 2,\n  disruption: { keep: 1 }," },
    { in: "environments/prod/blocky.ts", text: 'import { overlay } from "#rzp";\n\nexport default overlay("blocky", { replicas: 1 });\n' },
  ],
  "replicas-and-scale": { in: blocky, replace: "replicas: 2,", by: "replicas: 2,\n  scale: { min: 1, max: 3, cpu: 80 }," },
  "scale-upside-down": { in: blocky, replace: "replicas: 2,", by: "scale: { min: 3, max: 1, cpu: 80 }," },
  "scale-by-nothing": { in: blocky, replace: "replicas: 2,", by: "scale: { min: 1, max: 3 }," },
  "rolling-update-with-one-writer": { in: sonarr, replace: 'size: "small",', by: 'size: "small",\n  update: "rolling",' },
  "file-in-a-volume-for-reading-only": [
    { in: recyclarr, replace: "schedule, scratch }", by: "schedule, scratch, share }" },
    { in: recyclarr, replace: 'scratch({ at: "/tmp" })', by: 'scratch({ at: "/tmp" }), profiles: share("media", { at: "/config", readOnly: true })' },
  ],
  "several-pods-with-one-writer": { in: sonarr, replace: 'size: "small",', by: 'size: "small",\n  replicas: 2,' },
  "several-pods-with-one-writer-and-a-class-that-can": [
    { in: sonarr, replace: 'size: "small",', by: 'size: "small",\n  replicas: 2,' },
    manyCan("bulk"),
  ],
  "several-pods-of-a-stateful-set-with-a-claim-that-is-taken-over": [
    { in: sonarr, replace: 'size: "small",', by: 'size: "small",\n  runs: statefulSet(),\n  replicas: 2,' },
    { in: sonarr, replace: "import { ", by: "import { statefulSet, " },
    { in: sonarr, replace: "  storage: {", by: '  storage: {\n    old: state({ at: "/old", size: "1Gi", adopt: "old" }),' },
  ],
  "pods-on-all-nodes-with-one-writer": [
    { in: sonarr, replace: 'size: "small",', by: 'size: "small",\n  runs: daemonSet(),' },
    { in: sonarr, replace: "import { ", by: "import { daemonSet, " },
    { in: home, replace: 'zone: "pve-1" }', by: 'zone: "pve-1" }, "worker-2": { cpu: "12", memory: "30Gi", address: "10.0.20.22" }' },
    manyCan(),
  ],
  "volume-of-a-stateful-set-in-another-component": [
    { in: immich, replace: "import { ", by: "import { schedule, statefulSet, " },
    { in: immich, replace: "    learning: {", by: '    backup: { runs: schedule("0 4 * * *", { endsWithin: "15m" }), image: "ghcr.io/example/backup:1.0.0", mounts: { library: "/data" } },\n    learning: {' },
    { in: immich, replace: '      size: "large",', by: '      runs: statefulSet(),\n      size: "large",' },
  ],
  "volume-of-two-stateful-sets": [
    { in: immich, replace: "import { ", by: "import { statefulSet, " },
    { in: immich, replace: 'mounts: { models: "/cache" },', by: 'runs: statefulSet(),\n      mounts: { models: "/cache", library: "/data" },' },
    { in: immich, replace: '      size: "large",', by: '      runs: statefulSet(),\n      size: "large",' },
    manyCan("bulk"),
  ],
  "volume-of-a-postgres-cluster-in-another-component": { in: immich, text: `import { database, defineComposedService, postgresCluster } from "#rzp";

export default defineComposedService({
  tier: "media",
  about: "Photos and videos with face and object search",
  components: {
    db: { runs: postgresCluster({ instances: 1 }), image: "ghcr.io/cloudnative-pg/postgresql:18.0", ports: { postgres: 5432 } },
    copy: { image: "ghcr.io/example/copy:1.0.0", ports: { http: 8080 }, health: { http: "/" }, mounts: { data: { mountPath: "/data", readOnly: true } } },
  },
  storage: { data: database({ size: "20Gi" }) },
});
` },
  "user-namespace-with-a-share": { in: sonarr, replace: 'size: "small",', by: 'size: "small",\n  userNamespace: true,' },
  "user-namespace-in-the-network-of-the-node": [
    { in: prowlarr, replace: "import { ", by: "import { because, " },
    { in: prowlarr, replace: "  reaches:", by: '  userNamespace: true,\n  network: { host: because(true, "finds devices by multicast") },\n  reaches:' },
  ],
  "user-namespace-with-the-processes-of-the-node": [
    { in: prowlarr, replace: "import { ", by: "import { because, " },
    { in: prowlarr, replace: "  reaches:", by: '  userNamespace: true,\n  sidecars: { top: { image: "ghcr.io/example/top:1.0.0", health: { exec: ["true"] }, security: because({ hostProcesses: true }, "counts the processes of the node") } },\n  reaches:' },
  ],
  "many-writers-on-a-class-with-one": [writtenByMany, manyCan("standard")],
  "many-writers-on-a-class-of-an-overlay": [
    writtenByMany,
    manyCan("bulk"),
    { in: "environments/prod/immich.ts", text: 'import { overlay } from "#rzp";\nimport immich from "../../charts/services/immich/values.ts";\n\nexport default overlay(immich, { storage: { library: { class: "standard" } } });\n' },
  ],
  "many-writers-of-an-overlay": [
    manyCan("standard"),
    { in: "environments/prod/immich.ts", text: 'import { overlay } from "#rzp";\nimport immich from "../../charts/services/immich/values.ts";\n\nexport default overlay(immich, { storage: { library: { access: "many" } } });\n' },
  ],
  "many-writers-on-a-class-of-the-same-overlay": [
    manyCan("bulk"),
    { in: "environments/prod/immich.ts", text: 'import { overlay } from "#rzp";\nimport immich from "../../charts/services/immich/values.ts";\n\nexport default overlay(immich, { storage: { library: { class: "standard", access: "many" } } });\n' },
  ],
  "many-writers-where-no-class-can": [writtenByMany, manyCan()],
  "many-writers-and-nobody-says-whether-the-class-can": writtenByMany,
  "memory-limit-below-request": { in: immich, replace: '{ cpu: "500m", memory: "2Gi" }', by: '{ cpu: "500m", memory: "2Gi", memoryLimit: "1Gi" }' },
  "cpu-limit-below-request": { in: immich, replace: '{ cpu: "500m", memory: "2Gi" }', by: '{ cpu: "500m", memory: "2Gi", cpuLimit: "0.25" }' },
  "tcp-route-without-listener": { in: sonarr, replace: '{ host: "sonarr", to: "http",', by: '{ to: "http", kind: "tcp",' },
  "tcp-route-on-the-port-for-names": { in: immich, replace: '{ host: "photos", to: "server/http", audience: "internal", signIn: "own" }', by: '{ to: "server/http", kind: "tcp", listener: 443, audience: "internal" }' },
  "two-routes-on-one-port": { in: immich, replace: 'web: { host: "photos", to: "server/http", audience: "internal", signIn: "own" }', by: 'web: { to: "server/http", kind: "tcp", listener: 8883, audience: "internal" }, more: { to: "server/http", kind: "tcp", listener: 8883, audience: "internal" }' },
  "http-route-without-host": { in: sonarr, replace: 'host: "sonarr", ', by: "" },
  "http-route-to-udp-port": { in: blocky, replace: 'dns: { udp: 1053, tcp: 1053 } },', by: 'dns: { udp: 1053, tcp: 1053 }, log: { udp: 514 } },\n  routes: { web: { host: "dns", to: "log", audience: "internal", signIn: "own" } },' },
  "route-with-paths-and-rules": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/"], rules: { all: { path: "/" } } }' },
  "more-hosts-than-a-route-takes": { in: sonarr, replace: 'host: "sonarr"', by: 'host: Array.from({ length: 17 }, (_, index) => `sonarr-${index}`)' },
  "more-paths-than-a-route-takes": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: Array.from({ length: 17 }, (_, index) => `/${index}`) }' },
  "more-rules-than-a-route-takes": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", rules: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`r${index}`, { path: `/${index}` }])) }' },
  "redirect-that-leads-somewhere-too": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", rules: { old: { redirect: "series.example.com", to: "http" } } }' },
  "tcp-route-with-paths": { in: immich, replace: '{ host: "photos", to: "server/http", audience: "internal", signIn: "own" }', by: '{ to: "server/http", kind: "tcp", listener: 8883, audience: "internal", paths: ["/api"] }' },
  "grpc-route-with-method": { in: sonarr, replace: 'signIn: "own" }', by: 'kind: "grpc", rules: { all: { method: "GET" } } }' },
  "tcp-route-with-timeout": { in: immich, replace: '{ host: "photos", to: "server/http", audience: "internal", signIn: "own" }', by: '{ to: "server/http", kind: "tcp", listener: 8883, audience: "internal", timeout: "1h" }' },
  "redirect-with-timeout": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", rules: { old: { redirect: "series.example.com", timeout: "1h" } } }' },
  "redirect-to-itself": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", rules: { old: { path: "/old", redirect: "sonarr.example.com" }, all: {} } }' },
  "redirects-in-a-circle": [
    { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", rules: { old: { path: "/old", redirect: "photos" }, all: {} } }' },
    { in: immich, replace: 'host: "photos", to: "server/http", audience: "internal", signIn: "own" }', by: 'host: "photos", to: "server/http", audience: "internal", signIn: "own", rules: { all: { redirect: "sonarr" } } }' },
  ],
  "redirect-to-an-address": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", rules: { old: { path: "/old", redirect: "https://notes.example.com/new" }, all: {} } }' },
  "route-path-with-dots": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/a/../b"] }' },
  "route-path-with-dots-at-its-end": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/a/.."] }' },
  "route-path-with-two-slashes": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["//b"] }' },
  "route-path-too-long": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/" + "a".repeat(1024)] }' },
  "rule-path-too-long": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", rules: { r: { path: "/" + "a".repeat(1024) } } }' },
  "route-path-with-blank": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/a b"] }' },
  "route-path-with-umlaut": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/ü"] }' },
  "route-path-with-query": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/x?y=1"] }' },
  "route-path-with-escape-of-nothing": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/%zz"] }' },
  "route-path-with-escaped-slash": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/a%2fb"] }' },
  "route-path-with-fragment": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", paths: ["/a#b"] }' },
  "rule-path-with-query": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", rules: { r: { path: "/x?y=1" } } }' },
  "route-to-a-port-of-tls": { in: sonarr, replace: 'health: { http: "/ping" }', by: 'health: { http: "/ping", https: true }' },
  "grpc-rule-to-a-port-of-tls": [
    { in: sonarr, replace: 'ports: { http: 8989 },\n  health: { http: "/ping" }', by: 'ports: { http: 8989, secure: 9443 },\n  health: { http: "/ping", port: "secure", https: true }' },
    { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", kind: "grpc", rules: { secure: { headers: { tls: "yes" }, to: "secure" }, all: {} } }' },
  ],
  "health-of-a-schedule": { in: recyclarr, replace: 'args: ["sync"]', by: 'args: ["sync"],\n  ports: { http: 8080 },\n  health: { http: "/ping" }' },
  "route-to-a-schedule": { in: recyclarr, replace: 'args: ["sync"]', by: 'args: ["sync"],\n  ports: { http: 8080 },\n  routes: { web: { host: "recyclarr", to: "http", audience: "internal", signIn: "own" } }' },
  "address-of-a-schedule": { in: recyclarr, replace: 'args: ["sync"]', by: 'args: ["sync"],\n  ports: { http: 8080 },\n  exposes: { web: { ports: { 80: "http" }, clients: "lan" } }' },
  "two-rules-for-the-same-requests": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", rules: { r: { path: "/b", headers: { "X-Key": "1", b: "2" } }, s: { path: "/b/", headers: { b: "2", "x-key": "1" } }, all: {}, exact: { path: "/b", exact: true } } }' },
  "two-rules-of-grpc-for-the-same-requests": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", kind: "grpc", rules: { r: {}, s: {} } }' },
  "route-timeout-without-unit": { in: sonarr, replace: 'signIn: "own" }', by: 'signIn: "own", timeout: "30" }' },
  "postgres-cluster-without-database-volume": [
    { in: postgres, replace: "import { database,", by: "import {" },
    { in: postgres, replace: '  storage: { data: database({ size: "20Gi" }) },\n', by: "" },
  ],
  "postgres-cluster-on-another-port": { in: postgres, replace: "postgres: 5432", by: "postgres: 5433" },
  "postgres-cluster-with-a-port-of-udp": { in: postgres, replace: "postgres: 5432", by: "postgres: 5432, notes: { udp: 9187 }" },
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
  "items-in-an-object": { in: sonarr, replace: "  routes:", by: '  objects: { settings: { apiVersion: "v1", kind: "ConfigMap", items: [{ apiVersion: "v1", kind: "Secret", metadata: { name: "more" } }] } },\n  routes:' },
  "patch-that-makes-a-list": { in: sonarr, replace: "  routes:", by: '  patches: { "networkpolicy/default-deny": { items: [] } },\n  routes:' },
  "patch-that-takes-all-metadata": { in: sonarr, replace: "  routes:", by: '  patches: { "networkpolicy/default-deny": { metadata: null } },\n  routes:' },
  "namespace-among-objects": { in: sonarr, replace: "  routes:", by: '  objects: { more: { because: "one good reason", value: { apiVersion: "v1", kind: "Namespace", metadata: { labels: { "pod-security.kubernetes.io/enforce": "privileged" } } } } },\n  routes:' },
  "namespace-of-what-is-the-clusters": { in: sonarr, replace: "  routes:", by: '  objects: { first: { because: "one good reason", value: { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { namespace: "media-sonarr" } } } },\n  routes:' },
  "namespace-of-an-object-that-is-empty": { in: sonarr, replace: "  routes:", by: '  objects: { settings: { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: "" } } },\n  routes:' },
  "reason-of-an-object-forgotten": [
    { in: sonarr, replace: "import { ", by: "import { because, kubernetesObject, " },
    { in: sonarr, replace: "  routes:", by: '  objects: { first: because(kubernetesObject({ apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", value: 1 })) },\n  routes:' },
  ],
  "kind-inside-a-reason": { in: sonarr, replace: "  routes:", by: '  objects: { first: { because: "one good reason", value: { apiVersion: "v1", kind: "configMap" } } },\n  routes:' },
  "kind-of-an-object-in-small-letters": { in: sonarr, replace: "  routes:", by: '  objects: { first: { apiVersion: "v1", kind: "configMap" } },\n  routes:' },
  "object-without-a-kind": { in: sonarr, replace: "  routes:", by: '  objects: { first: { apiVersion: "v1", metadata: { labels: { a: "b" } } } },\n  routes:' },
  "two-hosts-the-same": { in: prowlarr, replace: 'host: "prowlarr"', by: 'host: "sonarr"' },
  "host-of-another-service-for-one-request": {
    in: prowlarr,
    replace: 'routes: { web: {',
    by: 'routes: { login: { host: "sonarr", to: "http", audience: "internal", signIn: "own", rules: { login: { path: "/login", exact: true, method: "POST" }, all: { method: "POST" } } }, web: {',
  },
  "part-of-the-host-of-a-service-that-is-called-otherwise": { in: blocky, replace: "  exposes:", by: '  routes: { web: { host: "photos", paths: ["/api/auth"], to: "http", audience: "internal", signIn: "own" } },\n  exposes:' },
  "host-of-two-services-path-by-path": [
    { in: immich, replace: 'host: "photos", to: "server/http"', by: 'host: "photos", paths: ["/api", "/share"], to: "server/http"' },
    { in: vector, replace: "  account:", by: '  routes: { web: { host: ["photos", "albums"], paths: ["/a", "/b"], to: "api", audience: "internal", signIn: "own" } },\n  account:' },
  ],
  "shared-host-of-two-routes-for-one-path": [
    { in: prowlarr, replace: 'host: "prowlarr"', by: 'host: because("sonarr", "one page to people")' },
    { in: prowlarr, replace: "import { ", by: "import { because, " },
  ],
  "shared-host-twice": [
    { in: prowlarr, replace: 'host: "prowlarr"', by: 'host: because(["sonarr", "sonarr"], "one page to people"), paths: ["/prowlarr"]' },
    { in: prowlarr, replace: "import { ", by: "import { because, " },
  ],
  "wildcard-over-hosts-of-others": { in: vector, replace: "  account:", by: '  routes: { web: { host: "*.example.com", to: "api", audience: "internal", signIn: "own" } },\n  account:' },
  "wildcard-over-the-host-of-an-overlay": [
    { in: vector, replace: "  account:", by: '  routes: { web: { host: "*.example.com", to: "api", audience: "internal", signIn: "own" } },\n  account:' },
    { in: "environments/dev/prowlarr.ts", text: 'import { overlay } from "#rzp";\nimport prowlarr from "../../charts/services/prowlarr/values.ts";\n\nexport default overlay(prowlarr, { routes: { web: { host: "finder" } } });\n' },
  ],
  "certificate-for-the-host-of-another-service": [
    { in: prowlarr, replace: "  routes:", by: '  objects: { own: customObject({ apiVersion: "cert-manager.io/v1", kind: "Certificate", spec: { secretName: "own", dnsNames: ["prowlarr.example.com", "prowlarr.dev.example.com", "photos.example.com"], issuerRef: { kind: "ClusterIssuer", name: "letsencrypt" } } }) },\n  routes:' },
    { in: prowlarr, replace: "import { ", by: "import { customObject, " },
  ],
  "name-that-is-published-beside-routes": [
    { in: prowlarr, replace: "  routes:", by: '  objects: { elsewhere: kubernetesObject({ apiVersion: "v1", kind: "Service", metadata: { annotations: { "external-dns.kubernetes.io/hostname": "login.example.com" } }, spec: { type: "ExternalName", externalName: "evil.example.net" } }) },\n  routes:' },
    { in: prowlarr, replace: "import { ", by: "import { kubernetesObject, " },
  ],
  "patch-that-publishes-the-host-of-another-service": { in: prowlarr, replace: "  routes:", by: '  patches: { "httproute/web": { metadata: { annotations: { "external-dns.alpha.kubernetes.io/hostname": "prowlarr.example.com, photos.example.com" } } } },\n  routes:' },
  "two-namespaces-the-same": { in: prowlarr, replace: "  reaches:", by: '  pins: { namespace: "media-sonarr" },\n  reaches:' },
  "namespace-of-kubernetes": { in: prowlarr, replace: "  reaches:", by: '  pins: { namespace: "kube-system" },\n  reaches:' },
  "namespace-of-the-scraper": { in: prowlarr, replace: "  reaches:", by: '  pins: { namespace: "observability-prometheus" },\n  reaches:' },
  "two-addresses-the-same": { in: vector, replace: "  account:", by: '  exposes: { api: { address: "10.0.10.202", ports: { 8686: "api" }, clients: "lan" } },\n  account:' },
  "host-whose-proposal-is-taken-too": [
    { in: vector, replace: "  account:", by: '  routes: { web: { host: "photos", to: "api", audience: "internal", signIn: "own" } },\n  account:' },
    { in: blocky, replace: "  exposes:", by: '  routes: { web: { host: "photos-2.example.com", to: "http", audience: "internal", signIn: "own", paths: ["/dns"] } },\n  exposes:' },
  ],
  "host-of-a-load-balancer": [
    { in: home, replace: "  repository:", by: '  annotationPrefix: "external-dns.kubernetes.io",\n  repository:' },
    { in: prowlarr, replace: 'host: "prowlarr"', by: 'host: "blocky-dns"' },
  ],
  "host-of-a-load-balancer-by-a-patch": [
    { in: blocky, replace: "  exposes:", by: '  routes: { web: { host: "dns", to: "http", audience: "internal", signIn: "own" } },\n  patches: { "service/blocky-dns": { metadata: { annotations: { "external-dns.kubernetes.io/hostname": "dns.example.com" } } } },\n  exposes:' },
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
  "named-address-outside-the-pool": { in: home, replace: 'mqtt: "10.0.10.203"', by: 'mqtt: "10.0.10.190"' },
  "gateway-address-outside-the-pool": { in: home, replace: '      name: "internal",\n', by: '      name: "internal",\n      address: "10.0.10.240",\n' },
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
  "two-consumers-with-one-login-of-neither": [
    { in: immich, replace: 'postgres: { login: "immich" }', by: 'postgres: { login: "media" }' },
    { in: prowlarr, replace: 'consumes: { sonarr: "http" }', by: 'consumes: { sonarr: "http", postgres: { login: "media" } }' },
  ],
  "host-of-another-environment": { in: "environments/dev/prowlarr.ts", text: 'import { overlay } from "#rzp";\n\nexport default overlay("prowlarr", { routes: { web: { host: "sonarr.example.com" } } });\n' },
  "host-of-another-environment-by-an-overlay": [
    { in: "environments/dev/prowlarr.ts", text: 'import { overlay } from "#rzp";\n\nexport default overlay("prowlarr", { routes: { web: { host: "films.example.com" } } });\n' },
    { in: "environments/prod/sonarr.ts", text: 'import { overlay } from "#rzp";\n\nexport default overlay("sonarr", { routes: { web: { host: "films" } } });\n' },
  ],
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
