/**
 * What was rendered before is not rendered again: documents by the hash of all that makes them (the
 * library, Helm's version, the values, the config files). Lies outside the tree; losing it costs time only.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Helm } from "../tools/helm-carrier.ts";
import { renderReleases } from "./helm.ts";
import type { Rendered } from "./helm.ts";
import { chartName } from "./stage.ts";
import type { RenderItem } from "./stage.ts";

export interface RenderOptions {
  readonly root: string;
  readonly helm: Helm;
  /** Folder of the cache; undefined renders everything. */
  readonly cache: string | undefined;
}

/** In: all releases. Out: documents of each, from the cache or from Helm. Problems: those of renderReleases. */
export async function renderCached({ root, helm, cache }: RenderOptions, items: readonly RenderItem[]): Promise<Rendered> {
  if (cache === undefined) return renderReleases({ root, helm: helm.path }, items);
  const base = createHash("sha256").update(helm.version).update(libraryText(root)).digest("hex");
  const keys = new Map(items.map((item) => [item, keyOf(base, item)]));
  const known = new Map<string, string>();
  const missing: RenderItem[] = [];
  for (const item of items) {
    const documents = read(path.join(cache, keys.get(item) ?? ""));
    if (documents === undefined) missing.push(item);
    else known.set(chartName(item), documents);
  }
  const rendered = await renderReleases({ root, helm: helm.path }, missing);
  store(cache, missing.flatMap((item) => {
    const documents = rendered.documents.get(chartName(item));
    return documents === undefined ? [] : [[keys.get(item) ?? "", documents] as const];
  }));
  return { documents: new Map([...known, ...rendered.documents]), problems: rendered.problems };
}

function keyOf(base: string, item: RenderItem): string {
  const hash = createHash("sha256").update(base).update(JSON.stringify(item.values));
  for (const file of item.files) hash.update("\0").update(file);
  return hash.digest("hex");
}

/** All templates of the library in the order of their names. */
function libraryText(root: string): string {
  const folder = path.join(root, "charts/rzp-lib/templates");
  return readdirSync(folder).sort().map((name) => `${name}\n${readFileSync(path.join(folder, name), "utf8")}`).join("\0");
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** A cache that cannot be written is no reason to fail. */
function store(cache: string, entries: readonly (readonly [string, string])[]): void {
  try {
    mkdirSync(cache, { recursive: true });
    for (const [key, documents] of entries) {
      const draft = path.join(cache, `${key}.${process.pid}`);
      writeFileSync(draft, documents);
      renameSync(draft, path.join(cache, key));
    }
  } catch {
    // The next run renders again.
  }
}
