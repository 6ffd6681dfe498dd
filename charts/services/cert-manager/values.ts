import { clusterIssuer, defineChart, secret } from "#rzp";

const requests = { cpu: "20m", memory: "64Mi" };
const resources = { requests, limits: { memory: "256Mi" } };

export default defineChart({
  tier: "platform",
  about: "Issues and renews certificates",
  chart: {
    from: "oci://quay.io/jetstack/charts/cert-manager",
    version: "v1.21.1",
    brings: ["cert-manager.io", "acme.cert-manager.io"],
    values: {
      crds: { enabled: true },
      global: {
        priorityClassName: "tier-platform",
        leaderElection: { namespace: "platform-cert-manager" },
      },
      config: {
        apiVersion: "controller.config.cert-manager.io/v1alpha1",
        kind: "ControllerConfiguration",
        gatewayAPI: { enabled: true },
      },
      // The house's own DNS does not know the records that prove a domain: ask outside, over HTTPS.
      dns01RecursiveNameservers: "https://1.1.1.1:443/dns-query,https://9.9.9.9:443/dns-query",
      dns01RecursiveNameserversOnly: true,
      resources,
      webhook: { resources },
      cainjector: { resources },
      startupapicheck: { enabled: false },
    },
  },
  components: {
    controller: {
      pods: {
        "app.kubernetes.io/name": "cert-manager",
        "app.kubernetes.io/component": "controller",
      },
      podSecurity: "restricted",
      ports: { "http-metrics": 9402 },
      metrics: { port: "http-metrics" },
      reaches: { apiserver: ["https"], internet: ["https"] },
      requests,
    },
    webhook: {
      pods: { "app.kubernetes.io/name": "webhook", "app.kubernetes.io/component": "webhook" },
      podSecurity: "restricted",
      ports: { https: 10250, "http-metrics": 9402 },
      metrics: { port: "http-metrics" },
      calledBy: { apiserver: ["https"] },
      reaches: { apiserver: ["https"] },
      requests,
    },
    cainjector: {
      pods: { "app.kubernetes.io/name": "cainjector", "app.kubernetes.io/component": "cainjector" },
      podSecurity: "restricted",
      ports: { "http-metrics": 9402 },
      metrics: { port: "http-metrics" },
      reaches: { apiserver: ["https"] },
      requests,
    },
  },
  secrets: {
    "cloudflare-token": { about: "API token of Cloudflare that may edit DNS of the zone" },
  },
  objects: {
    letsencrypt: clusterIssuer({ dns01: "cloudflare", token: secret("cloudflare-token") }),
  },
});
