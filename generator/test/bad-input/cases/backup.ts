/** What cannot be backed up as it is said, comes too late, or is not kept. */
import { cabin, dev, home, immich, postgres, prod, prowlarr, recyclarr, sonarr } from "../change.ts";
import type { Change, Cases } from "../change.ts";

const velero = "charts/services/velero/values.ts";
const location = `customObject({ apiVersion: "velero.io/v1", kind: "BackupStorageLocation", spec: { provider: "aws", objectStorage: { bucket: "velero" } } })`;
const makesBackups = (objects = `{ main: ${location} }`): Change => ({
  in: velero,
  text: `import { customObject, defineChart } from "#rzp";

export default defineChart({
  tier: "platform",
  about: "Makes backups of namespaces and their volumes",
  chart: { from: "https://vmware-tanzu.github.io/helm-charts/velero", version: "12.1.0" },
  components: { server: { pods: { name: "velero" } } },
  objects: ${objects},
});
`,
});
const facts = (more: string, speed = "500Mi"): Change => ({
  in: home,
  replace: "  shares:",
  by: `  backup: { locations: { main: { speed: "${speed}" } }, rebuild: "5m"${more}${more.includes("claims:") ? "" : ", claims: { atOnce: 2 }"} },\n  shares:`,
});
/** Its node agent copies two claims at once. */
const copiesTwo = makesBackups(`{ main: ${location}, "node-agent": customObject({ apiVersion: "v1", kind: "ConfigMap", data: { "config.json": '{"loadConcurrency":{"globalConfig":2}}' } }) }`);
const runsVelero: Change = { in: prod, replace: '"vector"]', by: '"vector", "velero"]' };
/** Nobody minds here that all backups lie in one house. */
const oneHouse = 'offsite: because(false, "a test keeps nothing")';
const saidOfProd = `backup: { ${oneHouse} },`;
const inOneHouse: readonly Change[] = [
  { in: prod, replace: "  secrets:", by: `  ${saidOfProd} secrets:` },
  { in: prod, replace: "import {", by: "import { because," },
];
const runs: readonly Change[] = [runsVelero, ...inOneHouse];
const snapshots = ', snapshots: { "driver.longhorn.io": { of: ["standard", "bulk"] } }';
/** A copy of the database nobody minds here. */
const reason = 'backup: { whole: because(true, "it recovers from its own log") }';
const whole: Change = { in: postgres, replace: 'size: "20Gi"', by: `size: "20Gi", ${reason}` };
const imports: Change = { in: postgres, replace: "import { database,", by: "import { because, database," };
/** A repository in which everything is backed up. */
export const backed = (more = snapshots, speed = "500Mi"): Change[] => [makesBackups(), facts(more, speed), ...runs, whole, imports];
const config = (more: string): Change => ({ in: prowlarr, replace: 'size: "1Gi"', by: `size: "1Gi", ${more}` });
/** What prod says of backups in its stead. */
export const ofProd = (more: string): Change => ({ in: prod, replace: `${saidOfProd} `, by: `backup: ${more},\n  ` });
const notDev: readonly [Change, Change] = [
  { in: dev, replace: "  secrets:", by: '  backup: because(false, "what is tried here can be tried again"),\n  secrets:' },
  { in: dev, replace: "import {", by: "import { because," },
];
/** Another cluster, which writes its backups to the place of the first. */
const backedCabin = cabin(
  `  scraper: { namespace: "monitoring", podLabels: { app: "prometheus" } },
  prober: { namespace: "monitoring", podLabels: { app: "prober" }, service: "blackbox-exporter", port: 9115 },
  gateways: { internal: { name: "internal", namespace: "network-envoy-gateway", podNamespace: "network-envoy-gateway", podLabels: { gateway: "internal" } } },
  backup: { locations: { main: { speed: "500Mi" } }, rebuild: "5m", claims: { atOnce: 2 } },
`,
  { domain: "cabin.example.com", service: "velero" },
);

/** A service that dumps the server, with the program of its image. */
export const dumps = (image: string): Change[] => [
  {
    in: "charts/services/postgres-dump/values.ts",
    text: `import { defineService, schedule, state } from "#rzp";

export default defineService({
  tier: "data",
  about: "Dumps every PostgreSQL database",
  image: "${image}",
  runs: schedule("*/30 * * * *", { endsWithin: "15m" }),
  storage: { dumps: state({ at: "/dumps", size: "20Gi", restored: { files: { atLeast: 1 } } }) },
  consumes: { postgres: { login: "dump", readsAll: true } },
});
`,
  },
  { in: prod, replace: '"vector"', by: '"postgres-dump", "vector"' },
];

