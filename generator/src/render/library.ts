/** The library chart as Helm and the caches see it. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { followedFiles } from "../cache/on-disk.ts";
import type { Helm } from "../tools/helm-carrier.ts";

const folder = "charts/rzp-lib";

interface LibraryFile {
  /** From the folder of the library. */
  readonly name: string;
  readonly content: Buffer;
}

/** What Helm is given of the library: its name, and all templates in the order of theirs. */
export function libraryFiles(root: string): LibraryFile[] {
  return [`${folder}/Chart.yaml`, ...followedFiles(root, `${folder}/templates`)].map((file) => ({
    name: file.slice(folder.length + 1),
    content: readFileSync(path.join(root, file)),
  }));
}

/** What every release is rendered with: another key when the library or Helm is another. */
export function libraryKey(root: string, helm: Helm): string {
  const key = createHash("sha256").update(helm.version);
  for (const { name, content } of libraryFiles(root)) key.update(`\0${name}\0`).update(content);
  return key.digest("hex");
}
