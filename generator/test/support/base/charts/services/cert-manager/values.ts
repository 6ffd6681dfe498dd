import { clusterIssuer, defineChart } from "#rzp";

export default defineChart({
  tier: "platform",
  about: "Issues and renews certificates",
  chart: { from: "oci://quay.io/jetstack/charts/cert-manager", version: "v1.21.1", values: { crds: { enabled: true } }, brings: ["cert-manager.io"] },
  components: {
    controller: { pods: { "app.kubernetes.io/component": "controller" }, ports: { metrics: 9402 }, metrics: { port: "metrics" }, reaches: { apiserver: ["https"] } },
    webhook: { pods: { "app.kubernetes.io/component": "webhook" }, ports: { https: 10250 }, calledBy: ["apiserver"] },
  },
  objects: { trial: clusterIssuer({ selfSigned: true }) },
});
