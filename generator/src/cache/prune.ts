/** Keeps the cache from growing for ever: what was made long ago is made again, should it still be wanted. */
import { lstatSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import type { Dirent } from "node:fs";
import path from "node:path";

const dayMs = 24 * 3_600_000;
const ageMaxMs = 14 * dayMs;

/** Removes what is older than two weeks, and folders that are empty by then, once a day. In: a folder of the cache. */
export function pruneCache(folder: string, now = Date.now()): void {
  try {
    const stamp = path.join(folder, "pruned");
    if (now - modified(stamp) < dayMs) return;
    for (const entry of readdirSync(folder, { withFileTypes: true })) pruneEntry(entry, now);
    writeFileSync(stamp, "");
  } catch {
    // Somebody else prunes it, or nobody can.
  }
}

function pruneEntry(entry: Dirent, now: number): void {
  const place = path.join(entry.parentPath, entry.name);
  const isOld = now - modified(place) > ageMaxMs;
  if (!entry.isDirectory()) {
    if (isOld) rmSync(place, { force: true });
    return;
  }
  for (const inner of readdirSync(place, { withFileTypes: true })) pruneEntry(inner, now);
  // A new one may be about to be filled. Its age is that before what it held was removed.
  if (isOld && readdirSync(place).length === 0) rmdirSync(place);
}

function modified(place: string): number {
  return lstatSync(place, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
