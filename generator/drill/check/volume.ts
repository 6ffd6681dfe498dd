/** The files of a restored volume, as they were backed up. */
import { lstatSync, readdirSync } from "node:fs";
import path from "node:path";

export interface VolumeFile {
  /** Relative to the volume. */
  readonly path: string;
  readonly bytes: number;
  readonly changed: number;
}

/** Velero's own mark in a volume it has filled, and what file systems make themselves. */
const notData = new Set([".velero", "lost+found"]);

export function filesOf(root: string): VolumeFile[] {
  const found: VolumeFile[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const own = path.posix.join(folder, entry.name);
      if (folder === "" && notData.has(entry.name)) continue;
      if (entry.isDirectory()) folders.push(own);
      if (!entry.isFile()) continue;
      const { size, mtimeMs } = lstatSync(path.join(root, own));
      found.push({ path: own, bytes: size, changed: mtimeMs });
    }
  }
  return found;
}

/** Those below a folder, or the file itself. */
export function below(files: readonly VolumeFile[], at: string): VolumeFile[] {
  const folder = at.replace(/\/+$/, "");
  return files.filter(
    ({ path: own }) => folder === "" || own === folder || own.startsWith(`${folder}/`),
  );
}
