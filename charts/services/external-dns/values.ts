import { cluster, defineChart, secret } from "#rzp";

const requests = { cpu: "10m", memory: "64Mi" };

export default defineChart({
  tier: "network",
  about: "Writes the public names of routes and load balancers to Cloudflare",
  chart: {
    from: "https://kubernetes-sigs.github.io/external-dns/external-dns",
    version: "1.21.1",
    brings: ["externaldns.k8s.io"],
    values: {
      provider: { name: "cloudflare" },
      env: [{ name: "CF_API_TOKEN", valueFrom: { secretKeyRef: secret("cloudflare-token") } }],
      sources: ["gateway-httproute", "gateway-grpcroute", "service"],
      // Names behind the internal gateway are the house's own DNS's.
      extraArgs: ["--gateway-name=public"],
      annotationPrefix: "external-dns.kubernetes.io/",
      domainFilters: [cluster("domain")],
      // Removes records too, but only those it made: each bears this owner.
      policy: "sync",
      registry: "txt",
      txtOwnerId: "rzp-prod",
      priorityClassName: "tier-network",
      resources: { requests, limits: { memory: "256Mi" } },
    },
  },
  components: {
    controller: {
      pods: { "app.kubernetes.io/name": "external-dns" },
      podSecurity: "restricted",
      ports: { http: 7979 },
      metrics: { port: "http" },
      reaches: { apiserver: ["https"], internet: ["https"] },
      requests,
    },
  },
  secrets: {
    "cloudflare-token": { about: "API token of Cloudflare that may edit DNS of the zone" },
  },
});
