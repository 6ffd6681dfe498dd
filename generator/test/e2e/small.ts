/** A repository of few services in which Argo CD is done within seconds, for proofs that do not need all of prod. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { copyRepository, type Copy } from "./copy.ts";
import { root } from "./local.ts";

/** One node, no addresses, no backup. Nothing scrapes; the rules for who would are in a namespace that is there. */
const cluster = `import { defineCluster } from "#rzp";

export default defineCluster({
  kubernetesVersion: "1.35.4",
  carrier: "prod",
  nodes: {
    worker: {
      cpu: "16",
      memory: "62Gi",
      address: "10.0.20.21",
      zone: "one",
      controlPlane: true,
      workloads: true,
    },
  },
  apiServer: { addresses: ["10.0.20.10"], port: 6443 },
  networks: {
    pods: "10.244.0.0/16",
    services: "10.96.0.0/12",
    nodes: "10.0.20.0/24",
    lan: ["10.0.10.0/24"],
  },
  dns: {
    namespace: "kube-system",
    podLabels: { "k8s-app": "kube-dns" },
    domain: "cluster.local",
  },
  scraper: { namespace: "platform-external-secrets", podLabels: { app: "prometheus" } },
  prober: {
    namespace: "platform-external-secrets",
    podLabels: { app: "prober" },
    service: "prober",
    port: 9115,
  },
  storageClasses: { standard: "longhorn", bulk: "longhorn-bulk", database: "longhorn-local" },
  gateways: {
    internal: {
      name: "internal",
      namespace: "network-gateway",
      podNamespace: "network-gateway",
      podLabels: { app: "gateway" },
    },
  },
  repository: { url: "https://git.example.com/home/platform.git" },
});
`;

const environment = (
  services: readonly string[],
): string => `import { defineEnvironment } from "#rzp";

export default defineEnvironment({
  cluster: "home",
  domain: "example.com",
  revision: "refs/heads/prod",
  timeZone: "Europe/Berlin",
  services: ${JSON.stringify(services)},
  secrets: { backend: "infisical", project: "home", environment: "prod" },
});
`;

/** Writes and renders it. In: the folder it will be, and services of this repository; argo-cd is one of them. */
export async function smallRepository(folder: string, services: readonly string[]): Promise<Copy> {
  const copy = copyRepository(folder);
  for (const name of ["kubernetes", "environments", "charts/services"])
    rmSync(path.join(folder, name), { recursive: true, force: true });
  for (const name of services)
    cpSync(path.join(root, "charts/services", name), path.join(folder, "charts/services", name), {
      recursive: true,
      verbatimSymlinks: true,
    });
  mkdirSync(path.join(folder, "environments/clusters"), { recursive: true });
  mkdirSync(path.join(folder, "environments/prod"), { recursive: true });
  cpSync(path.join(root, "environments/tiers.ts"), path.join(folder, "environments/tiers.ts"));
  writeFileSync(path.join(folder, "environments/clusters/home.ts"), cluster);
  writeFileSync(path.join(folder, "environments/prod/environment.ts"), environment(services));
  await copy.run("render");
  return copy;
}
