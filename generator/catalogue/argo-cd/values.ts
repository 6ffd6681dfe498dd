import { applicationHealth, defineChart } from "#rzp";

/** What the pods of each part ask for: said to the chart, and to `capacity`. */
const asks = {
  controller: { cpu: "250m", memory: "512Mi", memoryLimit: "2Gi" },
  repoServer: { cpu: "100m", memory: "256Mi", memoryLimit: "1Gi" },
  server: { cpu: "50m", memory: "128Mi", memoryLimit: "512Mi" },
  redis: { cpu: "20m", memory: "64Mi", memoryLimit: "256Mi" },
};
const limited = ({ cpu, memory, memoryLimit }: (typeof asks)[keyof typeof asks]) => ({
  resources: { requests: { cpu, memory }, limits: { memory: memoryLimit } },
});
const pods = (name: string) => ({ "app.kubernetes.io/name": `argocd-${name}` });

const inside = { "./argocd-repo-server": "repo", "./argocd-redis": "redis" } as const;

// Components have the names of the chart's Services.
export default defineChart({
  tier: "platform",
  about: "Keeps the cluster as the repository says",
  chart: {
    from: "https://argoproj.github.io/argo-helm/argo-cd",
    version: "10.1.1",
    release: "argocd",
    values: {
      global: { domain: "argocd.example.com", priorityClassName: "tier-platform" },
      configs: {
        cm: {
          "timeout.reconciliation": "60s",
          // Waves of Applications wait for each other only with this.
          "resource.customizations.health.argoproj.io_Application": applicationHealth,
          "resource.exclusions": [
            '- { apiGroups: [""], kinds: [Endpoints] }',
            "- { apiGroups: [discovery.k8s.io], kinds: [EndpointSlice] }",
            "- { apiGroups: [coordination.k8s.io], kinds: [Lease] }",
            "- { apiGroups: [cert-manager.io], kinds: [CertificateRequest] }",
            "- { apiGroups: [acme.cert-manager.io], kinds: [Order, Challenge] }",
            "- { apiGroups: [cilium.io], kinds: [CiliumIdentity, CiliumEndpoint] }",
            "- { apiGroups: [velero.io], kinds: [Backup, PodVolumeBackup, BackupRepository] }",
          ].join("\n"),
        },
        // TLS ends at the gateway.
        params: { "server.insecure": true, "controller.diff.server.side": true },
      },
      controller: limited(asks.controller),
      repoServer: limited(asks.repoServer),
      server: { ...limited(asks.server), service: { servicePortHttp: 8080 } },
      redis: limited(asks.redis),
      // Every Application is written out, and people sign in with its own accounts.
      applicationSet: { replicas: 0 },
      dex: { enabled: false },
      notifications: { enabled: false },
    },
  },
  components: {
    "argocd-server": {
      pods: pods("server"),
      ports: { server: 8080 },
      consumes: inside,
      reaches: { apiserver: ["https"] },
      resources: asks.server,
    },
    "argocd-application-controller": {
      pods: pods("application-controller"),
      ports: { metrics: 8082 },
      consumes: inside,
      reaches: { apiserver: ["https"] },
      resources: asks.controller,
    },
    "argocd-repo-server": {
      pods: pods("repo-server"),
      ports: { repo: 8081 },
      consumes: { "./argocd-redis": "redis" },
      reaches: { apiserver: ["https"], internet: ["https", "ssh"] },
      resources: asks.repoServer,
    },
    "argocd-redis": { pods: pods("redis"), ports: { redis: 6379 }, resources: asks.redis },
    // Makes the password of redis before the rest starts.
    "argocd-redis-secret-init": {
      pods: pods("redis-secret-init"),
      reaches: { apiserver: ["https"] },
    },
  },
  metrics: { port: "argocd-application-controller/metrics" },
  routes: {
    web: { host: "argocd", to: "argocd-server/server", audience: "internal", signIn: "own" },
  },
  pins: { namespace: "argocd" },
});
