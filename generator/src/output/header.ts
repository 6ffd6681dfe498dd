/** What a printed document says it is, told from its text. */
import type { ManifestHeader } from "../model/manifest.ts";
import { InternalError } from "../problems/problem.ts";

/** In: a document as the library prints it: apiVersion and kind first, then metadata with name and namespace. */
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
