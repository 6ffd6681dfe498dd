/** Where a command works. */
import { existsSync } from "node:fs";
import path from "node:path";
import { renderedFolder, servicesFolder } from "../model/paths.ts";
import type { Release } from "../model/platform.ts";
import { cacheFolder } from "../cache/folder.ts";
import { findRoot } from "../load/root.ts";
import { generatorFingerprint } from "../write/stamp.ts";

/** Generated files are below these; nothing else is ever removed. */
export const ownedRoots = ["kubernetes", servicesFolder, "environments"] as const;
/** Where authored files live beside generated ones. */
export const sharedRoots = [servicesFolder, "environments"] as const;

/** What a write in progress and the last complete render leave; not in git. */
export const stateFolderOf = (root: string) => path.join(root, ".rzp");

/** The repository the command was called in; the current folder when it is none, so that reading says so. */
export function repositoryRoot(): string {
  return findRoot(process.cwd()) ?? process.cwd();
}

/** What runs keep for the next, of every generator that was used here. */
export const keptFolder = () => path.join(cacheFolder("RZP_CACHE", process.env), "render");

/** What this generator keeps: another one may make something else of the same input, so each has a folder of its own. */
export const generatorCache = () => path.join(keptFolder(), generatorFingerprint().slice(0, 16));

/** Whether a release is in the committed tree, which is what the cluster has. */
export const isRenderedIn =
  (root: string) =>
  ({ facts, service }: Release): boolean =>
    existsSync(path.join(root, renderedFolder(facts.name, service.name)));
