/**
 * What a restore drill needs around it: the rendered objects of the services whose data it restores, with claims that are bound, a
 * backup of them, and those who act on what the drill asks for.
 */
import { cpSync, mkdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { applyAll, type KubernetesObject } from "../../../cluster/api.ts";
import type { LocalCluster } from "../../../cluster/cluster.ts";
import { allDefinitions, applyDefinitions } from "../../../cluster/definitions.ts";
import type { Programs } from "../../../cluster/programs.ts";
import { simulateControllers } from "../../../cluster/simulated/controllers.ts";
import { waitFor } from "../../../cluster/wait.ts";
import type { DrillPlan, DrillTarget, DrillVolume } from "../../../src/model/drill-plan.ts";
import { applyKinds } from "../rendered.ts";
import { standInForKubelet } from "./kubelet.ts";
import { backUp, publishBackups, type ObjectStore } from "./object-store.ts";
import { standInForVelero, type Velero } from "./velero.ts";
import { answersFor, fill } from "./volume-data.ts";

/** In the order in which they are applied. */
const kinds = [
  "Namespace",
  "PriorityClass",
  "LimitRange",
  "ResourceQuota",
  "ServiceAccount",
  "Role",
  "RoleBinding",
  "NetworkPolicy",
  "ConfigMap",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "Deployment",
  "StatefulSet",
];

export interface DrillGround {
  readonly plan: DrillPlan;
  readonly store: ObjectStore;
  readonly velero: Velero;
  /** Namespaces whose volumes no pod that looks into them is heard of again. */
  readonly lost: Set<string>;
  /** Folder with the data of a namespace's claim in its newest backup. */
  readonly dataOf: (namespace: string, claim: string) => string;
  /** Whether started services answer. */
  readonly answers: { status: number };
  readonly stop: () => Promise<void>;
}

/** Where started services answer: an address that is of this machine alone. */
const address = "127.0.0.2";

function planOf(objects: readonly KubernetesObject[]): DrillPlan {
  const map = objects.find(({ metadata }) => metadata.name === "restore-drill-files");
  const { data } = map as unknown as { readonly data: Readonly<Record<string, string>> };
  return JSON.parse(data["app.plan.json"] ?? "") as DrillPlan;
}

/** In: a cluster, and all objects of its environment. */
export async function prepareDrill(
  cluster: LocalCluster,
  { crds }: Programs,
  objects: readonly KubernetesObject[],
): Promise<DrillGround> {
  const { api, folder } = cluster;
  const plan = planOf(objects);
  const namespaces = new Set([
    plan.namespace,
    plan.velero.namespace,
    ...plan.targets.map(({ namespace }) => namespace),
  ]);
  const isConcerned = ({ kind, metadata: { name, namespace = name } }: KubernetesObject): boolean =>
    /^(?:Validating|PriorityClass|PersistentVolume$)/.test(kind) || namespaces.has(namespace);
  const own = objects.filter(isConcerned);
  await applyDefinitions(
    api,
    allDefinitions(crds).filter(({ group }) => group === "velero.io"),
  );
  const stopSimulating = await simulateControllers(api);
  await applyKinds(api, own, kinds);
  await applyAll(api, [...databaseClaims(plan.targets, own), ...secrets(own)]);
  await everythingRuns(cluster);

  const store: ObjectStore = new Map();
  const schedules = own.filter(
    ({ kind, metadata }) => kind === "Schedule" && metadata.name.includes("-default-"),
  );
  await backUp(api, store, schedules);
  await publishBackups(api, store);
  const dataOf: DrillGround["dataOf"] = (namespace, claim) =>
    path.join(folder, "backed-up", namespace, claim);
  for (const { namespace, volumes } of plan.targets)
    for (const volume of volumes)
      fill(dataOf(namespace, claimOf(volume)), volume, Date.now() - 31 * 60_000);

  const download = path.join(folder, "volumes");
  const velero = standInForVelero({
    api,
    store,
    download: (namespace, { metadata: { name, uid = "" } }) => {
      const to = path.join(download, namespace, uid, name);
      mkdirSync(to, { recursive: true });
      cpSync(dataOf(namespace, name), to, { recursive: true, preserveTimestamps: true });
      return to;
    },
  });
  const lost = new Set<string>();
  const ownerOf = (volume: string): string =>
    path.relative(download, volume).split(path.sep)[0] ?? "";
  const kubelet = standInForKubelet({
    api,
    folder,
    namespace: plan.namespace,
    address,
    answers: (volume) => {
      const target = plan.targets.find(({ namespace }) => namespace === ownerOf(volume));
      const asked = target?.volumes.find(({ postgres }) => postgres !== undefined);
      return asked === undefined ? {} : answersFor(asked);
    },
    isLost: (volume) => lost.has(ownerOf(volume)),
  });
  const answers = { status: 200 };
  const servers = await serve(plan, answers);
  return {
    plan,
    store,
    velero,
    lost,
    dataOf,
    answers,
    stop: async () => {
      for (const server of servers) server.close();
      stopSimulating();
      await velero.stop();
      await kubelet.stop();
    },
  };
}

/** The operator calls claims of a cluster after it and counts them. */
const claimOf = ({ claim, found }: DrillVolume): string =>
  found === undefined ? claim : `${found["cnpg.io/cluster"]}-1`;

/** Claims that the operator of PostgreSQL clusters makes. */
function databaseClaims(
  targets: readonly DrillTarget[],
  objects: readonly KubernetesObject[],
): KubernetesObject[] {
  interface Cluster extends KubernetesObject {
    readonly spec: { readonly storage: { readonly size: string; readonly storageClass: string } };
  }
  return targets.flatMap(({ namespace, volumes }) =>
    volumes.flatMap((volume) => {
      if (volume.found === undefined) return [];
      const name = volume.found["cnpg.io/cluster"];
      const { spec } = objects.find(
        ({ kind, metadata }) => kind === "Cluster" && metadata.name === name,
      ) as Cluster;
      return [
        {
          apiVersion: "v1",
          kind: "PersistentVolumeClaim",
          metadata: { name: claimOf(volume), namespace, labels: volume.found },
          spec: {
            accessModes: ["ReadWriteOnce"],
            storageClassName: spec.storage.storageClass,
            resources: { requests: { storage: spec.storage.size } },
          },
        },
      ];
    }),
  );
}

/** What the operator of external secrets makes. */
const secrets = (objects: readonly KubernetesObject[]): KubernetesObject[] =>
  objects
    .filter(({ kind }) => kind === "ExternalSecret")
    .map(({ metadata: { name, namespace = "" }, spec }) => ({
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: (spec as { target?: { name?: string } }).target?.name ?? name,
        namespace,
      },
    }));

async function everythingRuns({ api }: LocalCluster): Promise<void> {
  interface Phased extends KubernetesObject {
    readonly status?: { readonly phase?: string };
  }
  const claims = () => api.list<Phased>("/api/v1/persistentvolumeclaims");
  const left = async (): Promise<string[]> =>
    (await claims())
      .filter(({ status }) => status?.phase !== "Bound")
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  let standing = "";
  await waitFor(
    async () => {
      standing = (await left()).join("\n");
      return standing === "" && (await claims()).length > 10;
    },
    { for: "all claims to be bound", seconds: 60, standing: () => standing },
  );
}

async function serve(plan: DrillPlan, answers: { readonly status: number }): Promise<Server[]> {
  const ports = new Set(plan.targets.flatMap(({ starts }) => starts?.http?.port ?? []));
  return Promise.all(
    [...ports].map(async (port) => {
      const server = createServer((_, response) => response.writeHead(answers.status).end());
      await new Promise<void>((resolve) => server.listen(port, address, resolve));
      return server;
    }),
  );
}
