/** The library chart as the caches see it. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Helm } from "../tools/helm-carrier.ts";

/** What every release is rendered with: another key when the library or Helm is another. */
export function libraryKey(root: string, helm: Helm): string {
  return createHash("sha256").update(helm.version).update(libraryText(root)).digest("hex");
}

/** All templates of the library in the order of their names. */
function libraryText(root: string): string {
  const folder = path.join(root, "charts/rzp-lib/templates");
  return readdirSync(folder)
    .sort()
    .map((name) => `${name}\n${readFileSync(path.join(folder, name), "utf8")}`)
    .join("\0");
}
