/**
 * A small environment with data, backed up and then lost: the platform as far as it keeps and restores, a database, a service that
 * uses it, one whose pods have claims of their own, and one with bulk.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { applyAll, type KubernetesObject } from "../../../cluster/api.ts";
import { allDefinitions, applyDefinitions, type Definition } from "../../../cluster/definitions.ts";
import { kubeconfigFile } from "../../../cluster/keys.ts";
import type { Playground } from "../../../cluster/playground.ts";
import { ensurePrograms } from "../../../cluster/programs.ts";
import { waitFor } from "../../../cluster/wait.ts";
import { ensureCarried } from "../../../src/tools/carrier.ts";
import { currentHost } from "../../../src/tools/host.ts";
import { isProblem } from "../../../src/tools/problems.ts";
import { root } from "../local.ts";
import { applyKinds, objectsOf } from "../rendered.ts";
import { backUp, publishBackups, type ObjectStore } from "./object-store.ts";
import { standInForVelero, type Velero } from "./velero.ts";
import type { Claim } from "./velero-objects.ts";

const environment = "prod";

/** Claims with data, by namespace; those of a database as its operator calls them. */
export const data: Readonly<Record<string, string>> = {
  "data-postgres": "postgres-1",
  "data-valkey": "data-valkey-0",
  "media-sonarr": "config",
  "media-immich": "library",
};

const services = ["environment", "velero", "postgres", "valkey", "sonarr", "immich"].join("|");
const layers = "definitions|configuration|applications";
const kept = new RegExp(`^application-prod(?:\\.(?:${services})(?:\\.(?:${layers}))?)?\\.yaml$`);

/** Takes every other Application out of a rendered folder. */
export function makeSmall(folder: string): void {
  const applications = path.join(folder, "_argocd");
  for (const name of readdirSync(applications))
    if (name.startsWith("application-") && !kept.test(name)) rmSync(path.join(applications, name));
}

export interface Lost {
  readonly velero: Velero;
  /** Makes the backups known, as Velero does once it runs. */
  readonly publish: () => Promise<void>;
  /** Runs a command of the plan as a person would, in a folder with the rendered files. */
  readonly run: (command: string) => Promise<void>;
  /** Whether a claim is bound to a volume that holds what was backed up. */
  readonly isRestored: (claim: Claim | undefined) => Promise<boolean>;
}

/** Makes claims as they once were, backs them up, and loses all of it. */
export async function loseEverything({ cluster, repository }: Playground): Promise<Lost> {
  const { api, folder } = cluster;
  const objects = await objectsOf(environment);
  // Nobody writes a Backup, so its definition is not among those that are there from the beginning.
  await applyDefinitions(api, await veleroDefinitions());
  const own = objects.filter(
    ({ kind, metadata: { name, namespace = name } }) =>
      kind === "PersistentVolume" || namespace in data,
  );
  await applyKinds(api, own, ["Namespace", "PersistentVolume", "PersistentVolumeClaim"]);
  await applyAll(api, [
    claim("data-postgres", { "cnpg.io/cluster": "postgres", "cnpg.io/pvcRole": "PG_DATA" }),
    claim("data-valkey", { "app.kubernetes.io/name": "valkey" }),
  ]);
  const claims = () => api.list<Claim>("/api/v1/persistentvolumeclaims");
  await waitFor(async () => (await claims()).every(({ status }) => status?.phase === "Bound"), {
    for: "claims to be bound",
    seconds: 60,
  });
  const store: ObjectStore = new Map();
  const schedules = objects.filter(
    ({ kind, metadata }) => kind === "Schedule" && metadata.name.includes("-default-"),
  );
  await backUp(api, store, schedules);
  for (const namespace of Object.keys(data))
    await api.call("DELETE", `/api/v1/namespaces/${namespace}`);
  await api.call("DELETE", "/api/v1/persistentvolumes");
  const left = async (): Promise<number> =>
    (await claims()).length +
    (await api.list("/api/v1/persistentvolumes")).length +
    (await api.list("/api/v1/namespaces")).filter(({ metadata }) => metadata.name in data).length;
  await waitFor(async () => (await left()) === 0, { for: "all to be lost", seconds: 60 });

  const volumes = path.join(folder, "volumes");
  const velero = standInForVelero({
    api,
    store,
    download: (namespace, { metadata: { name, uid = "" } }) => {
      const to = path.join(volumes, namespace, uid);
      mkdirSync(to, { recursive: true });
      writeFileSync(path.join(to, name), "as it was");
      return to;
    },
  });
  const kubectl = await ensureCarried("kubectl", currentHost());
  if (kubectl === undefined || isProblem(kubectl)) throw new Error("there is no kubectl here");
  const env = {
    KUBECONFIG: kubeconfigFile(folder, "admin"),
    PATH: `${path.dirname(kubectl.path)}:${process.env["PATH"]}`,
  };
  return {
    velero,
    publish: () => publishBackups(api, store),
    run: async (command) => {
      await execa("sh", ["-c", command], { cwd: repository.tree, env });
    },
    isRestored: async (found) => {
      if (found?.spec.volumeName === undefined) return false;
      interface Volume {
        readonly spec: { readonly hostPath?: { readonly path: string } };
      }
      const place = `/api/v1/persistentvolumes/${found.spec.volumeName}`;
      const { spec } = await api.get<Volume>(place);
      return spec.hostPath?.path.startsWith(volumes) === true;
    },
  };
}

async function veleroDefinitions(): Promise<Definition[]> {
  const programs = await ensurePrograms();
  if (!("crds" in programs)) throw new Error(JSON.stringify(programs));
  return allDefinitions(programs.crds).filter(({ group }) => group === "velero.io");
}

function claim(namespace: string, labels: Readonly<Record<string, string>>): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: data[namespace] ?? "", namespace, labels },
    spec: {
      accessModes: ["ReadWriteOnce"],
      storageClassName: "longhorn-local",
      resources: { requests: { storage: "8Gi" } },
    },
  };
}

interface Plan {
  readonly steps: readonly { readonly name: string; readonly commands: readonly string[] }[];
}

/** What `npm run dr-plan` prints, from where Argo CD runs. */
export async function planOf(): Promise<Plan["steps"]> {
  const entry = path.join(root, "generator/rzp.js");
  const args = [entry, "dr-plan", "--environment", environment, "--format", "json"];
  const { stdout } = await execa(process.execPath, args, { cwd: root, env: { INIT_CWD: root } });
  const { steps } = JSON.parse(stdout) as Plan;
  return steps.slice(steps.findIndex(({ name }) => name === "platform"));
}
