/**
 * What was rendered before is not rendered again: documents by the hash of all that makes them (the
 * library, Helm's version, the values, the config files). Lies outside the tree; losing it costs time only.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { readEntry, writeEntry } from "../cache/entry.ts";
import type { Helm } from "../tools/helm-carrier.ts";
import { renderReleases } from "./helm.ts";
import type { Rendered } from "./helm.ts";
import { libraryKey } from "./library.ts";
import { chartName } from "./stage.ts";
import type { RenderItem } from "./stage.ts";

export interface RenderOptions {
  readonly root: string;
  readonly helm: Helm;
  /** Folder of the cache; undefined renders everything. */
  readonly cache: string | undefined;
}

/** In: all releases. Out: documents of each, from the cache or from Helm. Problems: those of renderReleases. */
export async function renderCached(
  { root, helm, cache }: RenderOptions,
  items: readonly RenderItem[],
): Promise<Rendered> {
  if (cache === undefined) return renderReleases({ root, helm: helm.path }, items);
  const base = libraryKey(root, helm);
  const keys = new Map(items.map((item) => [item, keyOf(base, item)]));
  const known = new Map<string, string>();
  const missing: RenderItem[] = [];
  for (const item of items) {
    const documents = readEntry(fileOf(cache, keys, item));
    if (typeof documents === "string") known.set(chartName(item), documents);
    else missing.push(item);
  }
  const rendered = await renderReleases({ root, helm: helm.path }, missing);
  for (const item of missing) {
    const documents = rendered.documents.get(chartName(item));
    if (documents !== undefined) writeEntry(fileOf(cache, keys, item), documents);
  }
  return { documents: new Map([...known, ...rendered.documents]), problems: rendered.problems };
}

const fileOf = (cache: string, keys: ReadonlyMap<RenderItem, string>, item: RenderItem) =>
  path.join(cache, "documents", keys.get(item) ?? "");

function keyOf(base: string, item: RenderItem): string {
  const hash = createHash("sha256").update(base).update(JSON.stringify(item.values));
  for (const file of item.files) hash.update("\0").update(file);
  return hash.digest("hex");
}
