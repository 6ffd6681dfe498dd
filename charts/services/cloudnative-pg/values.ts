import { defineChart, kubernetesObject } from "#rzp";

export default defineChart({
  tier: "platform",
  about: "Runs PostgreSQL clusters",
  chart: {
    from: "https://cloudnative-pg.github.io/charts/cloudnative-pg",
    version: "0.29.0",
    values: {
      crds: { create: true },
      priorityClassName: "tier-platform",
      resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } },
    },
  },
  components: {
    operator: {
      pods: { "app.kubernetes.io/name": "cloudnative-pg" },
      ports: { metrics: 8080, "webhook-server": 9443 },
      calledBy: ["apiserver"],
      reaches: { apiserver: ["https"] },
    },
  },
  metrics: { port: "operator/metrics" },
  objects: {
    // It asks every instance of every cluster for its state.
    "operator-instances": kubernetesObject({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      spec: {
        podSelector: { matchLabels: { "app.kubernetes.io/name": "cloudnative-pg" } },
        policyTypes: ["Egress"],
        egress: [
          {
            to: [
              {
                namespaceSelector: {},
                podSelector: { matchExpressions: [{ key: "cnpg.io/cluster", operator: "Exists" }] },
              },
            ],
            ports: [{ port: 8000, protocol: "TCP" }],
          },
        ],
      },
    }),
  },
});
