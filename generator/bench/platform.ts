/** Tiers, clusters and three environments for the services of a bench repository. */
import { serviceFiles, serviceNames } from "./services.ts";
import type { AuthoredFiles } from "./services.ts";
import { watcherFiles, watchers } from "./watchers.ts";
import { servedByOperators } from "../test/support/served.ts";

export const environments = ["dev", "staging", "prod"] as const;

/** In: how many services. Out: every authored file of the repository. */
export function platformFiles(count: number): AuthoredFiles {
  return {
    "environments/tiers.ts": tiersText,
    "environments/clusters/home.ts": clusterText("home", { carrier: "prod", pool: "10.64", count }),
    "environments/clusters/lab.ts": clusterText("lab", { carrier: "dev", pool: "10.65", count }),
    ...environmentFile("dev", count, 0.25),
    ...environmentFile("staging", count, 0.5),
    ...environmentFile("prod", count, 1),
    ...serviceFiles(count),
    ...watcherFiles(),
  };
}

const told =
  '  alerts: { receivers: { phone: { ntfy: { secret: "ntfy-alerts" } } }, otherwise: "phone", deadMansSwitch: { because: "nobody listens", value: false } },\n';

/** An environment with the factor on its requests: another number changes every workload in it. */
export function environmentFile(
  name: (typeof environments)[number],
  count: number,
  requests: number,
): AuthoredFiles {
  const prefix = name === "staging" ? '  prefix: "staging",\n' : "";
  // Whoever carries a cluster has what watches all environments of it.
  const services = [...serviceNames(count), ...(name === "staging" ? [] : watchers)];
  const alerts = name === "staging" ? "" : told;
  return {
    [`environments/${name}/environment.ts`]: `import { defineEnvironment } from "#rzp";

export default defineEnvironment({
  cluster: "${name === "prod" ? "home" : "lab"}",
${prefix}  domain: "${name}.example.com",
  revision: "refs/heads/${name}",
  services: ${JSON.stringify(services)},
  requests: ${requests},
  secrets: { backend: "infisical", project: "home", environment: "${name}" },
  signIn: { issuer: "https://id.example.com", clientId: "gateway", clientSecret: { secret: "sign-in" } },
${alerts}});
`,
  };
}

const tiersText = `import { defineTiers } from "#rzp";

export default defineTiers({
  platform: { about: "What runs the cluster itself", layer: "controllers", priority: 900_000, objective: 99.5 },
  data: { about: "Databases other services keep their data in", layer: "databases", priority: 700_000, objective: 99.5 },
  observability: { about: "Metrics, logs, alerts", layer: "platform", priority: 600_000, objective: 99, once: true },
  home: { about: "Home automation", layer: "applications", priority: 500_000, objective: 99 },
  media: { about: "Films, series and photos", layer: "applications", priority: 300_000, objective: 99 },
  apps: { about: "Everything else people use", layer: "applications", priority: 200_000, objective: 99 },
});
`;

/** So many that every pod has a place when one is gone: ten for 500 services of one environment, more for two. */
const nodesOf = (name: string, count: number) =>
  Object.fromEntries(
    Array.from({ length: (name === "home" ? 10 : 12) * Math.ceil(count / 500) }, (_, index) => [
      `${name}-${index + 1}`,
      {
        cpu: "32",
        memory: "128Gi",
        // A tenth of the services runs on every node, of two environments on one cluster.
        pods: 500,
        address: `10.0.20.${21 + index}`,
        zone: `pve-${1 + (index % 3)}`,
      },
    ]),
  );

function clusterText(
  name: string,
  { carrier, pool, count }: { carrier: string; pool: string; count: number },
): string {
  const gateway = (audience: string) => `{
      name: "${audience}",
      namespace: "network-envoy-gateway",
      podNamespace: "network-envoy-gateway",
      podLabels: {
        "gateway.envoyproxy.io/owning-gateway-name": "${audience}",
        "gateway.envoyproxy.io/owning-gateway-namespace": "network-envoy-gateway",
      },
    }`;
  return `import { defineCluster } from "#rzp";

export default defineCluster({
  kubernetesVersion: "1.35.4",
  carrier: "${carrier}",
  nodes: ${JSON.stringify(nodesOf(name, count))},
  apiServer: { addresses: ["10.0.20.10"] },
  networks: { pods: "10.244.0.0/16", services: "10.96.0.0/12", nodes: "10.0.20.0/24", lan: ["10.0.10.0/24"] },
  hosts: { router: "10.0.10.1", nas: "10.0.10.5" },
  dns: { namespace: "kube-system", podLabels: { "k8s-app": "kube-dns" }, domain: "cluster.local" },
  scraper: { namespace: "observability-prometheus", podLabels: { "app.kubernetes.io/name": "prometheus" } },
  prober: {
    namespace: "observability-blackbox-exporter",
    podLabels: { "app.kubernetes.io/name": "blackbox-exporter" },
    service: "blackbox-exporter",
    port: 9115,
  },
  storageClasses: { standard: "longhorn", bulk: "longhorn-bulk" },
  shares: { media: { server: "10.0.10.5", path: "/volume1/media", size: "20Ti" } },
  addressPool: ["${pool}.0.10-${pool}.15.250"],
  gateways: {
    internal: ${gateway("internal")},
    public: ${gateway("public")},
  },
  apiVersionsServed: ${JSON.stringify(servedByOperators)},
  repository: { url: "https://git.example.com/${name}/platform.git" },
});
`;
}
