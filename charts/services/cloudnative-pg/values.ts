import { defineChart } from "#rzp";

// What it needs to reach its instances, and they it, follows from the database services.
const requests = { cpu: "50m", memory: "128Mi" };
/** As the chart has it by itself; said here, since the pods would not be admitted without it. */
const securityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};

export default defineChart({
  tier: "platform",
  about: "Runs PostgreSQL clusters",
  chart: {
    from: "https://cloudnative-pg.github.io/charts/cloudnative-pg",
    version: "0.29.0",
    brings: ["postgresql.cnpg.io"],
    values: {
      crds: { create: true },
      priorityClassName: "tier-platform",
      resources: { requests, limits: { memory: "512Mi" } },
      containerSecurityContext: securityContext,
    },
  },
  components: {
    operator: {
      pods: { "app.kubernetes.io/name": "cloudnative-pg" },
      podSecurity: "restricted",
      ports: { metrics: 8080, "webhook-server": 9443 },
      metrics: { port: "metrics" },
      calledBy: { apiserver: ["webhook-server"] },
      reaches: { apiserver: ["https"] },
      requests,
    },
  },
});
