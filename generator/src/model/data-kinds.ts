/** Kinds that hold data, and how Argo CD is told to leave them: `_labels.tpl` says the same, and a test compares. */

/** With one of these goes what people have written: Argo CD must never remove it by itself. */
export const dataKinds: ReadonlySet<string> = new Set([
  "/PersistentVolumeClaim",
  "/PersistentVolume",
  "/Namespace",
  "postgresql.cnpg.io/Cluster",
  "postgresql.cnpg.io/Database",
]);

export const syncOptionsAnnotation = "argocd.argoproj.io/sync-options";

/** Neither when it is in no file any more, nor when its Application goes. */
export const keptOptions = ["Prune=false", "Delete=false"] as const;
