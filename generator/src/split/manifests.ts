/** Helm's text -> one manifest per object, and the file each goes to. Text stays as Helm printed it. */
import type { Manifest, ManifestHeader } from "../model/manifest.ts";
import { isOfLibrary } from "../model/library-kinds.ts";
import { groupOf } from "../model/scopes.ts";
import { readHeader } from "../output/header.ts";

/** The library begins every document with it. */
const separator = "\n---\n";

/** In: documents of one release, separated by `---`. Out: its manifests in the order of the text. */
export function splitManifests(text: string): Manifest[] {
  return documentsIn(text)
    .filter((document) => document.trim() !== "")
    .map(trimmed)
    .map((document) => ({ ...readHeader(document), text: document }));
}

/** Pieces of the text with the line break at their end: what is a piece takes no memory of its own. */
function documentsIn(text: string): string[] {
  const documents: string[] = [];
  for (let from = 0; from < text.length;) {
    const found = text.indexOf(separator, from);
    const end = found === -1 ? text.length : found + 1;
    documents.push(text.slice(from, end));
    from = end + separator.length - 1;
  }
  return documents;
}

/** Without white space around it, and with one line break. */
function trimmed(document: string): string {
  const length = document.trimEnd().length;
  return document[length] === "\n"
    ? document.slice(0, length + 1).trimStart()
    : `${document.trim()}\n`;
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
