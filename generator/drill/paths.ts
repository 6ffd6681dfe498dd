/** Addresses of the objects the drill knows, and the labels it finds its own by. */

/** On what it makes itself: Restores, pods that check. */
export const drillLabel = "rzp.local/restore-drill";
/** Velero labels all that it restores. */
export const restoredLabel = "velero.io/restore-name";

export const restores = (namespace: string) =>
  `/apis/velero.io/v1/namespaces/${namespace}/restores`;
export const backups = (namespace: string) => `/apis/velero.io/v1/namespaces/${namespace}/backups`;
export const core = (namespace: string, resource: string) =>
  `/api/v1/namespaces/${namespace}/${resource}`;
export const apps = (namespace: string, resource: string) =>
  `/apis/apps/v1/namespaces/${namespace}/${resource}`;
