import { defineCluster } from "#rzp";

export default defineCluster({
  kubernetesVersion: "1.35.4",
  carrier: "prod",
  nodes: { "worker-1": { cpu: "12", memory: "30Gi", address: "10.0.20.21", zone: "pve-1" } },
  apiServer: { addresses: ["10.0.20.10"] },
  networks: { pods: "10.244.0.0/16", services: "10.96.0.0/12", nodes: "10.0.20.0/24", lan: ["10.0.10.0/24"] },
  hosts: { router: "10.0.10.1", nas: "10.0.10.5" },
  dns: { namespace: "kube-system", podLabels: { "k8s-app": "kube-dns" }, domain: "cluster.local" },
  scraper: { namespace: "observability-prometheus", podLabels: { "app.kubernetes.io/name": "prometheus" } },
  prober: { namespace: "observability-blackbox-exporter", podLabels: { app: "prober" }, service: "blackbox-exporter", port: 9115 },
  storageClasses: { standard: "longhorn", bulk: "longhorn-bulk" },
  shares: { media: { server: "10.0.10.5", path: "/volume1/media", size: "20Ti" } },
  addressPool: ["10.0.10.200-10.0.10.230"],
  addresses: { dns: "10.0.10.202", mqtt: "10.0.10.203" },
  gateways: {
    internal: {
      name: "internal",
      namespace: "network-envoy-gateway",
      podNamespace: "network-envoy-gateway",
      podLabels: { "gateway.envoyproxy.io/owning-gateway-name": "internal", "gateway.envoyproxy.io/owning-gateway-namespace": "network-envoy-gateway" },
    },
  },
  repository: { url: "https://git.example.com/home/platform.git" },
  apiVersionsServed: ["cert-manager.io/v1", "external-secrets.io/v1", "gateway.envoyproxy.io/v1alpha1", "gateway.networking.k8s.io/v1", "metallb.io/v1beta1", "monitoring.coreos.com/v1", "postgresql.cnpg.io/v1", "snapshot.storage.k8s.io/v1", "velero.io/v1"],
});
