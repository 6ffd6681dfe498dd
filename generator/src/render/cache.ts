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

/**
 * In: all releases, made as they are asked for, and how many they are. Out: documents of each, from the cache or from Helm.
 * Problems: those of renderReleases.
 */
export async function renderCached(
  { root, helm, cache }: RenderOptions,
  items: Iterable<RenderItem>,
  count: number,
): Promise<Rendered> {
  const run = { root, helm: helm.path };
  if (cache === undefined) return renderReleases(run, items, count);
  const known = knownDocuments(path.join(cache, "documents"), libraryKey(root, helm));
  const rendered = await renderReleases(run, known.missing(items), count);
  known.keep(rendered.documents);
  return {
    documents: new Map([...known.documents, ...rendered.documents]),
    problems: rendered.problems,
  };
}

/** In: the folder they are kept in, and what all of them are made with. */
function knownDocuments(folder: string, base: string) {
  const documents = new Map<string, string>();
  const places = new Map<string, string>();
  return {
    /** Those of items that were asked for. */
    documents,
    /** Items that were never rendered before. */
    *missing(items: Iterable<RenderItem>): Iterable<RenderItem> {
      for (const item of items) {
        const place = path.join(folder, keyOf(base, item));
        const found = readEntry(place);
        if (typeof found === "string") documents.set(chartName(item), found);
        else {
          places.set(chartName(item), place);
          yield item;
        }
      }
    },
    keep: (rendered: Rendered["documents"]) => {
      for (const [name, text] of rendered) {
        const place = places.get(name);
        if (place !== undefined) writeEntry(place, text);
      }
    },
  };
}

function keyOf(base: string, item: RenderItem): string {
  const hash = createHash("sha256").update(base).update(JSON.stringify(item.values));
  for (const file of item.files) hash.update("\0").update(file);
  return hash.digest("hex");
}
