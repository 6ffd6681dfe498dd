import { defineChart } from "#rzp";

// What it needs to reach its instances, and they it, follows from the database services.
const requests = { cpu: "50m", memory: "128Mi" };

export default defineChart({
  tier: "platform",
  about: "Runs PostgreSQL clusters",
  chart: {
    from: "https://cloudnative-pg.github.io/charts/cloudnative-pg",
    version: "0.29.0",
    values: {
      crds: { create: true },
      priorityClassName: "tier-platform",
      resources: { requests, limits: { memory: "512Mi" } },
    },
  },
  components: {
    operator: {
      pods: { "app.kubernetes.io/name": "cloudnative-pg" },
      ports: { metrics: 8080, "webhook-server": 9443 },
      metrics: { port: "metrics" },
      calledBy: { apiserver: ["webhook-server"] },
      reaches: { apiserver: ["https"] },
      requests,
    },
  },
});
