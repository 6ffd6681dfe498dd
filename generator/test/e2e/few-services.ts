/** A local cluster that Argo CD may be given: the environment `dev` with a few services, in a repository, and facts that lead there. */
import { cpSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { Facts } from "../../../provisioning/src/facts.ts";
import { startPlayground, type Playground } from "../../cluster/playground.ts";
import { readTree } from "../../src/load/tree.ts";
import { root, useStarted } from "./local.ts";

const environment = "dev";
/** Enough to see layers come one after the other; all of them are in synced.test.ts. */
export const few = ["argo-cd", "cert-manager", "external-secrets", "prometheus", "reloader"];

export const useFewServices = (): (() => Playground) =>
  useStarted(async (ground): Promise<Playground> => {
    const started = await startPlayground({ ...ground, root, environment });
    const { tree } = started.repository;
    await started.publish("a few services", leaveOut);
    // Where Helm finds the values that are committed.
    cpSync(path.join(root, "charts"), path.join(tree, "charts"), { recursive: true });
    return started;
  });

function leaveOut(folder: string): void {
  const applications = path.join(folder, "_argocd");
  for (const file of readdirSync(applications)) {
    const [, service] = /^application-dev\.([a-z0-9-]+)\./.exec(file) ?? [];
    const isNeeded = service === undefined || service === "environment" || few.includes(service);
    if (!isNeeded) rmSync(path.join(applications, file));
  }
}

/** The facts of the cluster, which answers on loopback here, as do the registries of charts. */
export function factsOn({ releases, served, cluster: { ports } }: Playground): Facts & {
  readonly argocd: NonNullable<Facts["argocd"]>;
} {
  const argocd = releases.find(({ service }) => service.name === "argo-cd");
  if (argocd === undefined) throw new Error("argo-cd does not run");
  const cluster = {
    ...argocd.facts.cluster,
    apiServer: { addresses: ["127.0.0.1"], port: ports.apiServer },
    mirrors: { "https://argoproj.github.io/argo-helm": served.addresses.charts },
  };
  return {
    name: argocd.facts.clusterName,
    cluster,
    argocd: { ...argocd, facts: { ...argocd.facts, cluster } },
    names: undefined,
    tree: readTree(root),
  };
}
