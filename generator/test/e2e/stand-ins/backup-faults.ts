/** What can be wrong with backups. Each gives what puts it right again. */
import { cpSync, rmSync } from "node:fs";
import { applyAll, type Api, type KubernetesObject } from "../../../cluster/api.ts";
import { backupsPath, type ObjectStore } from "./object-store.ts";

type Undo = () => void | Promise<void>;

/** Data of a backup is changed. In: its folder, and how. */
export function spoil(folder: string, change: (folder: string) => void): Undo {
  const whole = `${folder}.whole`;
  cpSync(folder, whole, { recursive: true, preserveTimestamps: true });
  change(folder);
  return () => {
    rmSync(folder, { recursive: true, force: true });
    cpSync(whole, folder, { recursive: true, preserveTimestamps: true });
    rmSync(whole, { recursive: true });
  };
}

interface Workload extends KubernetesObject {
  readonly spec: { readonly template: { readonly metadata: object } };
}

/** Pods of the Deployments of a namespace, restored, are not ready for an hour. */
export function slowDown(store: ObjectStore, namespace: string): Undo {
  const annotations = { "rzp.local/ready-after": "1h" };
  const slow = (object: KubernetesObject): KubernetesObject => {
    if (object.metadata.namespace !== namespace) return object;
    const { template, ...spec } = (object as Workload).spec;
    const metadata = { ...template.metadata, annotations };
    return { ...object, spec: { ...spec, template: { ...template, metadata } } };
  };
  const before = [...store.values()].map(({ objects }) => objects.get("deployments.apps") ?? []);
  for (const { objects } of store.values())
    objects.set("deployments.apps", (objects.get("deployments.apps") ?? []).map(slow));
  return () => {
    for (const [index, { objects }] of [...store.values()].entries())
      objects.set("deployments.apps", before[index] ?? []);
  };
}

/** No backup of a Schedule is known to the cluster. */
export async function takeAway(api: Api, schedule: string): Promise<Undo> {
  const selector = `labelSelector=velero.io/schedule-name=${schedule}`;
  const all = await api.list(`${backupsPath}?${selector}`);
  await api.call("DELETE", `${backupsPath}?${selector}`);
  return () =>
    applyAll(
      api,
      all.map(({ metadata: { name, namespace, labels }, ...object }) => ({
        ...object,
        apiVersion: "velero.io/v1",
        kind: "Backup",
        metadata: { name, ...(namespace && { namespace }), ...(labels && { labels }) },
      })),
    );
}
