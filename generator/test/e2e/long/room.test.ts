/** Whether there is room: what `capacity` says of the nodes, and quotas of namespaces, by the real scheduler and the real admission. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { applyAll, messageOf, type KubernetesObject } from "../../../cluster/api.ts";
import { standInObjects } from "../../../cluster/argo-cd/stand-in-charts.ts";
import { simulateControllers } from "../../../cluster/simulated/controllers.ts";
import { nodeObjects } from "../../../cluster/simulated/nodes.ts";
import { waitFor } from "../../../cluster/wait.ts";
import { simulateCluster } from "../../../src/capacity/check.ts";
import { demandsOf } from "../../../src/capacity/cluster.ts";
import type { Cluster, ClusterNode } from "../../../src/model/cluster.ts";
import type { Release } from "../../../src/model/platform.ts";
import { setUnschedulable } from "../drain.ts";
import { figure, platformOf, releasesOf, useCluster } from "../local.ts";
import { applyKinds, objectsOf } from "../rendered.ts";

const environment = "prod";
const cluster = useCluster(environment, async ({ api }) => {
  // Volumes for claims.
  await simulateControllers(api);
});
const orders = 20;
const workloadKinds = ["Deployment", "StatefulSet", "DaemonSet"];

let releases: readonly Release[];
let workloads: readonly KubernetesObject[];
let objects: readonly KubernetesObject[];

beforeAll(async () => {
  releases = releasesOf(await platformOf(), environment);
  objects = [...(await objectsOf(environment)), ...releases.flatMap(standInObjects)];
  workloads = objects.filter(({ kind }) => workloadKinds.includes(kind));
  await applyKinds(cluster().api, objects, [
    "Namespace",
    "PriorityClass",
    "ServiceAccount",
    "PersistentVolume",
    "PersistentVolumeClaim",
  ]);
  interface Claim {
    readonly status?: { readonly phase?: string };
  }
  const claims = () => cluster().api.list<Claim>("/api/v1/persistentvolumeclaims");
  await waitFor(async () => (await claims()).every(({ status }) => status?.phase === "Bound"), {
    for: "all claims to be bound",
    seconds: 60,
  });
});

interface Pod extends KubernetesObject {
  readonly spec: { readonly nodeName?: string };
}

const pods = (): Promise<readonly Pod[]> => cluster().api.list<Pod>("/api/v1/pods");

interface Workload extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & { readonly generation?: number };
  readonly spec: { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
    readonly replicas?: number;
    readonly updatedNumberScheduled?: number;
    readonly numberReady?: number;
    readonly desiredNumberScheduled?: number;
  };
}

/** The workloads as they are on the cluster. */
async function liveWorkloads(): Promise<readonly Workload[]> {
  const { api } = cluster();
  const paths = await Promise.all(workloads.map(api.pathOf));
  return Promise.all(paths.map((path) => api.get<Workload>(path)));
}

/** Whether a controller has looked at what is asked of it. */
const isSeen = ({ metadata, status }: Workload): boolean =>
  status?.observedGeneration === metadata.generation;

/** How many pods the workloads are to have; undefined while a controller has not looked at one yet. */
async function wantedPods(): Promise<number | undefined> {
  const all = await liveWorkloads();
  if (!all.every(isSeen)) return undefined;
  return all.reduce(
    (sum, { kind, spec, status }) =>
      sum + (kind === "DaemonSet" ? (status?.desiredNumberScheduled ?? 0) : (spec.replicas ?? 1)),
    0,
  );
}

async function arrive(order: readonly KubernetesObject[]): Promise<void> {
  for (const workload of order) await applyAll(cluster().api, [workload]);
}

async function leave(): Promise<void> {
  const { api } = cluster();
  const paths = await Promise.all(workloads.map(api.pathOf));
  await Promise.all(
    paths.map((path) =>
      api.call("DELETE", `${path}?propagationPolicy=Background&gracePeriodSeconds=0`),
    ),
  );
  await waitFor(async () => (await pods()).length === 0, { for: "all pods to go", seconds: 60 });
}

/** Pods without a node, once nothing moves any more. */
async function pendingPods(): Promise<readonly string[]> {
  let last = "";
  let since = Date.now();
  return waitFor(
    async () => {
      const all = await pods();
      if (all.length !== (await wantedPods())) return undefined;
      const pending = all
        .filter(({ spec }) => spec.nodeName === undefined)
        .map(({ metadata }) => metadata.name);
      const now = `${all.length} ${pending.join()}`;
      if (now !== last) [last, since] = [now, Date.now()];
      return Date.now() - since > 1_500 && pending;
    },
    { for: "pods to stay where they are", seconds: 60 },
  );
}

const randomOrders = (): KubernetesObject[][] =>
  fc.sample(fc.shuffledSubarray([...workloads], { minLength: workloads.length }), {
    numRuns: orders,
    seed: 1,
  });

const verdictOf = (facts: Cluster, without?: string) => {
  const changed = releases.map((release) => ({
    ...release,
    facts: { ...release.facts, cluster: facts },
  }));
  const [demand] = demandsOf(changed);
  if (demand === undefined) throw new Error("nobody asks for anything");
  const { scenarios } = simulateCluster(demand, "bars");
  return scenarios.find((scenario) => scenario.without === without)?.verdict.says;
};

