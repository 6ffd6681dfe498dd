/** Argo CD brings prod up from nothing, layer by layer. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import {
  applicationsPath,
  isSettled,
  waitUntilSettled,
  type Application,
} from "../../cluster/argo-cd/applications.ts";
import { copyEnvironment, createRepository } from "../../cluster/argo-cd/repository.ts";
import { startArgoCd, startRepositories, type Served } from "../../cluster/argo-cd/start.ts";
import { applyAll, type KubernetesObject } from "../../cluster/api.ts";
import { definitionsOf } from "../../cluster/definitions.ts";
import { releasesOf, root, useCluster } from "./local.ts";

let served: Served;
const environment = "prod";
const local = useCluster(environment, async ({ cluster, programs, platform }) => {
  const releases = releasesOf(platform, environment);
  const argocd = releases.find(({ service }) => service.name === "argo-cd");
  if (argocd === undefined) throw new Error("argo-cd does not run in prod");
  // Those no chart of the environment brings.
  await applyAll(cluster.api, definitionsOf(programs.crds, ["snapshot.storage.k8s.io"]));
  served = await startRepositories(cluster, programs, releases);
  await startArgoCd(cluster, programs, argocd, { resync: 60 });
});

test("each layer begins once the one below is healthy", async () => {
  const { cluster } = local;
  const tree = path.join(cluster.folder, "tree");
  const repository = await createRepository(served.folder, tree, "prod");
  copyEnvironment(root, tree, environment, served.addresses);
  const folder = path.join(tree, "kubernetes", environment, "_argocd");
  const read = (name: string): KubernetesObject =>
    parse(readFileSync(path.join(folder, name), "utf8")) as KubernetesObject;
  const commit = await repository.push("prod from nothing");
  const times = new Map<string, { wave: number; created: number; settled?: number }>();
  const begin = performance.now();
  const stop = cluster.api.watch(applicationsPath, ({ object }) => {
    const application = object as Application;
    const { name, annotations } = application.metadata;
    const wave = Number(annotations?.["argocd.argoproj.io/sync-wave"] ?? 0);
    const known = times.get(name) ?? { wave, created: performance.now() - begin };
    times.set(name, known);
    if (known.settled === undefined && isSettled(application))
      known.settled = performance.now() - begin;
  });
  await applyAll(cluster.api, [read("appproject-prod.yaml"), read("application-prod.yaml")]);
  const count = readdirSync(folder).filter((name) => name.startsWith("application-")).length;
  await waitUntilSettled(cluster.api, commit, { count, seconds: 540 }).finally(stop);
  process.stdout.write(
    `${count} Applications synced and healthy in ${((performance.now() - begin) / 1000).toFixed(1)} s\n`,
  );
  writeFileSync(path.join(cluster.folder, "times.json"), JSON.stringify([...times], undefined, 1));
  expect(times.size).toBe(count);
});