/** Backups into a store that is a service of the cluster. */
const toStore = (tier = "network"): Change => ({
  in: velero,
  replace: '{ bucket: "velero" }',
  by: `{ bucket: "velero" }, config: { s3Url: "http://minio.${tier}-minio.svc:9000" }`,
});
const store = (volume = 'state({ at: "/data", size: "9Gi" })', tier = "network"): Change => ({
  in: "charts/services/minio/values.ts",
  text: `import { defineService, ${volume.startsWith("share") ? "share" : "state"} } from "#rzp";

export default defineService({
  tier: "${tier}",
  about: "Keeps objects in buckets",
  image: "quay.io/minio/minio:RELEASE.2026-10-01T00-00-00Z",
  ports: { http: 9000 },
  health: { http: "/minio/health/live" },
  storage: { data: ${volume} },
});
`,
});
const storeRuns: readonly Change[] = [{ in: prod, replace: '"immich",', by: '"immich", "minio",' }];
/** A store that keeps what it has in a volume of the cluster. */
export const storeLost: readonly Change[] = [...backed(), toStore(), store(), ...storeRuns];
/** Velero needs a service that keeps what is backed up. */
export const velerosNeed: readonly Change[] = [
  ...backed(),
  store(),
  ...storeRuns,
  { in: velero, replace: '  tier: "platform",', by: '  tier: "network",\n  needs: ["minio"],' },
];
/** A database of another kind, and what dumps it. */
export const dumped = ({
  to = "plain-dump/dumps",
  more = "",
  runs: how = 'schedule("*/30 * * * *", { endsWithin: "15m" })',
  imports: names = "schedule, ",
} = {}): Change[] => [
  {
    in: "charts/services/plain/values.ts",
    text: `import { database, defineService } from "#rzp";

export default defineService({
  tier: "data",
  about: "A database of another kind",
  image: "docker.io/library/couchdb:3.5.0",
  ports: { http: 5984 },
  health: { http: "/_up" },
  storage: { data: database({ at: "/data", size: "5Gi", backup: { dumpedTo: "${to}"${more} } }) },
});
`,
  },
  {
    in: "charts/services/plain-dump/values.ts",
    text: `import { defineService, ${names}state } from "#rzp";

export default defineService({
  tier: "data",
  about: "Dumps that database",
  image: "docker.io/library/couchdb:3.5.0",
  runs: ${how},
  storage: { dumps: state({ at: "/dumps", size: "5Gi" }) },
  consumes: { plain: "http" },
});
`,
  },
  { in: prod, replace: '["blocky"', by: '["plain", "plain-dump", "blocky"' },
  ...notDev,
];

