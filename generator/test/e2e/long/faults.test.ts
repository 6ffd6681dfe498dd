/** Programs that die while Argo CD syncs prod from nothing, and hands that change what Argo CD keeps. */
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { KubernetesObject } from "../../../cluster/api.ts";
import {
  followApplications,
  waitUntilSettled,
  type Applications,
} from "../../../cluster/argo-cd/applications.ts";
import { waitFor } from "../../../cluster/wait.ts";
import { figure, usePlayground } from "../local.ts";
import { managedObjects } from "../objects.ts";

const playground = usePlayground("prod");
let applications: Applications;

/** In the order of how much depends on them. */
const mortal = [
  "argocd-application-controller",
  "argocd-repo-server",
  "redis",
  "kube-apiserver",
  "etcd",
];

test("prod comes up though each program is killed and started again on the way", async () => {
  const { cluster, publish, begin, count } = playground();
  const { commit } = await publish("prod from nothing");
  applications = followApplications(cluster.api);
  const start = performance.now();
  await begin();
  for (const name of mortal) {
    await sleep(12_000);
    await cluster.kill(name);
    await sleep(1_000);
    await cluster.restart(name);
    process.stdout.write(`${name} was killed and is up again\n`);
  }
  await waitUntilSettled(applications, { commit, count: count(), seconds: 580 });
  figure(`${count()} Applications synced and healthy in`, performance.now() - start);
  expect(await doubles()).toEqual([]);
});

interface Workload extends KubernetesObject {
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly replicas?: number; readonly unavailableReplicas?: number };
}

/** Deployments that have more pods than they should, or fewer. */
async function doubles(): Promise<readonly string[]> {
  const deployments = await playground().cluster.api.list<Workload>("/apis/apps/v1/deployments");
  return deployments
    .filter(({ spec, status }) => (status?.replicas ?? 0) !== (spec.replicas ?? 1))
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
}

/** Kinds that hold no data, and are made again as they were. */
const replaceable = new Set([
  "ConfigMap",
  "CronJob",
  "Deployment",
  "ExternalSecret",
  "HTTPRoute",
  "LimitRange",
  "NetworkPolicy",
  "PodMonitor",
  "ResourceQuota",
  "Service",
]);
const managedBy = "app.kubernetes.io/managed-by";

test("30 objects that hands delete or change are put back", async () => {
  const { api } = playground().cluster;
  const all = managedObjects(applications.all()).filter(
    ({ kind, metadata }) => replaceable.has(kind) && metadata.namespace !== "argocd",
  );
  const chosen =
    fc.sample(fc.shuffledSubarray(all, { minLength: 30, maxLength: 30 }), {
      numRuns: 1,
      seed: 7,
    })[0] ?? [];
  const paths = await Promise.all(chosen.map(api.pathOf));
  const rendered = await Promise.all(paths.map((path) => api.get<KubernetesObject>(path)));
  const ours = rendered.map(({ metadata }) => metadata.labels?.[managedBy] === "rzp");
  expect(chosen).toHaveLength(30);
  const start = performance.now();
  const answers = await Promise.all(
    paths.map((path, index) =>
      index % 2 === 0 || ours[index] !== true
        ? api.call("DELETE", path)
        : api.call("PATCH", path, { metadata: { labels: { [managedBy]: "somebody" } } }),
    ),
  );
  expect(answers.filter(({ status }) => status >= 300)).toEqual([]);
  const isBack = async (path: string, index: number): Promise<boolean> => {
    const { status, body } = await api.call("GET", path);
    const { metadata } = body as Partial<KubernetesObject>;
    const wasDeleted = index % 2 === 0 || ours[index] !== true;
    const isOld = wasDeleted && metadata?.uid === rendered[index]?.metadata.uid;
    return status === 200 && !isOld && metadata?.labels?.[managedBy] !== "somebody";
  };
  let left: readonly string[] = [];
  await waitFor(
    async () => {
      const back = await Promise.all(paths.map(isBack));
      left = paths.filter((_, index) => back[index] !== true);
      return left.length === 0;
    },
    { for: "all of them to be back", seconds: 180, every: 500, standing: () => left.join("\n") },
  );
  figure("30 of 30 objects put back in", performance.now() - start);
});
