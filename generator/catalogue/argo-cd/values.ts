import { applicationHealth, defineChart, routeHost } from "#rzp";

const requests = {
  controller: { cpu: "250m", memory: "512Mi" },
  repoServer: { cpu: "100m", memory: "256Mi" },
  server: { cpu: "50m", memory: "128Mi" },
  redis: { cpu: "20m", memory: "64Mi" },
};
/** As the chart has it by itself; said here, since the pods would not be admitted without it. */
const containerSecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};
const limited = (name: keyof typeof requests, memory: string) => ({
  resources: { requests: requests[name], limits: { memory } },
  containerSecurityContext,
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
    brings: ["argoproj.io"],
    release: "argocd",
    values: {
      global: { domain: routeHost("web"), priorityClassName: "tier-platform" },
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
        params: {
          // TLS ends at the gateway.
          "server.insecure": true,
          "controller.diff.server.side": true,
          // Two hours: what never gets ready holds up no later commit for longer.
          "controller.sync.timeout.seconds": 7200,
        },
      },
      controller: limited("controller", "2Gi"),
      repoServer: limited("repoServer", "1Gi"),
      server: { ...limited("server", "512Mi"), service: { servicePortHttp: 8080 } },
      redis: {
        ...limited("redis", "256Mi"),
        // Its image names no user.
        securityContext: { runAsNonRoot: true, runAsUser: 999 },
      },
      redisSecretInit: { containerSecurityContext },
      // Every Application is written out, and people sign in with its own accounts.
      applicationSet: { replicas: 0 },
      dex: { enabled: false },
      // Prometheus reads what Argo CD says of Applications, and alerts follow from that.
      notifications: { enabled: false },
    },
  },
  components: {
    "argocd-server": {
      pods: pods("server"),
      podSecurity: "restricted",
      ports: { server: 8080, metrics: 8083 },
      metrics: { port: "metrics" },
      consumes: inside,
      reaches: { apiserver: ["https"] },
      requests: requests.server,
    },
    "argocd-application-controller": {
      pods: pods("application-controller"),
      podSecurity: "restricted",
      ports: { metrics: 8082 },
      metrics: { port: "metrics" },
      consumes: inside,
      reaches: { apiserver: ["https"] },
      requests: requests.controller,
    },
    "argocd-repo-server": {
      pods: pods("repo-server"),
      podSecurity: "restricted",
      ports: { repo: 8081, metrics: 8084 },
      metrics: { port: "metrics" },
      consumes: { "./argocd-redis": "redis" },
      reaches: { apiserver: ["https"], internet: ["https", "ssh"] },
      requests: requests.repoServer,
    },
    "argocd-redis": {
      pods: pods("redis"),
      podSecurity: "restricted",
      ports: { redis: 6379 },
      requests: requests.redis,
    },
    // Makes the password of redis before the rest starts.
    "argocd-redis-secret-init": {
      pods: pods("redis-secret-init"),
      podSecurity: "restricted",
      reaches: { apiserver: ["https"] },
    },
  },
  routes: {
    web: { host: "argocd", to: "argocd-server/server", audience: "internal", signIn: "own" },
  },
  pins: { namespace: "argocd" },
});
