/**
 * What RZP adds to an upstream chart is not rendered again while it is the same: documents by the hash of all that makes
 * them (the library, Helm's version, the values, the config files). Other releases are kept as a whole
 * (kept-releases.ts). Lies outside the tree; losing it costs time only.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { readEntry, writeEntry } from "../cache/entry.ts";
import type { Helm } from "../tools/helm-carrier.ts";
import { renderReleases } from "./helm.ts";
import type { Rendered } from "./helm.ts";
import { libraryKey } from "./library.ts";
import { chartName } from "./stage.ts";
import type { ReleaseItem, RenderItem } from "./stage.ts";

export interface RenderOptions {
  readonly root: string;
  readonly helm: Helm;
  /** Folder of the cache; undefined renders everything. */
  readonly cache: string | undefined;
}

/** In: releases to render. Out: documents of each, from the cache or from Helm. Problems: those of renderReleases. */
export async function renderCached(
  { root, helm, cache }: RenderOptions,
  items: readonly ReleaseItem[],
): Promise<Rendered> {
  if (cache === undefined) return renderReleases({ root, helm: helm.path }, items);
  const base = libraryKey(root, helm);
  const places = new Map(
    items
      .filter(({ isOfChart }) => isOfChart)
      .map((item) => [chartName(item), path.join(cache, "documents", keyOf(base, item))]),
  );
  const known = new Map(
    [...places].flatMap(([chart, place]) => {
      const documents = readEntry(place);
      return typeof documents === "string" ? [[chart, documents] as const] : [];
    }),
  );
  const rendered = await renderReleases(
    { root, helm: helm.path },
    items.filter((item) => !known.has(chartName(item))),
  );
  for (const [chart, documents] of rendered.documents) {
    const place = places.get(chart);
    if (place !== undefined) writeEntry(place, documents);
  }
  return { documents: new Map([...known, ...rendered.documents]), problems: rendered.problems };
}

function keyOf(base: string, item: RenderItem): string {
  return createHash("sha256")
    .update(base)
    .update(JSON.stringify([item.values, item.files]))
    .digest("hex");
}
