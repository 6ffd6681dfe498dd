/**
 * Stands in for Velero's controller, on its real definitions: takes backups of what is on the cluster, and carries out Restores in
 * the phases and with the objects that Velero 1.18 gives them (pkg/controller/restore_controller.go, pkg/restore/restore.go).
 * Volumes come back as its data mover brings them: a claim waits for a volume of its own, which is there once the data is.
 * Volumes that are backed up as files are not stood in for: those come through pods.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parse } from "yaml";
import { messageOf, type Answer, type Api, type KubernetesObject } from "../../../cluster/api.ts";
import type { DrillModifier } from "../../../src/model/drill-plan.ts";
import { newestOf, veleroNamespace, type Backup, type ObjectStore } from "./object-store.ts";
import {
  asRestored,
  isMoved,
  namespaceOf,
  restored,
  withoutMetadata,
  type Claim,
} from "./velero-objects.ts";

export const restoresPath = `/apis/velero.io/v1/namespaces/${veleroNamespace}/restores`;

/** What goes wrong with Restores of a namespace. */
export type Fault = "fails" | "fails in part" | "never ends" | "its backup is gone";

export interface Velero {
  /** By the namespace whose data is restored. */
  readonly faults: Map<string, Fault>;
  /** What the API server refused to take of a backup. */
  readonly refused: readonly string[];
  readonly stop: () => Promise<void>;
}

interface Options {
  readonly api: Api;
  readonly store: ObjectStore;
  /** Brings the data of a claim that was backed up in a namespace. Out: the folder that is its volume. */
  readonly download: (namespace: string, claim: Claim) => string;
}

interface Restore extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & {
    readonly finalizers?: readonly string[];
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly backupName?: string;
    readonly scheduleName?: string;
    readonly includedNamespaces: readonly string[];
    readonly includedResources: readonly string[];
    readonly namespaceMapping?: Readonly<Record<string, string>>;
    readonly resourceModifier?: { readonly name: string };
  };
  readonly status?: { readonly phase?: string; readonly errors?: number };
}

const finalizer = "restores.velero.io/external-resources-finalizer";

/** Begins to carry out Restores. What the API server does not answer is tried again. */
export function standInForVelero(options: Options): Velero {
  const faults: Velero["faults"] = new Map();
  const refused: string[] = [];
  const stop = new AbortController();
  const work = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const all = await options.api.list<Restore>(restoresPath).catch(() => []);
      for (const restore of all)
        await step(options, restore, faults, refused).catch(() => undefined);
      await sleep(100);
    }
  };
  const working = work();
  return {
    faults,
    refused,
    stop: () => {
      stop.abort();
      return working;
    },
  };
}

/** One step of a Restore, from the phase it is in to the next. */
async function step(
  options: Options,
  restore: Restore,
  faults: ReadonlyMap<string, Fault>,
  refused: string[],
): Promise<void> {
  const { metadata, spec, status } = restore;
  const { api, store } = options;
  const set = (change: object) => patch(api, `${restoresPath}/${metadata.name}`, change);
  const isHeld = metadata.finalizers?.includes(finalizer) === true;
  if (metadata.deletionTimestamp !== undefined) {
    if (isHeld) await set({ metadata: { finalizers: null } });
    return;
  }
  if (!isHeld) return set({ metadata: { finalizers: [finalizer] } });
  const fault = faults.get(spec.includedNamespaces[0] ?? "");
  const name = spec.backupName ?? newestOf(store, spec.scheduleName);
  const backup = fault === "its backup is gone" ? undefined : store.get(name ?? "");
  const phase = status?.phase ?? "New";
  if (phase === "New")
    return set(
      backup === undefined
        ? { status: { phase: "FailedValidation", validationErrors: [`backup ${name} not found`] } }
        : { spec: { backupName: name }, status: { phase: "InProgress" } },
    );
  if (phase === "InProgress" && backup !== undefined && fault !== "never ends") {
    if (fault === "fails")
      return set({ status: { phase: "Failed", failureReason: "the backup cannot be read" } });
    const errors = await bringAll(api, restore, backup);
    refused.push(...errors);
    const count = errors.length + (fault === "fails in part" ? 1 : 0);
    return set({ status: { phase: "WaitingForPluginOperations", errors: count } });
  }
  if (phase === "WaitingForPluginOperations" && (await dataIsThere(options, restore)))
    return set({ status: { phase: "Finalizing" } });
  if (phase === "Finalizing")
    return set({ status: { phase: status?.errors ? "PartiallyFailed" : "Completed" } });
}

