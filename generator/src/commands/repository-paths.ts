/** Where a command works. */
import path from "node:path";
import { findRoot } from "../load/root.ts";

/** Generated files are below these; nothing else is ever removed. */
export const ownedRoots = ["kubernetes", "charts/services", "environments"] as const;
/** Where authored files live beside generated ones. */
export const sharedRoots = ["charts/services", "environments"] as const;

export const stateFolder = (root: string) => path.join(root, ".rzp");

/** The repository the command was called in; the current folder when it is none, so that reading says so. */
export function repositoryRoot(): string {
  return findRoot(process.cwd()) ?? process.cwd();
}
