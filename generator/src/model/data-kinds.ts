/** Kinds that hold data, and how Argo CD is told to leave them: `_labels.tpl` says the same, and a test compares. */

/** With one of these goes what people have written, with a definition all of its kind: Argo CD must never remove it by itself. */
export const dataKinds: ReadonlySet<string> = new Set([
  "/PersistentVolumeClaim",
  "/PersistentVolume",
  "/Namespace",
  "apiextensions.k8s.io/CustomResourceDefinition",
  "postgresql.cnpg.io/Cluster",
  "postgresql.cnpg.io/Database",
]);

export const syncOptionsAnnotation = "argocd.argoproj.io/sync-options";

/** Neither when it is in no file any more, nor when its Application goes. */
export const keptOptions = ["Prune=false", "Delete=false"] as const;

/** Argo CD removes the object with these and makes it anew (Argo CD, "Sync Options"). */
export const renewingOptions = ["Force=true", "Replace=true"] as const;

/** So it does with what is a hook, before each sync, unless the hook says otherwise (Argo CD, "Resource Hooks"; Helm's hooks are taken for its own). */
export const hookAnnotations = ["argocd.argoproj.io/hook", "helm.sh/hook"] as const;
