/** Finds the repository. */
import { existsSync } from "node:fs";
import path from "node:path";
import { tiersFile } from "../model/paths.ts";

/** The nearest folder at or above `from` that holds `environments/tiers.ts`; undefined when there is none. */
export function findRoot(from: string): string | undefined {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, tiersFile))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}