describe("the real scheduler", () => {
  test.for([undefined, "worker-1"])(
    "places all pods in 20 random orders where capacity says fits (without %s)",
    async (gone) => {
      const facts = releases[0]?.facts.cluster;
      if (facts === undefined) throw new Error("no facts");
      expect(verdictOf(facts, gone)).toBe("fits");
      if (gone !== undefined) await setUnschedulable(cluster().api, gone, true);
      const start = performance.now();
      let whole = 0;
      for (const order of randomOrders()) {
        await arrive(order);
        const pending = await pendingPods();
        if (pending.length === 0) whole += 1;
        else process.stdout.write(`pending: ${pending.join(", ")}\n`);
        await leave();
      }
      if (gone !== undefined) await setUnschedulable(cluster().api, gone, false);
      figure(`${whole} of ${orders} orders placed all pods in`, performance.now() - start);
      expect(whole).toBe(orders);
    },
  );

  test("leaves a pod pending in each of 20 random orders where capacity says cannot", async () => {
    const facts = releases[0]?.facts.cluster;
    if (facts === undefined) throw new Error("no facts");
    const small = Object.fromEntries(
      Object.entries(facts.nodes).map(([name, node]) => [name, withMemory(node, "8Gi")]),
    );
    const smaller = { ...facts, nodes: small };
    expect(verdictOf(smaller)).toBe("cannot");
    for (const node of nodeObjects(smaller))
      await cluster().api.call("PATCH", `/api/v1/nodes/${node.metadata.name}/status`, {
        status: node["status"],
      });
    let short = 0;
    for (const order of randomOrders()) {
      await arrive(order);
      if ((await pendingPods()).length > 0) short += 1;
      await leave();
    }
    for (const node of nodeObjects(facts))
      await cluster().api.call("PATCH", `/api/v1/nodes/${node.metadata.name}/status`, {
        status: node["status"],
      });
    process.stdout.write(`${short} of ${orders} orders left a pod pending\n`);
    expect(short).toBe(orders);
  });
});

/** A node says its size, or it is a machine that has one. */
const withMemory = (node: ClusterNode, memory: string): ClusterNode =>
  "machine" in node ? { ...node, machine: { ...node.machine, memory } } : { ...node, memory };

describe("quotas", () => {
  const isRolledOut = (workload: Workload): boolean => {
    const { kind, spec, status = {} } = workload;
    if (!isSeen(workload)) return false;
    if (kind === "DaemonSet")
      return (
        status.updatedNumberScheduled === status.desiredNumberScheduled &&
        status.numberReady === status.desiredNumberScheduled
      );
    const { replicas = 1 } = spec;
    return (
      (status.updatedReplicas ?? 0) === replicas &&
      (status.readyReplicas ?? 0) === replicas &&
      (status.replicas ?? 0) === replicas
    );
  };
  const rolledOut = async (): Promise<void> => {
    let left: string[] = [];
    await waitFor(
      async () => {
        left = (await liveWorkloads())
          .filter((one) => !isRolledOut(one))
          .map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
        return left.length === 0;
      },
      { for: "all workloads to be rolled out", seconds: 120, standing: () => left.join("\n") },
    );
  };

  test("every workload is updated under the quota of its namespace, and a pod beyond it is refused", async () => {
    const { api } = cluster();
    await applyKinds(api, objects, ["LimitRange", "ResourceQuota"]);
    await arrive(workloads);
    await rolledOut();
    const start = performance.now();
    const template = { metadata: { annotations: { "rzp.local/proof": "again" } } };
    for (const workload of workloads) {
      const { status } = await api.call("PATCH", await api.pathOf(workload), {
        spec: { template },
      });
      expect(status).toBe(200);
    }
    await rolledOut();
    figure(
      `${workloads.length} workloads updated under their quotas in`,
      performance.now() - start,
    );

    const quotas = objects.filter(({ kind }) => kind === "ResourceQuota");
    const resources = { requests: { cpu: "100", memory: "1Ti" }, limits: { memory: "1Ti" } };
    const refusals = await Promise.all(
      quotas.map(async ({ metadata: { namespace = "" } }) => {
        const pod = {
          apiVersion: "v1",
          kind: "Pod",
          metadata: { name: "beyond", namespace },
          spec: {
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 1000,
              seccompProfile: { type: "RuntimeDefault" },
            },
            containers: [
              {
                name: "main",
                image: "a:1",
                resources,
                securityContext: {
                  allowPrivilegeEscalation: false,
                  capabilities: { drop: ["ALL"] },
                },
              },
            ],
          },
        };
        const { body } = await api.call("POST", `/api/v1/namespaces/${namespace}/pods`, pod);
        return `${namespace}: ${messageOf(body)}`;
      }),
    );
    const refused = refusals.filter((said) => said.includes("exceeded quota"));
    process.stdout.write(
      `a pod beyond its quota refused in ${refused.length} of ${quotas.length} namespaces\n`,
    );
    expect(refusals.filter((said) => !said.includes("exceeded quota"))).toEqual([]);
  });
});
