/** Clusters whose nodes are machines: hosts, sizes, numbers, addresses, control plane. */
import { home } from "../change.ts";
import type { Cases, Change } from "../change.ts";

/** A cluster without a mistake; nothing runs there yet. */
export const rack = `import { because, defineCluster } from "#rzp";

export default defineCluster({
  kubernetesVersion: "1.35.4",
  carrier: "rack",
  nodes: {
    "control-1": { machine: { host: "pve-1", id: 211, cores: 4, memory: "8Gi" }, address: "10.0.40.11", controlPlane: true },
    "control-2": { machine: { host: "pve-2", id: 212, cores: 4, memory: "8Gi" }, address: "10.0.40.12", controlPlane: true },
    "control-3": { machine: { host: "pve-3", id: 213, cores: 4, memory: "8Gi" }, address: "10.0.40.13", controlPlane: true },
    "worker-1": { machine: { host: "pve-1", id: 221, cores: 12, memory: "32Gi", data: "1Ti" }, address: "10.0.40.21" },
    "worker-2": { machine: { host: "pve-2", id: 222, cores: 12, memory: "32Gi", data: "1Ti" }, address: "10.0.40.22" },
    "worker-3": { machine: { host: "pve-3", id: 223, cores: 12, memory: "32Gi", data: "1Ti" }, address: "10.0.40.23" },
  },
  machines: {
    endpoint: "https://10.0.40.2:8006",
    hosts: {
      "pve-1": { cores: 16, memory: "64Gi", disk: "1800Gi" },
      "pve-2": { cores: 16, memory: "64Gi", disk: "1800Gi" },
      "pve-3": { cores: 16, memory: "64Gi", disk: "1800Gi" },
    },
    storage: { images: "local", disks: "local-lvm" },
    network: { gateway: "10.0.40.1", nameservers: ["10.0.40.1"], dhcp: ["10.0.40.100-10.0.40.199"] },
    image: {
      url: "https://factory.talos.dev/image/376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba/v1.11.0/nocloud-amd64.qcow2",
      sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    },
  },
  apiServer: { addresses: ["10.0.40.10", "10.0.40.11", "10.0.40.12", "10.0.40.13"] },
  networks: { pods: "10.248.0.0/16", services: "10.128.0.0/12", nodes: "10.0.40.0/24", lan: ["10.0.10.0/24"] },
  dns: { namespace: "kube-system", podLabels: { "k8s-app": "kube-dns" }, domain: "cluster.local" },
  storageClasses: { standard: "longhorn" },
  addressPool: ["10.0.40.200-10.0.40.230"],
  gateways: {
    internal: { name: "internal", namespace: "network-envoy-gateway", podNamespace: "network-envoy-gateway", podLabels: { app: "gateway" } },
  },
  repository: { url: "https://git.example.com/home/platform.git" },
});
`;

/** A cluster of any name, and the environment that carries it. */
const clusterWith = (name: string, text: string): Change[] => [
  { in: `environments/clusters/${name}.ts`, text: text.replace('carrier: "rack"', `carrier: "${name}"`) },
  {
    in: `environments/${name}/environment.ts`,
    text: `import { defineEnvironment } from "#rzp";\n\nexport default defineEnvironment({\n  cluster: "${name}",\n  domain: "${name}.example.com",\n  revision: "refs/heads/main",\n  services: [],\n  secrets: { backend: "fake" },\n});\n`,
  },
];

/** The same with a mistake: what stands once in it, and what stands there instead. */
export const butOf =
  (whole: string) =>
  (...changes: readonly (readonly [string, string])[]): Change[] =>
    clusterWith(
      "rack",
      changes.reduce((text, [found, instead]) => {
        if (text.split(found).length !== 2) throw new Error(`the cluster does not hold ${found} once`);
        return text.replace(found, instead);
      }, whole),
    );

const but = butOf(rack);

const gib = (amount: number) => `"${amount}Gi"`;
const ownHost = (node: number, memory: string) =>
  `{ host: "pve-${node}", id: 22${node}, cores: 12, memory: ${memory}, data: "1Ti" }`;
const oneHost = '{ cores: 16, memory: "64Gi", disk: "1800Gi" }';

