import { defineCluster } from "#rzp";

/** One machine for trying things: dev, and staging beside it. */
export default defineCluster({
  kubernetesVersion: "1.35.4",
  carrier: "dev",
  nodes: {
    lab: {
      cpu: "8",
      memory: "15Gi",
      address: "10.0.30.11",
      zone: "lab",
      controlPlane: true,
      workloads: true,
    },
  },
  apiServer: { addresses: ["10.0.30.11"], port: 6443 },
  networks: {
    pods: "10.245.0.0/16",
    services: "10.112.0.0/12",
    nodes: "10.0.30.0/24",
    lan: ["10.0.10.0/24"],
  },
  hosts: { router: "10.0.10.1", nas: "10.0.10.5", "zigbee-coordinator": "10.0.10.41" },
  dns: { namespace: "kube-system", podLabels: { "k8s-app": "kube-dns" }, domain: "cluster.local" },
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
  storageClasses: { standard: "local-path", bulk: "local-path", database: "local-path" },
  // Its volumes are folders of the node, so it says no allowVolumeExpansion, and one node writes to each.
  storageFixed: ["standard", "bulk", "database"],
  storageMany: [],
  // local-path makes volumes of type `local` (its defaultVolumeType): Velero reads their files, never those of a hostPath.
  backup: { locations: { default: { speed: "100Mi" } }, claims: { atOnce: 2 }, rebuild: "8m" },
  shares: {
    media: {
      server: "10.0.10.5",
      path: "/volume1/media-test",
      size: "1Ti",
      options: ["nfsvers=4.1"],
    },
  },
  addressPool: ["10.0.30.200-10.0.30.220"],
  addresses: { "gateway-internal": "10.0.30.200", dns: "10.0.30.202", mqtt: "10.0.30.203" },
  gateways: {
    internal: {
      name: "internal",
      namespace: "network-envoy-gateway",
      podNamespace: "network-envoy-gateway",
      podLabels: {
        "gateway.envoyproxy.io/owning-gateway-name": "internal",
        "gateway.envoyproxy.io/owning-gateway-namespace": "network-envoy-gateway",
      },
      address: "10.0.30.200",
    },
  },
  // Longhorn and its snapshot controller are part of the cluster.
  apiVersionsServed: ["snapshot.storage.k8s.io/v1"],
  repository: { url: "https://git.example.com/home/platform.git" },
});
