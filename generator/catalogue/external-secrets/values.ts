import { defineChart } from "#rzp";

const requests = { cpu: "20m", memory: "64Mi" };
const resources = { requests, limits: { memory: "256Mi" } };
const priorityClassName = "tier-platform";

// The stores it reads from follow from the environment's `secrets`.
export default defineChart({
  tier: "platform",
  about: "Fetches secrets from where they are kept",
  chart: {
    from: "oci://ghcr.io/external-secrets/charts/external-secrets",
    version: "2.9.0",
    values: {
      installCRDs: true,
      resources,
      priorityClassName,
      webhook: { resources, priorityClassName },
      certController: { resources, priorityClassName },
    },
  },
  components: {
    controller: {
      pods: { "app.kubernetes.io/name": "external-secrets" },
      ports: { metrics: 8080 },
      metrics: { port: "metrics" },
      reaches: { apiserver: ["https"], internet: ["https"] },
      requests,
    },
    webhook: {
      pods: { "app.kubernetes.io/name": "external-secrets-webhook" },
      ports: { webhook: 10250, metrics: 8080 },
      metrics: { port: "metrics" },
      calledBy: { apiserver: ["webhook"] },
      reaches: { apiserver: ["https"] },
      requests,
    },
    "cert-controller": {
      pods: { "app.kubernetes.io/name": "external-secrets-cert-controller" },
      ports: { metrics: 8080 },
      metrics: { port: "metrics" },
      reaches: { apiserver: ["https"] },
      requests,
    },
  },
});