export const backups: Cases = {
  "database-of-another-kind-without-a-whole-copy": [
    ...backed(),
    ...dumped(),
    { in: "charts/services/plain/values.ts", replace: ', backup: { dumpedTo: "plain-dump/dumps" }', by: "" },
  ],
  "dumped-once-a-day": [...backed(), ...dumped({ runs: 'schedule("0 3 * * *", { endsWithin: "1h" })' })],
  "dumped-to-a-volume-that-is-not-there": [...backed(), ...dumped({ to: "plain-dump/dump" })],
  "dumped-to-no-volume": [...backed(), ...dumped({ to: "plain-dump" })],
  "dumped-to-itself": [...backed(), ...dumped({ to: "plain/data" })],
  "dumped-when-nobody-knows": [...backed(), ...dumped({ runs: 'job({ endsWithin: "15m" })', imports: "job, " })],
  "dumped-and-tried": [
    ...backed(),
    ...dumped(),
    { in: "charts/services/plain/values.ts", replace: 'size: "5Gi", backup', by: 'size: "5Gi", restored: { files: { atLeast: 2 } }, backup' },
  ],
  "dumped-by-a-stopped-service": [
    ...backed(),
    ...dumped(),
    { in: "charts/services/plain-dump/values.ts", replace: '  about: "Dumps that database",', by: '  about: "Dumps that database",\n  stopped: true,' },
  ],
  "server-dumped-by-a-stopped-service": [
    ...backed(),
    ...dumps("ghcr.io/cloudnative-pg/postgresql:18.1"),
    { in: "charts/services/postgres-dump/values.ts", replace: '  tier: "data",', by: '  tier: "data",\n  stopped: true,' },
    ...notDev,
  ],
  "dumped-and-copied": [...backed(), ...dumped({ more: ', keep: "720h"' })],
  "dump-program-older-than-the-server": dumps("ghcr.io/cloudnative-pg/postgresql:17.6-standard-trixie"),
  "dump-program-of-another-maker-older-than-the-server": dumps("postgres:16"),
  "more-at-once-than-the-node-agent-copies": [...backed(`${snapshots}, claims: { atOnce: 4 }`), copiesTwo],
  "one-at-once-as-none-is-said": [...backed(`${snapshots}, claims: { copy: "20s" }`), copiesTwo],
  "throw-away-keys": [...backed(), { in: prod, replace: 'secrets: { backend: "infisical", project: "home", environment: "prod" }', by: 'secrets: { backend: "fake" }' }],
  "snapshots-no-driver-makes": [...backed(', snapshots: { "driver.longhorn.io": { of: ["standard"] } }'), { in: immich, replace: 'class: "bulk"', by: 'class: "bulk", backup: { method: "snapshot" }' }],
  "files-nothing-can-read": [...backed(', snapshots: { "driver.longhorn.io": { of: ["standard"] } }, unreadable: ["bulk"]')],
  "files-only-a-job-mounts": [
    ...backed(),
    { in: recyclarr, replace: 'storage: { work: scratch({ at: "/tmp" }) }', by: 'storage: { work: scratch({ at: "/tmp" }), data: state({ at: "/data", size: "1Gi", backup: { method: "files" } }) }' },
    { in: recyclarr, replace: "scratch }", by: "scratch, state }" },
  ],
  "files-of-a-stopped-service": [...backed(', snapshots: { "driver.longhorn.io": { of: ["standard"] } }'), { in: immich, replace: "  components:", by: "  stopped: true,\n  components:" }],
  "two-methods-of-one-class": [
    ...backed(),
    { in: sonarr, replace: 'config: state({ at: "/config", size: "5Gi" }),', by: 'config: state({ at: "/config", size: "5Gi" }),\n    more: state({ at: "/more", size: "1Gi", backup: { method: "files" } }),' },
  ],
  "one-claim-of-two-classes": [
    ...backed(),
    { in: sonarr, replace: 'config: state({ at: "/config", size: "5Gi" }),', by: 'config: state({ at: "/config", size: "5Gi", adopt: "old" }),\n    more: state({ at: "/more", size: "5Gi", class: "bulk", adopt: "old" }),' },
  ],
  "database-without-a-whole-copy": [makesBackups(), facts(snapshots), ...runs],
  "database-where-nothing-makes-snapshots": [makesBackups(), facts(""), ...runs],
  "dump-to-nowhere": [
    makesBackups(),
    facts(snapshots),
    ...runs,
    {
      in: "charts/services/dump/values.ts",
      text: `import { defineService, schedule, scratch } from "#rzp";

export default defineService({
  tier: "data",
  about: "Dumps every database to nowhere",
  image: "ghcr.io/cloudnative-pg/postgresql:18.1",
  runs: schedule("*/30 * * * *", { endsWithin: "15m" }),
  storage: { dumps: scratch({ at: "/dumps" }) },
  consumes: { postgres: { login: "dump", readsAll: true } },
});
`,
    },
    { in: prod, replace: '["blocky"', by: '["dump", "blocky"' },
    ...notDev,
  ],
  "dump-to-a-share": [
    makesBackups(),
    facts(snapshots),
    ...runs,
    {
      in: "charts/services/dump/values.ts",
      text: `import { defineService, schedule, share } from "#rzp";

export default defineService({
  tier: "data",
  about: "Dumps every database to a share",
  image: "ghcr.io/cloudnative-pg/postgresql:18.1",
  runs: schedule("*/30 * * * *", { endsWithin: "15m" }),
  storage: { dumps: share("media", { at: "/dumps" }) },
  consumes: { postgres: { login: "dump", readsAll: true } },
});
`,
    },
    { in: prod, replace: '["blocky"', by: '["dump", "blocky"' },
    ...notDev,
  ],
  "dump-to-one-of-two-volumes": [
    makesBackups(),
    facts(snapshots),
    ...runs,
    {
      in: "charts/services/dump/values.ts",
      text: `import { defineService, schedule, state } from "#rzp";

export default defineService({
  tier: "data",
  about: "Dumps every database to one of two volumes",
  image: "ghcr.io/cloudnative-pg/postgresql:18.1",
  runs: schedule("*/30 * * * *", { endsWithin: "15m" }),
  storage: { cache: state({ at: "/cache", size: "1Gi" }), dumps: state({ at: "/dumps", size: "20Gi" }) },
  consumes: { postgres: { login: "dump", readsAll: true } },
});
`,
    },
    { in: prod, replace: '["blocky"', by: '["dump", "blocky"' },
    ...notDev,
  ],
  "rpo-nobody-can-reach": [...backed(), ofProd(`{ every: "30m", lose: "30m", ${oneHouse} }`)],
  "backed-up-too-seldom": [...backed(), ...notDev, config('backup: { every: "12h" }')],
  "late-as-others-fill-the-queue": [
    ...backed(`${snapshots}, claims: { snapshot: "14m", atOnce: 2 }`),
    ...notDev,
    { in: home, replace: '"500Mi" }', by: '"500Mi" }, away: { speed: "500Mi", offsite: true }' },
    { in: velero, replace: `{ main: ${location} }`, by: `{ main: ${location}, away: ${location.replace('"velero" }', '"away" }')} }` },
    ofProd('{ lose: "190m", offsite: {} }'),
  ],
  "late-as-there-are-many-claims": [...backed(`${snapshots}, claims: { snapshot: "30m", atOnce: 2 }`), ...notDev],
  "back-too-late-as-there-are-many-claims": [...backed(`${snapshots}, claims: { restore: "20m", atOnce: 1 }`), ...notDev],
  "claims-none-at-once": backed(`${snapshots}, claims: { atOnce: 0 }`),
  "more-to-copy-than-there-is-time": [...backed(`${snapshots}, claims: { copy: "24h", atOnce: 1 }`), ...notDev],
  "more-lost-without-a-reason": [...backed(), ofProd('{ lose: "6h" }')],
  "back-late-without-a-reason": [...backed(), ofProd('{ recover: "2h" }')],
  "interval-that-does-not-divide-a-day": [...backed(), config('backup: { every: "5h" }')],
  "kept-shorter-than-the-gap": [...backed(), ...notDev, config('backup: { keep: "1h" }')],
  "offsite-nowhere": [...backed(), ofProd('{ offsite: { every: "24h" } }')],
  "kept-offsite-shorter-than-the-gap": [
    makesBackups(`{ main: ${location}, far: ${location.replace('"velero" }', '"far" }')} }`),
    { in: home, replace: "  shares:", by: `  backup: { locations: { main: { speed: "500Mi" }, far: { speed: "500Mi", offsite: true } }, rebuild: "5m"${snapshots} },\n  shares:` },
    ...runs,
    whole,
    imports,
    ofProd('{ offsite: { every: "24h", keep: "47h" } }'),
  ],
  "location-velero-does-not-have": [...backed(), { in: velero, replace: "{ main: ", by: "{ mian: " }],
  "all-locations-offsite": [...backed(), { in: home, replace: 'speed: "500Mi" }', by: 'speed: "500Mi", offsite: true }' }],
  "two-locations-in-one-bucket": [...backed(), { in: velero, replace: `{ main: ${location} }`, by: `{ main: ${location}, second: ${location} }` }],
  "two-clusters-in-one-folder": [...backed(), { in: velero, replace: '{ bucket: "velero" }', by: '{ bucket: "velero", prefix: "home" }' }, ...backedCabin],
  "location-around-another": [...backed(), { in: velero, replace: `{ main: ${location} }`, by: `{ main: ${location}, lab: ${location.replace('"velero" }', '"velero", prefix: "lab" }')} }` }],
  "store-that-is-lost-with-its-cluster": storeLost,
  "store-that-starts-after-the-data": [...backed(), toStore("apps"), store('share("media", { at: "/data" })', "apps"), ...storeRuns],
  "store-of-a-chart": [
    ...backed(),
    toStore(),
    {
      in: "charts/services/minio/values.ts",
      text: `import { defineChart } from "#rzp";

export default defineChart({
  tier: "network",
  about: "Keeps objects in buckets",
  chart: { from: "https://charts.min.io/minio", version: "5.4.0" },
  components: { server: { pods: { app: "minio" } } },
});
`,
    },
    ...storeRuns,
  ],
  "recovery-that-waits-for-what-it-restores": velerosNeed,
  "recovery-whose-velero-starts-after-data": [...backed(), { in: velero, replace: 'tier: "platform"', by: 'tier: "apps"' }],
  "purpose-without-a-class": backed(', snapshots: { "driver.longhorn.io": { of: ["standard", "bluk"] } }'),
  "backups-wanted-and-nobody-says-how": { in: prod, replace: "  secrets:", by: '  backup: { every: "24h" },\n  secrets:' },
  "velero-runs-and-nobody-says-how": [makesBackups(), runsVelero],
  "backups-in-one-house": [makesBackups(), facts(snapshots), runsVelero, whole, imports],
  "backups-in-one-house-and-another-is-there": [
    ...backed(),
    { in: home, replace: '"500Mi" }', by: '"500Mi" }, away: { speed: "5Mi", offsite: true }' },
    { in: velero, replace: `{ main: ${location} }`, by: `{ main: ${location}, away: ${location.replace('"velero" }', '"away" }')} }` },
    ofProd('{ keep: "360h" }'),
  ],
  "nothing-makes-backups": [facts(snapshots), whole, imports, ...inOneHouse],
  "volume-not-backed-up-without-a-reason": [...backed(), config("backup: false")],
  "environment-not-backed-up-without-a-reason": [...backed(), ofProd("false")],
  "back-too-late": [...backed(snapshots, "10Mi"), ...notDev],
};
