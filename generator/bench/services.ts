/**
 * Authored files of a platform of any size: eight shapes in turn, as they are found in real homelabs. Every
 * service differs from every other in names, numbers and versions, so no two resolve to equal values.
 */

/** A file of the repository: its path and its text. */
export type AuthoredFiles = Readonly<Record<string, string>>;

/** The service many others call. */
const hub = "hub";
const database = "postgres";
const hubConsumersMost = 60;

/** How many of `count` services call the hub. */
export const hubConsumers = (count: number): number =>
  Math.min(hubConsumersMost, Math.floor((count - 2) / 2));

interface Place {
  /** From 0; the number of a service is in everything it says. */
  readonly index: number;
  readonly name: string;
  /** Body of `consumes`, and of `env` for what it reads there. */
  readonly consumes: string;
}

/** The text of one service of a shape. */
type Shape = (place: Place) => string;

const shapes: readonly { readonly word: string; readonly text: Shape }[] = [
  { word: "web", text: web },
  { word: "library", text: library },
  { word: "queue", text: queue },
  { word: "agent", text: agent },
  { word: "job", text: job },
  { word: "suite", text: suite },
  { word: "bridge", text: bridge },
  { word: "resolver", text: resolver },
];

/** In: how many services. Out: their names; the hub and the database are the first two. */
export function serviceNames(count: number): string[] {
  return [
    hub,
    database,
    ...Array.from({ length: Math.max(0, count - 2) }, (_, index) => nameAt(index)),
  ];
}

const nameAt = (index: number) => `${shapes[index % shapes.length]?.word}-${index}`;

/** In: how many services. Out: the files of all of them. */
export function serviceFiles(count: number): AuthoredFiles {
  const others = Array.from({ length: count - 2 }, (_, index) => index);
  const texts = others.flatMap((index) => {
    const name = nameAt(index);
    const text =
      shapes[index % shapes.length]?.text({ index, name, consumes: consumesOf(index, count) }) ??
      "";
    const config =
      index % shapes.length === shapes.length - 4
        ? { [`charts/services/${name}/config/job.yaml`]: `job: ${name}\nevery: ${index}m\n` }
        : {};
    return Object.entries({ [`charts/services/${name}/values.ts`]: text, ...config });
  });
  return {
    ...Object.fromEntries(texts),
    ...hubFile(8080),
    [`charts/services/${database}/values.ts`]: databaseText,
  };
}

/** The hub with its port: another number changes what all its consumers are given. */
export function hubFile(port: number): AuthoredFiles {
  return {
    [`charts/services/${hub}/values.ts`]: `import { defineService, scratch, secret } from "#rzp";

export default defineService({
  tier: "platform",
  about: "What many others call",
  image: "registry.example.com/platform/hub:1.0.0",
  replicas: 2,
  ports: { http: ${port}, metrics: 9090 },
  health: { http: "/healthz", port: "http" },
  metrics: { port: "metrics" },
  storage: { temporary: scratch({ at: "/tmp" }) },
  offers: { "api-key": secret("api-key") },
});
`,
  };
}

const databaseText = `import { database, defineService, postgresCluster } from "#rzp";

export default defineService({
  tier: "data",
  about: "PostgreSQL for services that need no special extension",
  image: "ghcr.io/cloudnative-pg/postgresql:18.1",
  runs: postgresCluster({ instances: 2 }),
  size: "medium",
  ports: { postgres: 5432, metrics: 9187 },
  metrics: { port: "metrics" },
  storage: { data: database({ size: "20Gi" }) },
  offers: { login: { port: "postgres", gives: ["host", "port", "database", "user", "password", "url"] } },
});
`;

/** Every second service calls the hub, as far as its consumers go; most call the nearest web service before them. */
function consumesOf(index: number, count: number): string {
  const callsHub = index % 2 === 0 && index / 2 < hubConsumers(count);
  const before = index - (index % shapes.length);
  return [
    ...(callsHub ? [`${hub}: "http"`] : []),
    ...(index % shapes.length === 0 ? [] : [`"${nameAt(before)}": "http"`]),
  ].join(", ");
}

const tiers = ["media", "home", "apps"];
const tierOf = (index: number) => tiers[index % tiers.length];
const image = (name: string, index: number) =>
  `registry.example.com/${tierOf(index)}/${name}:${1 + (index % 9)}.${index % 13}.${index}`;
