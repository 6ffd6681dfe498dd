/** The object store that backups are in: it outlives clusters. */
import { applyAll, type Api, type KubernetesObject } from "../../../cluster/api.ts";
import { objectsOf, type Resource } from "./velero-objects.ts";

export const veleroNamespace = "storage-velero";
export const backupsPath = `/apis/velero.io/v1/namespaces/${veleroNamespace}/backups`;

export interface Backup {
  /** The Schedule it is of. */
  readonly schedule: string;
  readonly namespaces: readonly string[];
  readonly started: number;
  readonly objects: Map<Resource, readonly KubernetesObject[]>;
}

/** Backups by name. */
export type ObjectStore = Map<string, Backup>;

interface Schedule extends KubernetesObject {
  readonly spec: { readonly template: { readonly includedNamespaces: readonly string[] } };
}

const minute = 60_000;

/** Backs up what Schedules name as it is on a cluster now, begun half an hour ago. */
export async function backUp(
  api: Api,
  store: ObjectStore,
  schedules: readonly KubernetesObject[],
): Promise<void> {
  for (const { metadata, spec } of schedules as readonly Schedule[]) {
    const namespaces = spec.template.includedNamespaces;
    const started = Date.now() - 30 * minute;
    const time = new Date(started).toISOString().replaceAll(/\D/g, "").slice(0, 14);
    const objects = await objectsOf(api, namespaces);
    store.set(`${metadata.name}-${time}`, {
      schedule: metadata.name,
      namespaces,
      started,
      objects,
    });
  }
}

/** Of the newest backup of a Schedule. */
export function newestOf(store: ObjectStore, schedule: string | undefined): string | undefined {
  const all = [...store].filter(([, backup]) => backup.schedule === schedule);
  return all.sort(([, a], [, b]) => b.started - a.started)[0]?.[0];
}

/** Makes the backups known to a cluster, as Velero does there within a minute (pkg/controller/backup_sync_controller.go). */
export const publishBackups = (api: Api, store: ObjectStore): Promise<void> =>
  applyAll(
    api,
    [...store].map(([name, { schedule, namespaces, started }]) => ({
      apiVersion: "velero.io/v1",
      kind: "Backup",
      metadata: {
        name,
        namespace: veleroNamespace,
        labels: { "velero.io/schedule-name": schedule, "velero.io/storage-location": "default" },
      },
      spec: { includedNamespaces: namespaces, storageLocation: "default", snapshotMoveData: true },
      status: {
        phase: "Completed",
        startTimestamp: new Date(started).toISOString(),
        completionTimestamp: new Date(started + minute).toISOString(),
      },
    })),
  );
