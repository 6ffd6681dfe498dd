/**
 * Keeps the tools' cache from growing for ever: each changed pin is a folder of its own there, and the one
 * before is of no more use once no clone has the old pin.
 */
import { readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Host } from "./host.ts";

const dayMs = 24 * 3_600_000;
const unusedMaxMs = 60 * dayMs;

/** Folders of many small entries; all others are one entry each. */
const collections = ["crd-sets", "helm-probes", "validated"];

/** Notes that an entry of the cache is in use. In: a path in it. A cache that cannot be written is no reason to fail. */
export async function markUsed(path: string, host: Host): Promise<void> {
  const [entry = ""] = relative(host.cache, path).split("/");
  const now = new Date();
  await utimes(join(host.cache, entry), now, now).catch(() => undefined);
}

/** Removes what has not been used or made for two months, once a day. In: the host, whose cache it is. */
export async function pruneTools({ cache }: Host, now = Date.now()): Promise<void> {
  const stamp = join(cache, "pruned");
  if (now - (await lastUse(stamp)) < dayMs) return;
  try {
    await writeFile(stamp, "");
    const kept = [...collections, "pruned"];
    for (const folder of ["", ...collections]) {
      const names = await readdir(join(cache, folder)).catch(() => []);
      for (const name of names.filter((one) => folder !== "" || !kept.includes(one))) {
        const entry = join(cache, folder, name);
        if (now - (await lastUse(entry)) > unusedMaxMs)
          await rm(entry, { recursive: true, force: true });
      }
    }
  } catch {
    // Somebody else prunes it, or nobody can.
  }
}

/** Of a link, that of what it leads to: a Python environment is reached through one. */
async function lastUse(entry: string): Promise<number> {
  return (await stat(entry).catch(() => undefined))?.mtimeMs ?? 0;
}
