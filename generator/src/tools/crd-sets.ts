/**
 * The CRDs as an environment's cluster has them. An object may have a kind whose CRD comes from an
 * upstream chart that is rendered too: that CRD is the truth then, before a pinned one.
 */
import { createHash, randomUUID } from "node:crypto";
import { cp, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crdName } from "./crd-list.ts";
import type { Crds } from "./crds.ts";
import type { Host } from "./host.ts";
import type { RenderedFile } from "./rendered-files.ts";

/**
 * Gives each environment its CRDs: those it renders itself; else, as clusters are shared, those that
 * another environment renders; else the pinned ones.
 * In: all rendered files and the pinned CRDs. Out: the CRDs by environment.
 */
export async function crdsByEnvironment(
  files: readonly RenderedFile[],
  pinned: Crds,
  host: Host,
): Promise<ReadonlyMap<string, Crds>> {
  const rendered = files.filter((file) => crdName(file.text) !== undefined);
  const sets = new Map<string, Crds>();
  for (const environment of new Set(files.map((file) => file.environment))) {
    const own = rendered.filter((file) => file.environment === environment);
    const others = rendered.filter((file) => file.environment !== environment);
    // The last one of a name wins.
    sets.set(environment, await combine(pinned, [...others, ...own], host));
  }
  return sets;
}

async function combine(pinned: Crds, over: readonly RenderedFile[], host: Host): Promise<Crds> {
  const chosen = new Map<string, RenderedFile>();
  for (const file of over) {
    const name = crdName(file.text);
    if (name !== undefined) chosen.set(join(name.group, name.file), file);
  }
  if (chosen.size === 0) return pinned;
  const entries = [...chosen].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const key = createHash("sha256").update(pinned.hash);
  for (const [path, file] of entries) key.update(`\n${path} ${file.hash}`);
  const hash = key.digest("hex").slice(0, 16);
  const folder = join(host.cache, "crd-sets", hash);
  if ((await stat(folder).catch(() => undefined)) === undefined) {
    await writeSet(folder, pinned.folder, entries);
  }
  return { folder, hash };
}

async function writeSet(
  folder: string,
  base: string,
  entries: readonly (readonly [string, RenderedFile])[],
): Promise<void> {
  const unfinished = `${folder}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await cp(base, unfinished, { recursive: true });
    for (const [path, file] of entries) {
      await mkdir(join(unfinished, path, ".."), { recursive: true });
      await writeFile(join(unfinished, path), file.text);
    }
    await rename(unfinished, folder);
  } catch (error) {
    // Another run may have been first; its folder holds the same.
    if ((await stat(folder).catch(() => undefined)) === undefined) throw error;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
