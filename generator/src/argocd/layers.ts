/** Which layer an object belongs to: by what it is, else by its service's tier. */
import type { Layer } from "../model/cluster.ts";
import type { ManifestHeader } from "../model/manifest.ts";
import { groupOf } from "../model/scopes.ts";

/** What must be there before anything that uses it: kinds, priorities, and namespaces of definitions. */
const definitions: ReadonlySet<string> = new Set([
  "apiextensions.k8s.io/CustomResourceDefinition", "scheduling.k8s.io/PriorityClass", "storage.k8s.io/StorageClass", "node.k8s.io/RuntimeClass",
]);

/** What configures a controller: it works only when the controller does. */
const configuration: ReadonlySet<string> = new Set([
  "cert-manager.io/ClusterIssuer", "cert-manager.io/Issuer", "external-secrets.io/ClusterSecretStore", "external-secrets.io/SecretStore",
  "gateway.networking.k8s.io/GatewayClass", "gateway.networking.k8s.io/Gateway", "gateway.envoyproxy.io/EnvoyProxy", "metallb.io/IPAddressPool", "metallb.io/L2Advertisement", "metallb.io/BGPAdvertisement",
  "velero.io/BackupStorageLocation", "velero.io/VolumeSnapshotLocation", "snapshot.storage.k8s.io/VolumeSnapshotClass",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy", "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
]);

/** In: an object and the layer of its service's tier. Out: the layer it is synced in. */
export function layerOfObject(object: Pick<ManifestHeader, "apiVersion" | "kind">, ofTier: Layer): Layer {
  const key = `${groupOf(object.apiVersion)}/${object.kind}`;
  if (definitions.has(key)) return "definitions";
  return configuration.has(key) ? "configuration" : ofTier;
}
