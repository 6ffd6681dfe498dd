/** Helm's text -> one manifest per object, and the file each goes to. Text stays as Helm printed it. */
import type { Manifest, ManifestHeader } from "../model/manifest.ts";
import { groupOf } from "../model/scopes.ts";
import { InternalError } from "../problems/problem.ts";

/** In: documents of one release, separated by `---`. Out: its manifests in the order of the text. */
export function splitManifests(
  release: { environment: string; service: string },
  text: string,
): Manifest[] {
  return text
    .split(/^---\n/m)
    .filter((document) => document.trim() !== "")
    .map((document) => ({ ...release, ...readHeader(document), text: document }));
}

/** The library prints apiVersion and kind first, then metadata with name and namespace. */
export function readHeader(document: string): ManifestHeader {
  const apiVersion = field(document, /^apiVersion: *(.+)$/m);
  const kind = field(document, /^kind: *(.+)$/m);
  const metadata = /^metadata:\n((?: .*\n?)*)/m.exec(document)?.[1] ?? "";
  const name = field(metadata, /^ {2}name: *(.+)$/m);
  const namespace = field(metadata, /^ {2}namespace: *(.+)$/m);
  if (apiVersion === undefined || kind === undefined || name === undefined)
    throw new InternalError(
      `a rendered document has no apiVersion, kind or name:\n${document.slice(0, 200)}`,
    );
  return { apiVersion, kind, name, namespace };
}

function field(text: string, pattern: RegExp): string | undefined {
  return pattern
    .exec(text)?.[1]
    ?.trim()
    .replace(/^"(.*)"$/, "$1");
}

/** Kinds the library itself renders: their file names carry no group. */
const libraryKinds: ReadonlySet<string> = new Set([
  "Namespace",
  "ServiceAccount",
  "Role",
  "RoleBinding",
  "ClusterRole",
  "ClusterRoleBinding",
  "ConfigMap",
  "ExternalSecret",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "CronJob",
  "Job",
  "Cluster",
  "Database",
  "Service",
  "HTTPRoute",
  "GRPCRoute",
  "TLSRoute",
  "TCPRoute",
  "UDPRoute",
  "NetworkPolicy",
  "ServiceMonitor",
  "PodMonitor",
  "PodDisruptionBudget",
  "HorizontalPodAutoscaler",
  "ResourceClaimTemplate",
]);

/**
 * `<kind>-<name>.yaml`; objects a service brings itself carry their group, and a namespace other than the
 * service's own is appended. Always, so that adding one never renames another.
 */
export function fileName(
  manifest: ManifestHeader,
  own: { namespace: string; isOwnObject: boolean },
): string {
  const group = groupOf(manifest.apiVersion);
  const kind = manifest.kind.toLowerCase();
  const withGroup =
    own.isOwnObject || !libraryKinds.has(manifest.kind)
      ? group === ""
        ? `${kind}.core`
        : `${kind}.${group}`
      : kind;
  const elsewhere =
    manifest.namespace !== undefined && manifest.namespace !== own.namespace
      ? `.${manifest.namespace}`
      : "";
  return `${withGroup}-${manifest.name}${elsewhere}.yaml`.replaceAll(":", "_");
}
