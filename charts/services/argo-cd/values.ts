import { applicationHealth, defineChart } from "#rzp";

const requests = {
  controller: { cpu: "250m", memory: "512Mi" },
  repoServer: { cpu: "100m", memory: "256Mi" },
  server: { cpu: "50m", memory: "128Mi" },
  redis: { cpu: "20m", memory: "64Mi" },
  notifications: { cpu: "10m", memory: "64Mi" },
};
const limited = (name: keyof typeof requests, memory: string) => ({
  resources: { requests: requests[name], limits: { memory } },
});
const pods = (name: string) => ({ "app.kubernetes.io/name": `argocd-${name}` });

const inside = { "./argocd-repo-server": "repo", "./argocd-redis": "redis" } as const;

/** What Argo CD tells goes where every alert goes: to Alertmanager, with the labels its routes ask for. */
const label = (name: string) => `{{ index .app.metadata.labels "${name}" }}`;
const alert = (alertname: string, summary: string) =>
  JSON.stringify({
    message: summary,
    alertmanager: {
      labels: {
        alertname,
        severity: "warning",
        environment: label("rzp.local/environment"),
        service: label("rzp.local/service"),
        tier: label("rzp.local/tier"),
      },
      annotations: { summary },
    },
  });
const notifications = {
  enabled: true,
  notifiers: {
    "service.alertmanager": JSON.stringify({
      targets: ["prometheus-alertmanager.observability-prometheus:9093"],
    }),
  },
  templates: {
    "template.sync-failed": alert(
      "ArgoCdSyncFailed",
      "Argo CD could not sync {{ .app.metadata.name }}: {{ .app.status.operationState.message }}",
    ),
    "template.degraded": alert(
      "ArgoCdDegraded",
      "Argo CD finds {{ .app.metadata.name }} degraded.",
    ),
  },
  triggers: {
    "trigger.on-sync-failed": JSON.stringify([
      {
        when: "app.status?.operationState.phase in ['Error', 'Failed']",
        oncePer: "app.status.operationState.finishedAt",
        send: ["sync-failed"],
      },
    ]),
    "trigger.on-health-degraded": JSON.stringify([
      { when: "app.status.health.status == 'Degraded'", send: ["degraded"] },
    ]),
  },
  subscriptions: [
    { recipients: ["alertmanager:"], triggers: ["on-sync-failed", "on-health-degraded"] },
  ],
};

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
      controller: limited("controller", "2Gi"),
      repoServer: limited("repoServer", "1Gi"),
      server: { ...limited("server", "512Mi"), service: { servicePortHttp: 8080 } },
      redis: limited("redis", "256Mi"),
      // Every Application is written out, and people sign in with its own accounts.
      applicationSet: { replicas: 0 },
      dex: { enabled: false },
      notifications: { ...notifications, ...limited("notifications", "128Mi") },
    },
  },
  components: {
    "argocd-server": {
      pods: pods("server"),
      ports: { server: 8080, metrics: 8083 },
      metrics: { port: "metrics" },
      consumes: inside,
      reaches: { apiserver: ["https"] },
      requests: requests.server,
    },
    "argocd-application-controller": {
      pods: pods("application-controller"),
      ports: { metrics: 8082 },
      metrics: { port: "metrics" },
      consumes: inside,
      reaches: { apiserver: ["https"] },
      requests: requests.controller,
    },
    "argocd-repo-server": {
      pods: pods("repo-server"),
      ports: { repo: 8081, metrics: 8084 },
      metrics: { port: "metrics" },
      consumes: { "./argocd-redis": "redis" },
      reaches: { apiserver: ["https"], internet: ["https", "ssh"] },
      requests: requests.repoServer,
    },
    "argocd-redis": { pods: pods("redis"), ports: { redis: 6379 }, requests: requests.redis },
    "argocd-notifications-controller": {
      pods: pods("notifications-controller"),
      ports: { metrics: 9001 },
      metrics: { port: "metrics" },
      consumes: { prometheus: "alertmanager/http-web" },
      reaches: { apiserver: ["https"] },
      requests: requests.notifications,
    },
    // Makes the password of redis before the rest starts.
    "argocd-redis-secret-init": {
      pods: pods("redis-secret-init"),
      reaches: { apiserver: ["https"] },
    },
  },
  routes: {
    web: { host: "argocd", to: "argocd-server/server", audience: "internal", signIn: "own" },
  },
  pins: { namespace: "argocd" },
});
