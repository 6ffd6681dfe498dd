/** `infra` gives a cluster that is there its Argo CD and the root; from then on Argo CD keeps both. */
import { cpSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { handOver } from "../../../provisioning/src/commands/argo-cd.ts";
import type { Facts } from "../../../provisioning/src/facts.ts";
import type { Application } from "../../cluster/argo-cd/applications.ts";
import { kubeconfigFile } from "../../cluster/keys.ts";
import { startPlayground, type Playground } from "../../cluster/playground.ts";
import { readTree } from "../../src/load/tree.ts";
import { figure, root, useStarted } from "./local.ts";
import { changesBetween, versionsOf } from "./objects.ts";

const environment = "dev";
/** Enough to see layers come one after the other; all of them are in synced.test.ts. */
const few = ["argo-cd", "cert-manager", "external-secrets", "prometheus", "reloader"];
let facts: Facts;

const playground = useStarted(async (ground): Promise<Playground> => {
  const started = await startPlayground({ ...ground, root, environment });
  const { tree } = started.repository;
  await started.publish("a few services", leaveOut);
  // Where Helm finds the values that are committed.
  cpSync(path.join(root, "charts"), path.join(tree, "charts"), { recursive: true });
  facts = factsOn(started);
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
function factsOn({ releases, served }: Playground): Facts {
  const argocd = releases.find(({ service }) => service.name === "argo-cd");
  if (argocd === undefined) throw new Error("argo-cd does not run");
  const cluster = {
    ...argocd.facts.cluster,
    apiServer: { addresses: ["127.0.0.1"] },
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

const told: string[] = [];
const order = (kubeconfig: string) => ({
  environment: { KUBECONFIG: kubeconfig },
  say: () => undefined,
  root: playground().repository.tree,
  cluster: facts.name,
  allow: [],
  phases: {
    phase: async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      told.push(name);
      return work();
    },
  },
});

test("a kubeconfig that leads to another cluster is refused, and nothing is asked of it", async () => {
  const { folder } = playground().cluster;
  const file = path.join(folder, "elsewhere");
  const clusters = [{ name: "a", cluster: { server: "https://127.0.0.2:6443" } }];
  const users = [{ name: "a", user: {} }];
  const contexts = [{ name: "a", context: { cluster: "a", user: "a" } }];
  writeFileSync(
    file,
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters,
      contexts,
      users,
      "current-context": "a",
    }),
  );
  const problems = await handOver(order(file), facts);
  expect(problems.map(({ code, found }) => [code, found])).toEqual([
    ["KUBECONFIG_FOREIGN", "https://127.0.0.2:6443"],
  ]);
});

test("Argo CD and the root come, and everything is synced and healthy", async () => {
  const begin = performance.now();
  const file = kubeconfigFile(playground().cluster.folder, "admin");
  const problems = await handOver(order(file), facts);
  expect(problems).toEqual([]);
  expect(told).toEqual(["argo cd", "services"]);
  figure(`handed over: ${few.length} services healthy in`, performance.now() - begin);
});

test("once more changes nothing, as Argo CD keeps it", async () => {
  const { cluster } = playground();
  const applications = (await cluster.api.list(
    "/apis/argoproj.io/v1alpha1/applications",
  )) as unknown as Application[];
  const before = await versionsOf(cluster.api, applications);
  const file = kubeconfigFile(cluster.folder, "admin");
  expect(await handOver(order(file), facts)).toEqual([]);
  expect(changesBetween(before, await versionsOf(cluster.api, applications), () => false)).toEqual(
    [],
  );
});
