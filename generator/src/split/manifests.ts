/** Helm's text -> one manifest per object, and the file each goes to. Text stays as Helm printed it. */
import type { Manifest, ManifestHeader } from "../model/manifest.ts";
import { isOfLibrary } from "../model/library-kinds.ts";
import { groupOf } from "../model/scopes.ts";
import { readHeader } from "../output/header.ts";

/** The library begins every document with it. */
const separator = "\n---\n";

/** In: documents of one release, separated by `---`. Out: its manifests in the order of the text. */
export function splitManifests(text: string): Manifest[] {
  return text
    .split(separator)
    .map((document) => document.trim())
    .filter((document) => document !== "")
    .map((document) => ({ ...readHeader(document), text: `${document}\n` }));
}

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
    own.isOwnObject || !isOfLibrary(manifest.kind)
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
