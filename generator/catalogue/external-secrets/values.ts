import { defineChart } from "#rzp";

const requests = { cpu: "20m", memory: "64Mi" };
const resources = { requests, limits: { memory: "256Mi" } };
const priorityClassName = "tier-platform";
/** As the chart has it by itself; said here, since the pods would not be admitted without it. */
const securityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};

// The stores it reads from follow from the environment's `secrets`.
export default defineChart({
  tier: "platform",
  about: "Fetches secrets from where they are kept",
  chart: {
    from: "oci://ghcr.io/external-secrets/charts/external-secrets",
    version: "2.9.0",
    brings: ["external-secrets.io", "generators.external-secrets.io"],
    values: {
      installCRDs: true,
      resources,
      priorityClassName,
      securityContext,
      webhook: { resources, priorityClassName, securityContext },
      certController: { resources, priorityClassName, securityContext },
    },
  },
  components: {
    controller: {
      pods: { "app.kubernetes.io/name": "external-secrets" },
      podSecurity: "restricted",
      ports: { metrics: 8080 },
      metrics: { port: "metrics" },
      reaches: { apiserver: ["https"], internet: ["https"] },
      requests,
    },
    webhook: {
      pods: { "app.kubernetes.io/name": "external-secrets-webhook" },
      podSecurity: "restricted",
      ports: { webhook: 10250, metrics: 8080 },
      metrics: { port: "metrics" },
      calledBy: { apiserver: ["webhook"] },
      reaches: { apiserver: ["https"] },
      requests,
    },
    "cert-controller": {
      pods: { "app.kubernetes.io/name": "external-secrets-cert-controller" },
      podSecurity: "restricted",
      ports: { metrics: 8080 },
      metrics: { port: "metrics" },
      reaches: { apiserver: ["https"] },
      requests,
    },
  },
});
