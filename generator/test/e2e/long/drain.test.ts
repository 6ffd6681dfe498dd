/** Nodes are drained one after the other, through the eviction API, with the budgets that are rendered. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyAll, type KubernetesObject } from "../../../cluster/api.ts";
import { standInObjects } from "../../../cluster/argo-cd/stand-in-charts.ts";
import { simulateControllers } from "../../../cluster/simulated/controllers.ts";
import { waitFor } from "../../../cluster/wait.ts";
import { copyRepository } from "../copy.ts";
import { drain, podsToEvict, setUnschedulable } from "../drain.ts";
import { figure, platformOf, releasesOf, useCluster } from "../local.ts";
import { applyKinds, objectsOf } from "../rendered.ts";

const environment = "prod";
const cluster = useCluster(environment, async ({ api }) => {
  // Volumes for claims.
  await simulateControllers(api);
});
const folder = mkdtempSync(join(tmpdir(), "rzp-drain-"));
afterAll(() => rmSync(folder, { recursive: true }));

const workers = ["worker-1", "worker-2", "worker-3"];
/** Pods of it, and how many must be ready at any time; its namespace is `apps-<name>`. */
const watched = [
  { name: "six", replicas: 6, disruption: undefined, least: 5 },
  { name: "strict", replicas: 4, disruption: "{ keep: 3 }", least: 3 },
  // One pod cannot stay while its node goes, whatever is said: it has no budget.
  { name: "single", replicas: 1, disruption: "{ keep: 1 }", least: 0 },
];
/** A pod takes its time, so that budgets have something to wait for. */
const slow = { "rzp.local/ready-after": "3s" };

let objects: readonly KubernetesObject[];

beforeAll(async () => {
  const { api } = cluster();
  const copy = copyRepository(folder);
  for (const { name, replicas, disruption } of watched) {
    const image = ["--image", "ghcr.io/me/my-app:1.2.3", "--port", "8080"];
    await copy.run("new-service", name, ...image, "--environment", environment);
    const more = disruption === undefined ? "" : `\n  disruption: ${disruption},`;
    copy.edit(
      `charts/services/${name}/values.ts`,
      /^ {2}image: .*$/m,
      `$&\n  replicas: ${replicas},${more}`,
    );
  }
  await copy.run("render");
  const releases = releasesOf(await platformOf(), environment);
  objects = [...(await objectsOf(environment, folder)), ...releases.flatMap(standInObjects)];
  await applyKinds(api, objects, [
    "Namespace",
    "PriorityClass",
    "LimitRange",
    "ResourceQuota",
    "ServiceAccount",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "PodDisruptionBudget",
    "DaemonSet",
    "StatefulSet",
  ]);
  const deployments = objects.filter(({ kind }) => kind === "Deployment");
  await applyAll(api, deployments.map(slowly));
  await allReady();
});

interface Workload extends KubernetesObject {
  readonly spec: {
    readonly replicas?: number;
    readonly template: { readonly metadata: { readonly annotations?: object } };
  };
  readonly status?: { readonly readyReplicas?: number; readonly observedGeneration?: number };
}

function slowly(object: KubernetesObject): KubernetesObject {
  const { template, ...spec } = (object as Workload).spec;
  const { metadata } = template;
  const annotations = { ...metadata.annotations, ...slow };
  return {
    ...object,
    spec: { ...spec, template: { ...template, metadata: { ...metadata, annotations } } },
  };
}

const liveWorkloads = async (): Promise<readonly Workload[]> => {
  const paths = ["deployments", "statefulsets"].map((name) => `/apis/apps/v1/${name}`);
  return (await Promise.all(paths.map((path) => cluster().api.list<Workload>(path)))).flat();
};

const isReady = ({ spec, status }: Workload): boolean =>
  (status?.readyReplicas ?? 0) === (spec.replicas ?? 1);

async function allReady(): Promise<void> {
  let standing = "";
  await waitFor(
    async () => {
      const waiting = (await liveWorkloads()).filter((one) => !isReady(one));
      standing = waiting.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).join("\n");
      return waiting.length === 0;
    },
    { for: "all workloads to be ready", seconds: 120, every: 500, standing: () => standing },
  );
}

/** Notes how few pods of each watched workload were ready while something went on. */
function noteReady(): { readonly least: Map<string, number>; readonly stop: () => void } {
  const least = new Map<string, number>();
  const stops = watched.map(({ name }) =>
    cluster().api.watch(`/apis/apps/v1/namespaces/apps-${name}/deployments`, ({ object }) => {
      const ready = (object as Workload).status?.readyReplicas ?? 0;
      least.set(name, Math.min(least.get(name) ?? Infinity, ready));
    }),
  );
  return {
    least,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

test("every worker is drained in turn, and as many pods stay as their budgets say", async () => {
  const { api } = cluster();
  const budgets = objects.filter(({ kind }) => kind === "PodDisruptionBudget");
  expect(budgets.map(({ metadata }) => metadata.namespace)).toEqual(["apps-six", "apps-strict"]);
  const { least, stop } = noteReady();
  let refused = 0;
  for (const worker of workers) {
    const start = performance.now();
    const { evicted, refusals, left } = await drain(api, worker, 120);
    const took = performance.now() - start;
    expect(left).toEqual([]);
    expect(await podsToEvict(api, worker)).toEqual([]);
    await allReady();
    await setUnschedulable(api, worker, false);
    figure(`${worker}: ${evicted} pods evicted, ${refusals.length} refusals met, in`, took);
    refused += refusals.length;
  }
  stop();
  expect(refused).toBeGreaterThan(0);
  for (const { name, least: allowed } of watched)
    expect(least.get(name), name).toBeGreaterThanOrEqual(allowed);
});

test("a budget that keeps the only pod, which is never rendered, would hold a drain up for ever", async () => {
  const { api } = cluster();
  const namespace = "apps-single";
  const budget = {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "keeps-all", namespace },
    spec: { minAvailable: 1, selector: { matchLabels: { "app.kubernetes.io/name": "single" } } },
  };
  await applyAll(api, [budget]);
  const path = await api.pathOf(budget);
  interface Budget {
    readonly status?: { readonly currentHealthy?: number };
  }
  await waitFor(async () => (await api.get<Budget>(path)).status?.currentHealthy === 1, {
    for: "the budget to be known",
    seconds: 30,
  });
  const [pod] = await api.list<{ spec: { nodeName: string } }>(
    `/api/v1/namespaces/${namespace}/pods`,
  );
  const node = pod?.spec.nodeName ?? "";
  const { left, refusals } = await drain(api, node, 20);
  expect(left).toEqual([expect.stringMatching(/^apps-single\//)]);
  expect(refusals.at(-1)).toMatch(/violate the pod's disruption budget/);
  await api.call("DELETE", path);
  expect((await drain(api, node, 60)).left).toEqual([]);
});