const head = ({ name, index }: Place, what: string) =>
  `  tier: "${tierOf(index)}",\n  about: "${what} number ${index}",\n  image: "${image(name, index)}",`;

/** A web application with a database, a key, a volume and a name. */
function web(place: Place): string {
  const { index, name, consumes } = place;
  return `import { defineService, from, scratch, secret, state } from "#rzp";

export default defineService({
${head(place, "A web application")}
  size: "small",
  ports: { http: ${3000 + (index % 5000)}, metrics: 9100 },
  health: { http: "/ping", port: "http" },
  metrics: { port: "metrics" },
  storage: { config: state({ at: "/config", size: "${1 + (index % 20)}Gi" }), temporary: scratch({ at: "/tmp" }) },
  env: {
    LEVEL: "info",
    API_KEY: secret("api-key"),
    DB_HOST: from("${database}", "host"),
    DB_USER: from("${database}", "user"),
    DB_PASSWORD: from("${database}", "password"),
  },
  offers: { "api-key": secret("api-key") },
  consumes: { ${[`${database}: { login: "web_${index}" }`, consumes].filter((part) => part !== "").join(", ")} },
  reaches: { internet: ["https"] },
  routes: { web: { host: "${name}", to: "http", audience: "internal", signIn: "own" } },
});
`;
}

/** Reads a share, has a helper beside it and one that runs before it. */
function library(place: Place): string {
  const { index, name, consumes } = place;
  return `import { cache, defineService, scratch, secret, share, state } from "#rzp";

export default defineService({
${head(place, "A library of media files")}
  resources: { cpu: "${50 + (index % 200)}m", memory: "512Mi", memoryLimit: "2Gi" },
  ports: { http: ${4000 + (index % 5000)}, metrics: 9101 },
  health: { http: "/health", port: "http", startsWithin: "5m" },
  metrics: { port: "metrics" },
  storage: {
    config: state({ at: "/config", size: "${2 + (index % 10)}Gi" }),
    index: cache({ at: "/index", size: "${5 + (index % 30)}Gi" }),
    media: share("media", { at: "/media" }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  env: { LEVEL: "info", TOKEN: secret("token"), NAME: "${name}" },
  init: { prepare: { image: "registry.example.com/tools/prepare:1.${index}.0", args: ["--for", "${name}"], size: "tiny" } },
  sidecars: { tail: { image: "registry.example.com/tools/tail:2.${index}.0", size: "tiny", health: { exec: ["/bin/alive"] } } },
  consumes: { ${consumes} },
  reaches: { internet: ["https"], lan: { nas: ["2049/tcp"] } },
  routes: { web: { host: "${name}", to: "http", audience: "public", signIn: "sso" } },
});
`;
}

/** Pods with a name and a claim each. */
function queue(place: Place): string {
  const { index, consumes } = place;
  return `import { defineService, scratch, secret, state, statefulSet } from "#rzp";

export default defineService({
${head(place, "A queue that keeps its messages")}
  runs: statefulSet(),
  replicas: 2,
  size: "medium",
  ports: { amqp: ${5000 + (index % 5000)}, metrics: 9102 },
  health: { tcp: true, port: "amqp" },
  metrics: { port: "metrics" },
  storage: { data: state({ at: "/data", size: "${8 + (index % 16)}Gi" }), temporary: scratch({ at: "/tmp" }) },
  env: { LEVEL: "info", COOKIE: secret("cookie") },
  consumes: { ${consumes} },
});
`;
}

/** One pod on every node, which reads files of the node. */
function agent(place: Place): string {
  const { index, consumes } = place;
  return `import { because, daemonSet, defineService, hostPath, pod, scratch } from "#rzp";

export default defineService({
${head(place, "An agent on every node")}
  runs: daemonSet(),
  size: "tiny",
  ports: { api: ${8600 + (index % 1000)}, metrics: 9103 },
  health: { http: "/health", port: "api" },
  metrics: { port: "metrics" },
  storage: {
    logs: because(hostPath("/var/log", { at: "/var/log", readOnly: true }), "the logs of all pods are files of the node"),
    temporary: scratch({ at: "/tmp" }),
  },
  env: { LEVEL: "info", NODE: pod("spec.nodeName"), NUMBER: ${index} },
  security: because({ user: 0, group: 0 }, "log files of the node belong to root"),
  account: { cluster: { pods: ["get", "list", "watch"] } },
  consumes: { ${consumes} },
  reaches: { apiserver: ["https"] },
});
`;
}

