/**
 * What fields are called in Kubernetes, Compose, Helm charts and tools, where no spelling leads from there to ours.
 * Each word has texts as a person would write them here, for the places it is used at: the first counts whose field
 * such a place has. Case and separators do not count.
 */

const env = ["env"];
const health = ['health: { http: "/health" }'];
const storage = [
  'storage: { data: state({ at: "/data", size: "5Gi" }) }',
  'mounts: { data: "/data" }',
];
const mounts = [...storage].reverse();
const routes = [
  'routes: { web: { host: "app", to: "http", audience: "internal", signIn: "own" } }',
];
const files = ['files: { "/etc/app.conf": file("config/app.conf") }'];
const account = ['account: { namespace: { configmaps: ["get", "list"] } }'];
const nodes = ['placement: { nodes: { disk: "ssd" } }', 'nodes: { disk: "ssd" }'];
const tolerates = [
  'placement: { tolerates: { dedicated: "NoSchedule" } }',
  'tolerates: { dedicated: "NoSchedule" }',
];
const hostNetwork = ['network: { host: because(true, "say why here") }'];
const capabilities = ['security: because({ addCapabilities: ["NET_ADMIN"] }, "say why here")'];
const privileged = ['security: because({ privileged: true }, "say why here")'];
const resources = ['resources: { cpu: "250m", memory: "512Mi" }'];
const runAs = ["runAs: { user: 1000 }"];
const ports = ["ports: { http: 8080 }"];
const init = ["init"];
const runs = ['runs: schedule("0 4 * * *", { endsWithin: "15m" })'];
const stopsWithin = ['stopsWithin: "30s"'];
const disruption = ["disruption: { keep: 1 }"];
const nameservers = ['network: { nameservers: ["10.0.10.53"] }'];
const hosts = ['network: { hosts: { "nas.example.com": "10.0.10.5" } }'];

export const synonyms: Readonly<Record<string, readonly string[]>> = {
  // Pods of Kubernetes.
  replicaCount: ["replicas: 2"],
  livenessProbe: health,
  readinessProbe: health,
  startupProbe: health,
  probes: health,
  volumeMounts: mounts,
  volumeClaimTemplates: storage,
  persistence: storage,
  ingress: routes,
  httpRoute: routes,
  configMap: files,
  configMaps: files,
  configs: files,
  serviceAccount: account,
  serviceAccountName: account,
  rbac: account,
  nodeSelector: nodes,
  nodeName: nodes,
  tolerations: tolerates,
  affinity: ['placement: { spread: "hosts" }'],
  topologySpreadConstraints: ['placement: { spread: "hosts" }'],
  securityContext: [...runAs, ...capabilities],
  podSecurityContext: runAs,
  capabilities: [...capabilities, 'addCapabilities: ["NET_ADMIN"]'],
  hostNetwork,
  hostPID: ['security: because({ hostProcesses: true }, "say why here")', "hostProcesses: true"],
  initContainers: init,
  extraContainers: ["sidecars"],
  containers: ["sidecars"],
  imagePullSecrets: ['pullSecret: secret("registry")'],
  terminationGracePeriodSeconds: stopsWithin,
  priorityClassName: ["priority"],
  runtimeClassName: ["runtime"],
  workingDir: ['folder: "/app"'],
  strategy: ['update: "recreate"'],
  updateStrategy: ['update: "recreate"'],
  autoscaling: ["scale: { min: 1, max: 3, cpu: 80 }"],
  hpa: ["scale: { min: 1, max: 3, cpu: 80 }"],
  podDisruptionBudget: disruption,
  pdb: disruption,
  serviceMonitor: ['metrics: { port: "metrics" }'],
  dnsConfig: nameservers,
  hostAliases: hosts,
  networkPolicy: ['reaches: { internet: ["https"] }'],
  egress: ['reaches: { internet: ["https"] }'],
  schedule: runs,
  cron: runs,
  cronjob: runs,
  loadBalancerIP: ['address: "10.0.10.53"'],
  // Compose.
  environment: env,
  variables: env,
  volumes: storage,
  depends_on: ['consumes: { postgres: { login: "app" } }'],
  entrypoint: ['command: ["npm", "start"]'],
  healthcheck: health,
  networks: ['consumes: { prowlarr: "http" }'],
  working_dir: ['folder: "/app"'],
  user: [...runAs],
  expose: ports,
  cap_add: capabilities,
  devices: ['security: because({ devices: ["/dev/net/tun"] }, "say why here")'],
  privileged,
  network_mode: hostNetwork,
  extra_hosts: hosts,
  dns: nameservers,
  tmpfs: ['storage: { temporary: scratch({ at: "/tmp" }) }', 'mounts: { temporary: "/tmp" }'],
  stop_grace_period: stopsWithin,
  env_file: ['envFrom: ["."]'],
  links: ['consumes: { prowlarr: "http" }'],
  shm_size: [
    'storage: { shm: scratch({ at: "/dev/shm", memory: true }) }',
    'mounts: { shm: "/dev/shm" }',
  ],
  deploy: resources,
  mem_limit: resources,
  // Fields of probes.
  httpGet: ['http: "/health"'],
  path: ['http: "/health"', 'at: "/data"'],
  tcpSocket: ["tcp: true"],
  initialDelaySeconds: ['startsWithin: "5m"'],
  periodSeconds: ['every: "15s"'],
  interval: ['every: "15s"'],
  timeoutSeconds: ['timeout: "5s"'],
  failureThreshold: ["failures: 3"],
  retries: ["failures: 3"],
  test: ['exec: ["pg_isready"]'],
  // Fields of resources, users and volumes.
  requests: ['cpu: "250m", memory: "512Mi"'],
  limits: ['memoryLimit: "512Mi"'],
  runAsUser: ["user: 1000"],
  runAsGroup: ["group: 1000"],
  fsGroup: ["files: 1000"],
  supplementalGroups: ["groups: [1000]"],
  mountPath: ['at: "/data"'],
  storageClass: ['class: "standard"'],
  storageClassName: ['class: "standard"'],
  hostname: ["host"],
  service: ['to: "http"'],
  backend: ['to: "http"'],
  // Machines and clusters.
  insecure: ["unverified"],
  skipTlsVerify: ["unverified"],
  tlsInsecure: ["unverified"],
  vmid: ["id"],
  ram: ["memory"],
  cpus: ["cores", ...resources],
  cpu: ["cores", ...resources],
  vcpus: ["cores"],
  memory: resources,
};

