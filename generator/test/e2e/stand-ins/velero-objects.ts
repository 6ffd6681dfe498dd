/** What Velero keeps of an object, and what it makes of that when it restores it (pkg/restore/restore.go). */
import { randomBytes } from "node:crypto";
import type { Api, KubernetesObject } from "../../../cluster/api.ts";
import type { DrillModifier } from "../../../src/model/drill-plan.ts";
import { modified } from "../../drill/fake/modifiers.ts";
import type { Stored } from "../../drill/fake/store.ts";

const kindOf = (apiVersion: string, kind: string) => ({ apiVersion, kind });

/** What is stood in for, in the order in which Velero restores it. */
const kinds = {
  namespaces: kindOf("v1", "Namespace"),
  persistentvolumes: kindOf("v1", "PersistentVolume"),
  persistentvolumeclaims: kindOf("v1", "PersistentVolumeClaim"),
  serviceaccounts: kindOf("v1", "ServiceAccount"),
  secrets: kindOf("v1", "Secret"),
  configmaps: kindOf("v1", "ConfigMap"),
  "deployments.apps": kindOf("apps/v1", "Deployment"),
  "statefulsets.apps": kindOf("apps/v1", "StatefulSet"),
} as const;

export type Resource = keyof typeof kinds;

const resources = Object.keys(kinds) as readonly Resource[];

/** Those a Restore asks for, in order. Throws for what is not stood in for. */
export function restored(included: readonly string[]): readonly Resource[] {
  const strange = included.find((resource) => !(resource in kinds));
  if (strange !== undefined) throw new Error(`nothing stands in for a Restore of ${strange}`);
  return resources.filter((resource) => included.includes(resource));
}

/** Everything of namespaces that a backup holds, as it is now. */
export async function objectsOf(
  api: Api,
  namespaces: readonly string[],
): Promise<Map<Resource, readonly KubernetesObject[]>> {
  const found = new Map<Resource, readonly KubernetesObject[]>();
  for (const resource of resources) {
    const { apiVersion, kind } = kinds[resource];
    const [name] = resource.split(".");
    const all = await api.list(`${apiVersion === "v1" ? "/api" : "/apis"}/${apiVersion}/${name}`);
    // Objects of a list do not say what they are.
    const own = all.map((object) => ({ ...object, apiVersion, kind }));
    found.set(
      resource,
      own.filter((object) => namespaces.includes(namespaceOf(object))),
    );
  }
  return found;
}

export interface Claim extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & { readonly deletionTimestamp?: string };
  readonly spec: {
    readonly volumeName?: string;
    readonly storageClassName?: string;
    readonly accessModes: readonly string[];
    readonly resources: { readonly requests: { readonly storage: string } };
    readonly selector?: { readonly matchLabels: Readonly<Record<string, string>> };
  };
  readonly status?: { readonly phase?: string };
}

interface Volume extends KubernetesObject {
  readonly spec: {
    readonly persistentVolumeReclaimPolicy?: string;
    readonly claimRef?: { readonly namespace: string; readonly name: string };
  };
}

/** Of a volume the one of its claim, of a namespace itself. */
export function namespaceOf(object: KubernetesObject): string {
  if (object.kind === "Namespace") return object.metadata.name;
  const { claimRef } = (object.kind === "PersistentVolume" ? object["spec"] : {}) as Volume["spec"];
  return claimRef?.namespace ?? object.metadata.namespace ?? "";
}

const dataLabel = "velero.io/dynamic-pv-restore";

/** Whether the data mover brings the data of a claim that was restored. */
export const isMoved = ({ spec }: Claim): boolean =>
  spec.selector?.matchLabels[dataLabel] !== undefined;

/** The policies of RZP's Schedules: a volume of a class is copied, unless its claim says not to. */
const hasData = ({ spec, metadata }: Claim): boolean =>
  (spec.storageClassName ?? "") !== "" && metadata.labels?.["rzp.local/backup"] !== "none";

interface Place {
  readonly rules: readonly DrillModifier[];
  /** The namespace it comes to. */
  readonly into: string;
  readonly restore: string;
  readonly backup: string;
}

/** In: an object of a backup. Out: what is created of it; undefined for a volume that is provisioned anew. */
export function asRestored(
  object: KubernetesObject,
  resource: Resource,
  { rules, into, restore, backup }: Place,
): KubernetesObject | undefined {
  if (resource === "persistentvolumes" && isProvisioned(object as Volume)) return undefined;
  const reset = withoutBinding(resource, withoutMetadata(object));
  const changed = modified(reset as unknown as Stored, resource, rules) as unknown as typeof reset;
  const { namespace, labels } = changed.metadata;
  return {
    ...changed,
    metadata: {
      ...changed.metadata,
      ...(namespace !== undefined && { namespace: into }),
      labels: { ...labels, "velero.io/restore-name": restore, "velero.io/backup-name": backup },
    },
  };
}

const isProvisioned = ({ spec }: Volume): boolean =>
  spec.persistentVolumeReclaimPolicy === "Delete";

const own = ["name", "namespace", "labels", "annotations", "finalizers"];

/** Metadata that is of this one object and its status go. */
export function withoutMetadata(object: KubernetesObject): KubernetesObject {
  const { status: _, ...rest } = object;
  const metadata = Object.entries(object.metadata).filter(([key]) => own.includes(key));
  return { ...rest, metadata: Object.fromEntries(metadata) } as unknown as KubernetesObject;
}

/** A claim lets go of its volume, a volume of the claim it was bound to. */
function withoutBinding(resource: Resource, object: KubernetesObject): KubernetesObject {
  const annotations = Object.fromEntries(
    Object.entries(object.metadata.annotations ?? {}).filter(
      ([key]) =>
        !key.startsWith("pv.kubernetes.io/bo") && key !== "pv.kubernetes.io/bind-completed",
    ),
  );
  const metadata = { ...object.metadata, annotations };
  if (resource === "persistentvolumes") {
    const { claimRef, ...spec } = (object as Volume).spec;
    const { uid: _, resourceVersion: __, ...ref } = (claimRef ?? {}) as Record<string, string>;
    return { ...object, metadata, spec: { ...spec, ...(claimRef && { claimRef: ref }) } };
  }
  if (resource !== "persistentvolumeclaims") return object;
  const claim = object as Claim;
  // A share is where it was.
  if ((claim.spec.storageClassName ?? "") === "") return { ...object, metadata };
  const { volumeName: _, ...spec } = claim.spec;
  const name = `${metadata.namespace}.${metadata.name}.${randomBytes(3).toString("hex")}`;
  const selector = { matchLabels: { [dataLabel]: name.slice(-63) } };
  return { ...object, metadata, spec: { ...spec, ...(hasData(claim) && { selector }) } };
}
