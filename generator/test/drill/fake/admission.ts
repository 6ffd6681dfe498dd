/** What an API server refuses of the two kinds the drill makes: fields Velero does not have, pods that are not restricted. */
import type { Stored } from "./store.ts";

/** RestoreSpec of Velero 1.18 (pkg/apis/velero/v1/restore_types.go). */
const restoreFields = new Set([
  "backupName",
  "scheduleName",
  "includedNamespaces",
  "excludedNamespaces",
  "includedResources",
  "excludedResources",
  "namespaceMapping",
  "labelSelector",
  "orLabelSelectors",
  "restorePVs",
  "restoreStatus",
  "preserveNodePorts",
  "includeClusterResources",
  "hooks",
  "existingResourcePolicy",
  "itemOperationTimeout",
  "resourceModifier",
  "uploaderConfig",
]);

export function refusal(object: Stored): { code: number; message: string } | undefined {
  if (object.kind === "Restore") {
    const strange = Object.keys(object["spec"] as object).find(
      (field) => !restoreFields.has(field),
    );
    return strange === undefined
      ? undefined
      : { code: 422, message: `strict decoding error: unknown field "spec.${strange}"` };
  }
  if (object.kind !== "Pod") return undefined;
  const why = notRestricted(object);
  return why === undefined
    ? undefined
    : { code: 403, message: `violates PodSecurity "restricted:latest": ${why}` };
}

interface Context {
  runAsNonRoot?: boolean;
  runAsUser?: number;
  seccompProfile?: { type: string };
  allowPrivilegeEscalation?: boolean;
  privileged?: boolean;
  capabilities?: { drop?: string[]; add?: string[] };
}

/** Pod Security Standards, "Restricted". */
export function notRestricted({ spec }: Stored): string | undefined {
  const pod = spec as {
    hostNetwork?: boolean;
    securityContext?: Context;
    volumes?: Record<string, unknown>[];
    containers: { name: string; securityContext?: Context }[];
    initContainers?: { name: string; securityContext?: Context }[];
  };
  if (pod.hostNetwork === true) return "host namespaces";
  const allowed = new Set([
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
    "name",
  ]);
  for (const volume of pod.volumes ?? [])
    if (Object.keys(volume).some((key) => !allowed.has(key))) return "restricted volume types";
  for (const { name, securityContext: own = {} } of [
    ...pod.containers,
    ...(pod.initContainers ?? []),
  ]) {
    const context = { ...pod.securityContext, ...own };
    if (own.privileged === true) return `container ${name} is privileged`;
    if (own.allowPrivilegeEscalation !== false)
      return `allowPrivilegeEscalation != false (${name})`;
    if (own.capabilities?.drop?.includes("ALL") !== true || (own.capabilities.add ?? []).length > 0)
      return `unrestricted capabilities (${name})`;
    if (context.runAsNonRoot !== true) return `runAsNonRoot != true (${name})`;
    if (context.runAsUser === 0) return `runAsUser=0 (${name})`;
    if (context.seccompProfile?.type !== "RuntimeDefault") return `seccompProfile (${name})`;
  }
  return undefined;
}