export const machineCases: Cases = {
  // --- what a machine is
  "node-without-size-or-machine": but([`{ machine: ${ownHost(1, gib(32))}, address`, "{ address"]),
  "node-with-size-and-machine": but([`{ machine: ${ownHost(1, gib(32))}, `, `{ cpu: "12", memory: "30Gi", machine: ${ownHost(1, gib(32))}, `]),
  "misspelt-fact-of-a-machine": but([ownHost(1, gib(32)), '{ host: "pve-1", id: 221, cors: 12, memory: "32Gi" }']),
  "number-below-those-of-proxmox": but(["id: 221", "id: 21"]),
  "number-twice": but(["id: 221", "id: 211"]),
  "number-of-a-template": but([`"pve-3": ${oneHost}`, '"pve-3": { cores: 16, memory: "64Gi", disk: "1800Gi", template: 221 }']),
  "cloned-without-a-template": but(["    image: {", '    clone: "linked",\n    image: {'], [`"pve-1": ${oneHost}`, '"pve-1": { cores: 16, memory: "64Gi", disk: "1800Gi", template: 901 }'], [`"pve-2": ${oneHost}`, '"pve-2": { cores: 16, memory: "64Gi", disk: "1800Gi", template: 902 }']),
  "too-many-control-planes-stopped": but(['id: 211, cores: 4, memory: "8Gi"', 'id: 211, cores: 4, memory: "8Gi", stopped: true'], ['id: 212, cores: 4, memory: "8Gi"', 'id: 212, cores: 4, memory: "8Gi", stopped: true']),
  "machine-on-unknown-host": but([`host: "pve-1", id: 221`, `host: "pve1", id: 221`]),
  "machine-of-another-architecture": but(['address: "10.0.40.21"', 'address: "10.0.40.21", architecture: "arm64"']),
  "memory-without-a-unit": but([ownHost(1, gib(32)), ownHost(1, '"32"')]),
  "memory-in-decimal-units": but([ownHost(1, gib(32)), ownHost(1, '"32G"')]),
  "disk-of-a-host-in-decimal-units": but([`"pve-3": ${oneHost}`, '"pve-3": { cores: 16, memory: "64Gi", disk: "2T" }']),
  "certificate-called-insecure": but(["    hosts: {", '    insecure: because(true, "hosts have an authority of their own"),\n    hosts: {']),
  "number-called-vmid": but(["id: 221", "vmid: 221"]),
  "number-of-another-cluster-by-another-host": [
    ...but(),
    ...clusterWith("rack2", rack.replaceAll("10.0.40.", "10.0.50.").replace("https://10.0.50.2", "https://10.0.40.3").replaceAll("id: 2", "id: 3").replace("id: 311", "id: 211")),
  ],
  "too-little-memory-for-a-worker": but([ownHost(1, gib(32)), ownHost(1, '"512Mi"')]),
  "too-little-memory-for-a-control-plane": but(['id: 211, cores: 4, memory: "8Gi"', 'id: 211, cores: 4, memory: "1Gi"']),
  "memory-that-is-all-kept": but([ownHost(1, gib(32)), ownHost(1, gib(2))]),
  "control-planes-on-one-of-two-hosts": but([`      "pve-3": ${oneHost},\n`, ""], ['host: "pve-2", id: 212', 'host: "pve-1", id: 212'], ['host: "pve-3", id: 213', 'host: "pve-1", id: 213'], ['host: "pve-3", id: 223', 'host: "pve-2", id: 223'], [`"pve-2": ${oneHost}`, '"pve-2": { cores: 32, memory: "128Gi", disk: "4Ti" }']),
  "disk-of-the-system-too-small": but(['id: 211, cores: 4, memory: "8Gi"', 'id: 211, cores: 4, memory: "8Gi", boot: "4Gi"']),
  "disk-for-volumes-too-small": but(['memory: "32Gi", data: "1Ti" }, address: "10.0.40.21"', 'memory: "32Gi", data: "100Mi" }, address: "10.0.40.21"']),
  // --- room
  "more-cores-than-the-host": but(["id: 221, cores: 12", "id: 221, cores: 24"]),
  "too-many-cores-together": but(["    image: {", "    coresPerThread: 1,\n    image: {"], [`"pve-2": ${oneHost}`, '"pve-2": { cores: 12, memory: "64Gi", disk: "1800Gi" }']),
  "too-much-memory-together": but([`"pve-2": ${oneHost}`, '"pve-2": { cores: 16, memory: "40Gi", disk: "1800Gi" }']),
  "too-much-disk-together": but([`"pve-3": ${oneHost}`, '"pve-3": { cores: 16, memory: "64Gi", disk: "1Ti" }']),
  "no-room-with-a-host-gone": but(['disks: "local-lvm"', 'disks: "ceph", shared: true'], ["    image: {", "    startAgain: true,\n    image: {"], [`"pve-1": ${oneHost}`, '"pve-1": { cores: 16, memory: "48Gi", disk: "1800Gi" }'], [`"pve-2": ${oneHost}`, '"pve-2": { cores: 16, memory: "96Gi", disk: "1800Gi" }'], [`"pve-3": ${oneHost}`, '"pve-3": { cores: 16, memory: "48Gi", disk: "1800Gi" }']),
  "start-again-without-shared-disks": but(["    image: {", "    startAgain: true,\n    image: {"]),
  // --- the control plane
  "two-control-planes": but([', address: "10.0.40.13", controlPlane: true', ', address: "10.0.40.13"']),
  "no-control-plane": but([', address: "10.0.40.11", controlPlane: true', ', address: "10.0.40.11"'], [', address: "10.0.40.12", controlPlane: true', ', address: "10.0.40.12"'], [', address: "10.0.40.13", controlPlane: true', ', address: "10.0.40.13"']),
  "two-control-planes-on-a-host": but(['host: "pve-2", id: 212', 'host: "pve-1", id: 212']),
  "control-plane-pods-may-not-call-without-machines": { in: home, replace: 'zone: "pve-1" }', by: 'zone: "pve-1", controlPlane: true, workloads: true }' },
  "no-shared-address": but(['addresses: ["10.0.40.10", ', "addresses: ["]),
  "two-shared-addresses": but(['addresses: ["10.0.40.10", ', 'addresses: ["10.0.40.10", "10.0.40.9", ']),
  "control-plane-nobody-may-call": but(['"10.0.40.12", "10.0.40.13"] }', '"10.0.40.13"] }']),
  // --- addresses
  "address-twice": but(['"10.0.40.22"', '"10.0.40.21"']),
  "address-of-another-network": but(['"10.0.40.22"', '"10.0.41.22"']),
  "address-of-the-network-itself": but(['"10.0.40.22"', '"10.0.40.0"']),
  "address-of-all": but(['"10.0.40.22"', '"10.0.40.255"']),
  "address-that-is-none": but(['"10.0.40.22"', '"10.0.40.322"']),
  "address-of-the-gateway": but(['"10.0.40.22"', '"10.0.40.1"']),
  "address-dhcp-gives-away": but(['"10.0.40.22"', '"10.0.40.122"']),
  "address-of-the-pool": but(['"10.0.40.22"', '"10.0.40.222"']),
  "shared-address-dhcp-gives-away": but(['"10.0.40.10"', '"10.0.40.110"']),
  "gateway-elsewhere": but(['gateway: "10.0.40.1"', 'gateway: "10.0.10.1"']),
  "pool-and-dhcp-overlap": but(["10.0.40.100-10.0.40.199", "10.0.40.100-10.0.40.203"]),
  "dhcp-from-last-to-first": but(["10.0.40.100-10.0.40.199", "10.0.40.199-10.0.40.100"]),
  "dhcp-that-is-no-range": but(["10.0.40.100-10.0.40.199", "10.0.40.100"]),
  "nodes-among-services": but(['services: "10.128.0.0/12"', 'services: "10.0.0.0/12"'], ['addressPool: ["10.0.40.200-10.0.40.230"]', 'addressPool: ["192.168.40.200-192.168.40.230"]'], [', dhcp: ["10.0.40.100-10.0.40.199"]', ""]),
  "pool-among-pods": but(['addressPool: ["10.0.40.200-10.0.40.230"]', 'addressPool: ["10.248.1.0/24"]']),
  // --- hosts with Proxmox VE
  "machines-made-nowhere": but([rack.slice(rack.indexOf("  machines: {"), rack.indexOf("  apiServer")), ""], [rack.slice(rack.indexOf('    "control-2"'), rack.indexOf('    "worker-1"')), ""], [rack.slice(rack.indexOf('    "worker-1"'), rack.indexOf("  },\n  machines")), ""]),
  "endpoint-without-https": but(["https://10.0.40.2:8006", "http://10.0.40.2:8006"]),
  "endpoint-with-a-path": but(["https://10.0.40.2:8006", "https://10.0.40.2:8006/api2/json"]),
  "certificate-not-verified-without-a-reason": but(["    hosts: {", "    unverified: true,\n    hosts: {"]),
  "image-of-no-version": but(["/v1.11.0/", "/latest/"]),
  "image-that-is-compressed": but(["nocloud-amd64.qcow2", "nocloud-amd64.raw.xz"]),
  "checksum-that-is-none": but(["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "sha256:9f86d081"]),
  "vlan-that-is-none": but(['network: { gateway', "network: { vlan: 4095, gateway"]),
  "clone-of-no-kind": but(["    image: {", '    clone: "fast",\n    image: {']),
  "credentials-in-no-kind-of-store": but(["  machines: {", '  credentials: "vault",\n  machines: {']),
  "credentials-in-a-store-the-carrier-lacks": but(["  machines: {", '  credentials: "infisical",\n  machines: {']),
  "number-of-another-cluster": [
    ...but(),
    ...clusterWith("rack2", rack.replaceAll("10.0.40.", "10.0.50.").replace("https://10.0.50.2", "https://10.0.40.2").replaceAll("id: 2", "id: 3").replace("id: 311", "id: 211")),
  ],
  // The hashes of both names begin with the same two bytes.
  "hardware-address-of-another-cluster": [
    ...but(),
    ...clusterWith("farm117586", rack.replaceAll("10.0.40.", "10.0.50.").replaceAll("id: 2", "id: 3").replace("id: 311", "id: 211")),
  ],
};
