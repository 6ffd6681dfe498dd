import { defineChart } from "#rzp";

const requests = { cpu: "10m", memory: "64Mi" };

export default defineChart({
  tier: "platform",
  about: "Restarts pods that read a secret which has changed",
  chart: {
    from: "https://stakater.github.io/stakater-charts/reloader",
    version: "2.2.16",
    values: {
      fullnameOverride: "reloader",
      reloader: {
        // On the pod template, where Argo CD leaves annotations of others alone.
        reloadStrategy: "annotations",
        ignoreConfigMaps: true,
        readOnlyRootFileSystem: true,
        deployment: {
          priorityClassName: "tier-platform",
          resources: { requests, limits: { memory: "256Mi" } },
          containerSecurityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
          },
        },
      },
    },
  },
  components: {
    controller: {
      pods: { app: "reloader" },
      podSecurity: "restricted",
      ports: { http: 9090 },
      metrics: { port: "http" },
      reaches: { apiserver: ["https"] },
      requests,
    },
  },
});
