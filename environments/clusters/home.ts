import { defineCluster } from "#rzp";

export default defineCluster({
  kubernetesVersion: "1.35.4",
  carrier: "prod",
  nodes: {
    "control-1": {
      machine: { host: "pve-1", id: 211, cores: 4, memory: "8Gi" },
      address: "10.0.20.11",
      controlPlane: true,
    },
    "control-2": {
      machine: { host: "pve-2", id: 212, cores: 4, memory: "8Gi" },
      address: "10.0.20.12",
      controlPlane: true,
    },
    "control-3": {
      machine: { host: "pve-3", id: 213, cores: 4, memory: "8Gi" },
      address: "10.0.20.13",
      controlPlane: true,
    },
    "worker-1": {
      machine: { host: "pve-1", id: 221, cores: 12, memory: "32Gi", data: "1Ti" },
      address: "10.0.20.21",
    },
    "worker-2": {
      machine: { host: "pve-2", id: 222, cores: 12, memory: "32Gi", data: "1Ti" },
      address: "10.0.20.22",
    },
    "worker-3": {
      machine: { host: "pve-3", id: 223, cores: 12, memory: "32Gi", data: "1Ti" },
      address: "10.0.20.23",
    },
  },
  machines: {
    endpoint: "https://10.0.20.2:8006",
    hosts: {
      "pve-1": { cores: 16, memory: "64Gi", disk: "1800Gi" },
      "pve-2": { cores: 16, memory: "64Gi", disk: "1800Gi" },
      "pve-3": { cores: 16, memory: "64Gi", disk: "1800Gi" },
    },
    storage: { images: "local", disks: "local-lvm" },
    network: { gateway: "10.0.20.1", nameservers: ["10.0.20.1"] },
    // An example: the schematic of the image factory with qemu-guest-agent, iscsi-tools and util-linux-tools has its own address.
    image: {
      url: "https://factory.talos.dev/image/88d1f7a5c4f1d3aba7df787c448c1d3d008ed29cfb34af53fa0df4336a56040b/v1.13.0/nocloud-amd64.qcow2",
      sha256: "0000000000000000000000000000000000000000000000000000000000000000",
    },
  },
  talos: {
    version: "v1.13.0",
    schematic: "88d1f7a5c4f1d3aba7df787c448c1d3d008ed29cfb34af53fa0df4336a56040b",
  },
  apiServer: { addresses: ["10.0.20.10", "10.0.20.11", "10.0.20.12", "10.0.20.13"], port: 6443 },
  networks: {
    pods: "10.244.0.0/16",
    services: "10.96.0.0/12",
    nodes: "10.0.20.0/24",
    lan: ["10.0.10.0/24", "10.0.20.0/24"],
  },
  hosts: { router: "10.0.10.1", nas: "10.0.10.5", "zigbee-coordinator": "10.0.10.40" },
  dns: {
    namespace: "kube-system",
    podLabels: { "k8s-app": "kube-dns" },
    domain: "cluster.local",
    nodeLocal: ["169.254.116.108"],
  },
  scraper: {
    namespace: "observability-prometheus",
    podLabels: { "app.kubernetes.io/name": "prometheus" },
  },
  prober: {
    namespace: "observability-blackbox-exporter",
    podLabels: { "app.kubernetes.io/name": "blackbox-exporter" },
    service: "blackbox-exporter",
    port: 9115,
  },
  storageClasses: { standard: "longhorn", bulk: "longhorn-bulk", database: "longhorn-local" },
  // Of every class: Longhorn serves what many nodes write to by NFS.
  storageMany: ["standard", "bulk", "database"],
  backup: {
    snapshots: {
      // One of its own backup targets (type bak) would be a second system beside Velero.
      // Its V1 engine copies a whole volume before a snapshot can be read. An example, as the speeds below: measure it.
      "driver.longhorn.io": {
        of: ["standard", "bulk", "database"],
        parameters: { type: "snap" },
        copies: "1000Mi",
      },
    },
    // Examples: a network of 10 Gbit/s to flash, and the way into the other house. Measure a restore, and write what it took.
    locations: { default: { speed: "1000Mi" }, offsite: { speed: "5Mi", offsite: true } },
    // As `loadConcurrency` in charts/services/velero/values.ts.
    claims: { atOnce: 2 },
    rebuild: "6m",
  },
  shares: {
    media: {
      server: "10.0.10.5",
      path: "/volume1/media",
      size: "20Ti",
      options: ["nfsvers=4.1", "hard"],
    },
  },
  addressPool: ["10.0.20.200-10.0.20.230"],
  addresses: {
    "gateway-internal": "10.0.20.200",
    "gateway-public": "10.0.20.201",
    dns: "10.0.20.202",
    mqtt: "10.0.20.203",
  },
  gateways: {
    internal: {
      name: "internal",
      namespace: "network-envoy-gateway",
      podNamespace: "network-envoy-gateway",
      podLabels: {
        "gateway.envoyproxy.io/owning-gateway-name": "internal",
        "gateway.envoyproxy.io/owning-gateway-namespace": "network-envoy-gateway",
      },
      address: "10.0.20.200",
    },
    public: {
      name: "public",
      namespace: "network-envoy-gateway",
      podNamespace: "network-envoy-gateway",
      podLabels: {
        "gateway.envoyproxy.io/owning-gateway-name": "public",
        "gateway.envoyproxy.io/owning-gateway-namespace": "network-envoy-gateway",
      },
      address: "10.0.20.201",
    },
  },
  // Longhorn and its snapshot controller are part of the cluster.
  apiVersionsServed: ["snapshot.storage.k8s.io/v1"],
  repository: { url: "https://git.example.com/home/platform.git" },
});
