/** Keeps the cache from growing for ever: what was made long ago is made again, should it still be wanted. */
import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

const dayMs = 24 * 3_600_000;
const ageMaxMs = 14 * dayMs;

/** Removes what is older than two weeks, once a day. */
export function pruneCache(folder: string, now = Date.now()): void {
  try {
    const stamp = path.join(folder, "pruned");
    if (now - modified(stamp) < dayMs) return;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (entry.isFile() && now - modified(file) > ageMaxMs) rmSync(file, { force: true });
    }
    writeFileSync(stamp, "");
  } catch {
    // Somebody else prunes it, or nobody can.
  }
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