/** A job on a schedule that reads a file. */
function job(place: Place): string {
  const { index, name, consumes } = place;
  return `import { defineService, file, schedule, scratch, secret } from "#rzp";

export default defineService({
${head(place, "A job at night")}
  runs: schedule("${index % 60} ${index % 24} * * *", { endsWithin: "15m" }),
  args: ["run", "${name}"],
  files: { "/config/job.yaml": file("config/job.yaml") },
  storage: { work: scratch({ at: "/tmp" }) },
  env: { LEVEL: "info", KEY: secret("key") },
  consumes: { ${consumes} },
  reaches: { internet: ["https"] },
});
`;
}

/** Three components that call each other. */
function suite(place: Place): string {
  const { index, name, consumes } = place;
  return `import { cache, defineComposedService, from, scratch, secret, state } from "#rzp";

export default defineComposedService({
  tier: "${tierOf(index)}",
  about: "Several parts that work together, number ${index}",
  components: {
    server: {
      image: "${image(`${name}-server`, index)}",
      size: "large",
      ports: { http: 2283, metrics: 8081 },
      health: { http: "/ping", port: "http" },
      metrics: { port: "metrics" },
      mounts: { library: "/data", temporary: "/tmp" },
      env: { LEVEL: "info", WORKER_URL: from("./worker", "url"), SECRET: secret("session") },
      consumes: { "./worker": "rpc", "./store": "redis"${consumes === "" ? "" : `, ${consumes}`} },
    },
    worker: {
      image: "${image(`${name}-worker`, index)}",
      size: "medium",
      ports: { rpc: ${3003 + (index % 1000)} },
      health: { http: "/ping" },
      mounts: { models: "/cache" },
      reaches: { internet: ["https"] },
    },
    store: {
      image: "registry.example.com/tools/valkey:9.0.${index}",
      size: "small",
      ports: { redis: 6379 },
      health: { tcp: true },
      mounts: { keys: "/data" },
    },
  },
  storage: {
    library: state({ size: "${50 + index}Gi", class: "bulk" }),
    keys: state({ size: "1Gi" }),
    models: cache({ size: "10Gi" }),
    temporary: scratch({ size: "2Gi" }),
  },
  routes: { web: { host: "${name}", to: "server/http", audience: "internal", signIn: "own" } },
});
`;
}

/** Talks to devices of the house and is reached under an address of its own. */
function bridge(place: Place): string {
  const { index, name, consumes } = place;
  return `import { defineService, scratch, secret, state } from "#rzp";

export default defineService({
${head(place, "A bridge to devices")}
  size: "small",
  ports: { mqtt: ${1883 + (index % 1000)}, http: ${7000 + (index % 1000)} },
  health: { http: "/", port: "http" },
  storage: { data: state({ at: "/data", size: "${1 + (index % 4)}Gi" }), temporary: scratch({ at: "/tmp" }) },
  files: { "/etc/bridge.conf": "name = ${name}\\nport = ${1883 + (index % 1000)}\\n" },
  env: { LEVEL: "info", PASSWORD: secret("password") },
  consumes: { ${consumes} },
  reaches: { lan: { nas: ["https"] } },
  exposes: { mqtt: { ports: { 1883: "mqtt" }, clients: "lan" } },
  routes: { web: { host: "${name}", to: "http", audience: "internal", signIn: "own" } },
});
`;
}

/** Several pods behind an address, scaled by load. */
function resolver(place: Place): string {
  const { index, consumes } = place;
  return `import { defineService, scratch } from "#rzp";

export default defineService({
${head(place, "Answers the house's questions")}
  size: "small",
  scale: { min: 2, max: ${3 + (index % 5)}, cpu: 80 },
  ports: { http: ${9200 + (index % 500)}, dns: { udp: 1053, tcp: 1053 } },
  health: { http: "/", port: "http" },
  metrics: { port: "http" },
  storage: { temporary: scratch({ at: "/tmp" }) },
  files: { "/app/config.yml": "upstreams: [tcp-tls:dns-${index}.example.com]\\n" },
  env: { LEVEL: "info" },
  consumes: { ${consumes} },
  reaches: { internet: ["853/tcp", "https"], lan: { router: ["53/udp"] } },
  exposes: { dns: { ports: { 53: "dns" }, clients: "lan", keepClientAddress: true } },
});
`;
}
