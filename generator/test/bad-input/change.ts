/** What a person changed in the base repository, written so that the mistake can be seen at once. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Repository } from "../support/repository.ts";

/** A text that occurs once in the file and what stands there instead, a whole file, or its removal. */
export type Change =
  | { readonly in: string; readonly replace: string; readonly by: string }
  | { readonly in: string; readonly text: string | Uint8Array }
  | { readonly in: string; readonly removed: true };

/** Mistakes of one topic by name; the name is that of the file with the expected message. */
export type Cases = Readonly<Record<string, Change | readonly Change[]>>;

export const sonarr = "charts/services/sonarr/values.ts";
export const prowlarr = "charts/services/prowlarr/values.ts";
export const postgres = "charts/services/postgres/values.ts";
export const immich = "charts/services/immich/values.ts";
export const vector = "charts/services/vector/values.ts";
export const recyclarr = "charts/services/recyclarr/values.ts";
export const blocky = "charts/services/blocky/values.ts";
export const certManager = "charts/services/cert-manager/values.ts";
export const tiers = "environments/tiers.ts";
export const home = "environments/clusters/home.ts";
export const dev = "environments/dev/environment.ts";
export const prod = "environments/prod/environment.ts";
export const devSonarr = "environments/dev/sonarr.ts";

/** The cluster with nodes that run Talos. In: how many, and what is said of Talos beside what has to be. */
export const ofTalos = (count = 2, talos = ""): Change => ({
  in: home,
  replace:
    'nodes: { "worker-1": { cpu: "12", memory: "30Gi", address: "10.0.20.21", zone: "pve-1" } },',
  by: `nodes: {
    "control-1": { cpu: "12", memory: "30Gi", address: "10.0.20.10", zone: "pve-1", controlPlane: true, workloads: true, installDisk: "/dev/sda" },
    ${count < 2 ? "" : '"worker-1": { cpu: "12", memory: "30Gi", address: "10.0.20.21", zone: "pve-2", installDisk: "/dev/sda" },'}
  },
  talos: { version: "v1.13.0", schematic: "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba"${talos} },`,
});

/** Another cluster, `cabin`, and an environment on it. In: facts that the case is about, a line each; what the environment says beside. */
export const cabin = (
  facts: string,
  environment: { readonly domain: string; readonly service: string },
): Change[] => [
  {
    in: "environments/clusters/cabin.ts",
    text: `import { defineCluster } from "#rzp";

export default defineCluster({
  kubernetesVersion: "1.35.4",
  carrier: "cabin",
  nodes: { cabin: { cpu: "12", memory: "30Gi", address: "10.1.20.21" } },
  apiServer: { addresses: ["10.1.20.10"] },
  networks: { pods: "10.245.0.0/16", services: "10.112.0.0/12", nodes: "10.1.20.0/24", lan: ["10.1.10.0/24"] },
  dns: { namespace: "kube-system", podLabels: { "k8s-app": "kube-dns" }, domain: "cluster.local" },
  storageClasses: { standard: "longhorn" },
${facts}  repository: { url: "https://git.example.com/home/platform.git" },
});
`,
  },
  {
    in: "environments/cabin/environment.ts",
    text: `import { defineEnvironment } from "#rzp";

export default defineEnvironment({
  cluster: "cabin",
  domain: "${environment.domain}",
  revision: "refs/heads/main",
  services: ["${environment.service}"],
  secrets: { backend: "fake" },
});
`,
  },
];

/** Makes the changes, one after the other. */
export function applyChanges(repository: Repository, changes: Change | readonly Change[]): void {
  for (const change of [changes].flat()) {
    if ("removed" in change) repository.write(change.in, undefined);
    else repository.write(change.in, "text" in change ? change.text : replaced(repository, change));
  }
}

/** A text that is not there, or there twice, would test something else than the case says. */
function replaced(repository: Repository, change: Extract<Change, { replace: string }>): string {
  const text = readFileSync(path.join(repository.root, change.in), "utf8");
  const parts = text.split(change.replace);
  if (parts.length !== 2)
    throw new Error(
      `${change.in} holds ${JSON.stringify(change.replace)} ${parts.length - 1} times, not once`,
    );
  return parts.join(change.by);
}
