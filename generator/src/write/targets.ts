/**
 * Looks at the places a plan is about to change, before anything is: what is certain to fail then
 * fails while the tree is still as it was.
 */
import { accessSync, constants, lstatSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../problems/problem.ts";
import { fileProblem, isFileError } from "./file-problem.ts";
import { foldersAbove, parentOf } from "./paths.ts";
import { blockedPath } from "./plan-problems.ts";
import type { PlannedWrite, WritePlan } from "../output/files.ts";

export interface Targets {
  /** The folders that have to be made, all of them. */
  readonly newFolders: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

export const untouched = "Nothing was changed.";

/**
 * Finds the folders a plan needs and does not find, and everything in its way: WRITE_PATH_BLOCKED,
 * WRITE_NOT_WRITABLE, WRITE_OTHER_FILE_SYSTEM, WRITE_NAME_TOO_LONG. `stateFolder` is where the files come from.
 */
export function inspectTargets(root: string, plan: WritePlan, stateFolder: string): Targets {
  const { newFolders, problems } = inspectFolders(root, foldersAbove(plan.writes.map(pathOf)));
  if (problems.length > 0) return { newFolders, problems };
  const touched = [...plan.writes.map(pathOf), ...newFolders, ...plan.removals].map(parentOf);
  const folders = [...new Set(touched)].filter((folder) => !newFolders.has(folder)).toSorted();
  const files = plan.writes.filter((write) => !newFolders.has(parentOf(write.path)));
  return {
    newFolders,
    problems: [
      ...condense(folders.flatMap((folder) => inspectRights(root, folder, stateFolder) ?? [])),
      ...files.flatMap((write) => inspectFile(root, write) ?? []),
    ],
  };
}

const pathOf = (write: PlannedWrite): string => write.path;

/** The one above comes first: below a folder that is missing or no folder, nothing needs to be looked at. */
function inspectFolders(
  root: string,
  folders: ReadonlySet<string>,
): { newFolders: Set<string>; problems: Problem[] } {
  const newFolders = new Set<string>();
  const blocked = new Set<string>();
  const problems: Problem[] = [];
  for (const folder of [...folders].toSorted()) {
    if (newFolders.has(parentOf(folder))) newFolders.add(folder);
    else if (blocked.has(parentOf(folder))) blocked.add(folder);
    else {
      const problem = inspectFolder(root, folder, newFolders);
      if (problem === undefined) continue;
      blocked.add(folder);
      problems.push(problem);
    }
  }
  return { newFolders, problems };
}

function inspectFolder(root: string, folder: string, newFolders: Set<string>): Problem | undefined {
  return refused(folder, () => {
    const found = lstatSync(join(root, folder), { throwIfNoEntry: false });
    if (found === undefined) newFolders.add(folder);
    else if (!found.isDirectory())
      return blockedPath(folder, folder, "something that is no folder");
    return undefined;
  });
}

/**
 * Renaming a file that does not exist tells whether one that does could be renamed: a mount in
 * between or a read-only one is refused before the file is looked for, so nothing is touched.
 */
function inspectRights(root: string, folder: string, stateFolder: string): Problem | undefined {
  const path = folder === "" ? "." : folder;
  return refused(path, () => {
    accessSync(join(root, folder), constants.W_OK | constants.X_OK);
    try {
      renameSync(join(stateFolder, "missing"), join(root, folder, ".rzp-missing"));
    } catch (error) {
      if (!isFileError(error) || error.code !== "ENOENT") throw error;
    }
    return undefined;
  });
}

/** One problem a code: a tree that belongs to somebody else would tell hundreds of times the same. */
function condense(problems: readonly Problem[]): Problem[] {
  return [...Map.groupBy(problems, (problem) => problem.code).values()].flatMap(
    ([first, ...others]) => {
      if (first === undefined || others.length === 0) return first ?? [];
      return { ...first, message: `${first.message} So it is with ${others.length} more folders.` };
    },
  );
}

/** The tree was read a while ago, and not where the reader does not go: a new file must find its place empty. */
function inspectFile(root: string, write: PlannedWrite): Problem | undefined {
  return refused(write.path, () => {
    const found = lstatSync(join(root, write.path), { throwIfNoEntry: false });
    if (found === undefined || (write.kind === "update" && found.isFile())) return undefined;
    const what = found.isDirectory()
      ? "a folder"
      : "something that was not there when the tree was read";
    return blockedPath(write.path, write.path, what);
  });
}

function refused(path: string, look: () => Problem | undefined): Problem | undefined {
  try {
    return look();
  } catch (error) {
    return fileProblem(error, path, untouched);
  }
}
