/** The library chart as the caches see it. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** All templates of the library in the order of their names. */
export function libraryText(root: string): string {
  const folder = path.join(root, "charts/rzp-lib/templates");
  return readdirSync(folder)
    .sort()
    .map((name) => `${name}\n${readFileSync(path.join(folder, name), "utf8")}`)
    .join("\0");
}