async function patch(api: Api, path: string, change: object): Promise<void> {
  const { status, body } = await api.call("PATCH", path, change);
  if (status >= 300) throw new Error(messageOf(body));
}

/** Creates what a Restore asks for. Out: what was refused. */
async function bringAll(api: Api, { metadata, spec }: Restore, { objects }: Backup) {
  const rules = await modifiers(api, spec.resourceModifier?.name);
  const errors: string[] = [];
  for (const resource of restored(spec.includedResources))
    for (const object of objects.get(resource) ?? []) {
      const from = namespaceOf(object);
      if (!spec.includedNamespaces.includes(from)) continue;
      const into = spec.namespaceMapping?.[from] ?? from;
      await makeNamespace(api, objects.get("namespaces") ?? [], from, into);
      const backup = spec.backupName ?? "";
      const made = asRestored(object, resource, { rules, into, restore: metadata.name, backup });
      if (made !== undefined) errors.push(...(await bring(api, made)));
    }
  return errors;
}

async function modifiers(api: Api, name: string | undefined): Promise<readonly DrillModifier[]> {
  if (name === undefined) return [];
  const path = `/api/v1/namespaces/${veleroNamespace}/configmaps/${name}`;
  const { data } = await api.get<{ readonly data: Readonly<Record<string, string>> }>(path);
  const rules = parse(data["rules.yaml"] ?? "") as { resourceModifierRules: DrillModifier[] };
  return rules.resourceModifierRules;
}

/** One that is not there is made as it was when it was backed up. */
async function makeNamespace(
  api: Api,
  namespaces: readonly KubernetesObject[],
  from: string,
  into: string,
): Promise<void> {
  const one = namespaces.find(({ metadata }) => metadata.name === from);
  if (one === undefined) return;
  const made = withoutMetadata(one);
  await post(api, { ...made, metadata: { ...made.metadata, name: into } });
}

async function post(api: Api, object: KubernetesObject): Promise<Answer> {
  const path = await api.pathOf(object);
  return api.call("POST", path.slice(0, path.lastIndexOf("/")), object);
}

/** What is there stays as it is; an account gets the labels of the one that was backed up (merge_service_account.go). */
async function bring(api: Api, object: KubernetesObject): Promise<string[]> {
  const { status, body } = await post(api, object);
  if (status < 300) return [];
  if (status !== 409) return [`${object.kind} ${object.metadata.name}: ${messageOf(body)}`];
  const { labels } = object.metadata;
  if (object.kind === "ServiceAccount")
    await patch(api, await api.pathOf(object), { metadata: { labels } });
  return [];
}

/** Gives each claim that waits for its data a volume that holds it. Out: whether all claims have theirs. */
async function dataIsThere({ api, download }: Options, { metadata, spec }: Restore) {
  const own = `labelSelector=velero.io/restore-name=${metadata.name}`;
  const all = await api.list<Claim>(`/api/v1/persistentvolumeclaims?${own}`);
  const waiting = all.filter((claim) => isMoved(claim) && claim.status?.phase !== "Bound");
  for (const claim of waiting) {
    const into = claim.metadata.namespace;
    const from = spec.includedNamespaces.find(
      (one) => (spec.namespaceMapping?.[one] ?? one) === into,
    );
    await post(
      api,
      volumeOf(claim, () => download(from ?? "", claim)),
    );
  }
  return waiting.length === 0;
}

function volumeOf({ metadata, spec }: Claim, download: () => string): KubernetesObject {
  const { namespace: into, name, uid } = metadata;
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: `pvc-${uid}`, labels: spec.selector?.matchLabels ?? {} },
    spec: {
      capacity: spec.resources.requests,
      accessModes: spec.accessModes,
      storageClassName: spec.storageClassName,
      persistentVolumeReclaimPolicy: "Delete",
      claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: into, name, uid },
      hostPath: { path: download() },
    },
  };
}
