/** The file of the cluster `rack`, with what of it a test changes. */

export const sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
export const imageUrl = (version: string) =>
  `https://factory.talos.dev/image/abc/${version}/nocloud-amd64.qcow2`;

/** What of the cluster a test changes. */
export interface RackText {
  readonly nodes?: Readonly<Record<string, string>>;
  readonly hosts?: Readonly<Record<string, string>>;
  readonly more?: string;
  /** More facts of the cluster, where `more` is of its machines. */
  readonly cluster?: string;
  readonly storage?: string;
  readonly version?: string;
  /** No machine is made, so that nothing is said of hosts. */
  readonly machines?: false;
  /** Its nodes are on this machine, where they may answer. */
  readonly loopback?: true;
  /** The certificate of the hosts is verified, as it is unless said. */
  readonly verified?: true;
}

export const nodes = {
  "control-1":
    '{ machine: { host: "pve-1", id: 211, cores: 4, memory: "8Gi" }, address: "10.0.40.11", controlPlane: true }',
  "worker-1":
    '{ machine: { host: "pve-1", id: 221, cores: 8, memory: "16Gi", data: "100Gi" }, address: "10.0.40.21" }',
  "worker-2":
    '{ machine: { host: "pve-2", id: 222, cores: 8, memory: "16Gi", data: "100Gi" }, address: "10.0.40.22" }',
} as const;

const hosts = {
  "pve-1": '{ cores: 16, memory: "64Gi", disk: "1800Gi" }',
  "pve-2": '{ cores: 16, memory: "64Gi", disk: "1800Gi" }',
} as const;

const record = (entries: Readonly<Record<string, string>>): string =>
  Object.entries(entries)
    .map(([name, text]) => `    "${name}": ${text},`)
    .join("\n");

/** The environment that carries the cluster: nothing runs there. */
export const carrierFile = `import { defineEnvironment } from "#rzp";

export default defineEnvironment({
  cluster: "rack",
  domain: "rack.example.com",
  revision: "refs/heads/main",
  services: [],
  secrets: { backend: "fake" },
});
`;

export function rackFile(endpoint: string, text: RackText): string {
  return `import { because, defineCluster } from "#rzp";

export default defineCluster({
  kubernetesVersion: "1.35.4",
  carrier: "rack",
  nodes: {
${record(text.nodes ?? nodes)}
  },
${text.machines === false ? "" : machinesText(endpoint, text)}  ${text.cluster ?? ""}
  apiServer: { addresses: ["10.0.40.11"] },
  networks: { pods: "10.248.0.0/16", services: "10.128.0.0/12", nodes: "10.0.40.0/24", lan: ["10.0.10.0/24"] },
  dns: { namespace: "kube-system", podLabels: { "k8s-app": "kube-dns" }, domain: "cluster.local" },
  storageClasses: { standard: "longhorn" },
  gateways: {
    internal: { name: "internal", namespace: "gateway", podNamespace: "gateway", podLabels: { app: "gateway" } },
  },
  repository: { url: "https://git.example.com/home/platform.git" },
});
`;
}

/** What makes machines on the rack, for the file of any cluster. */
export function machinesText(endpoint: string, text: RackText): string {
  return `  machines: {
    endpoint: "${endpoint}",
    ${text.verified ? "" : 'unverified: because(true, "the certificate of a test is its own authority"),'}
    hosts: {
${record(text.hosts ?? hosts)}
    },
    storage: ${text.storage ?? '{ images: "local", disks: "local-lvm" }'},
    network: { gateway: "10.0.40.1", nameservers: ["10.0.40.1"] },
    image: { url: "${imageUrl(text.version ?? "v1.11.0")}", sha256: "${sha256}" },
    ${text.more ?? ""}
  },
`;
}
