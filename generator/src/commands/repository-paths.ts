/** Where a command works. */
import { servicesFolder } from "../model/paths.ts";
import path from "node:path";
import { findRoot } from "../load/root.ts";

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