/** Words of containers that have no field here, and why. */
export const needless: Readonly<Record<string, string>> = {
  name: "the name is that of the folder",
  container_name: "the name is that of the folder",
  hostname: "others reach it by the name of its folder, people by `routes`",
  namespace: "it follows from the tier and the name; `pins` keeps another one",
  restart: "what ends is started again; what should end `runs` as a job or on a schedule",
  restartPolicy: "what ends is started again; what should end `runs` as a job or on a schedule",
  imagePullPolicy: "it follows from the image: a tag with its digest is pulled once",
  networks: "which pods may call which follows from `consumes`, `reaches` and `routes`",
  sysctls: "a pod begins with the IPv4 settings of its node; set there what it needs",
  logging: "the logs of all pods are collected",
  kind: "kinds of Kubernetes follow; `runs` says how it runs",
  apiVersion: "kinds of Kubernetes follow; `runs` says how it runs",
};

/** In: a word, and the fields that may still be written beside it. Out: what to write here, and its field; undefined where nobody calls one of them so. */
export function synonymAmong(
  word: string,
  open: readonly string[],
): { readonly field: string; readonly written: string } | undefined {
  return textsOf(word)
    .map((written) => ({ field: fieldOfText(written), written }))
    .find(({ field }) => open.includes(field));
}

/** Out: our fields that are called so elsewhere, wherever they are. */
export const fieldsCalled = (word: string): readonly string[] => textsOf(word).map(fieldOfText);

const spelling = (word: string): string => word.toLowerCase().replaceAll(/[_-]/g, "");

const bySpelling = new Map(
  Object.entries(synonyms).map(([word, texts]) => [spelling(word), texts]),
);
const textsOf = (word: string): readonly string[] => bySpelling.get(spelling(word)) ?? [];

const fieldOfText = (written: string): string => written.split(":")[0] ?? written;

/** The fields of a text in which each has one value that is no map. */
export const fieldsOfText = (written: string): readonly string[] =>
  written.includes("{") ? [fieldOfText(written)] : written.split(", ").map(fieldOfText);
