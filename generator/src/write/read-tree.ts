/** Reads what is on disk under the owned folders, for the plan to compare with. */
import { lstatSync, readdirSync, readFileSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { isFileError } from "./file-problem.ts";
import type { ExistingFile } from "./plan.ts";

/**
 * Every file under the owned folders (relative to the root), sorted by path; `node_modules` and
 * folders whose name begins with a dot are left out. Links are named and never followed, what cannot
 * be read is named too; the plan says what that means. A folder that is missing holds nothing.
 */
export function readOwnedTree(root: string, ownedRoots: readonly string[]): ExistingFile[] {
  const files = new Map<string, ExistingFile>();
  for (const folder of ownedRoots) {
    for (const file of readOwnedRoot(root, folder)) files.set(file.path, file);
  }
  return [...files.values()].toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

/** A link above an owned folder would lead out of the tree, so each part of its path is looked at. */
function readOwnedRoot(root: string, ownedRoot: string): ExistingFile[] {
  const parts = ownedRoot.split("/");
  for (let count = 1; count <= parts.length; count++) {
    const path = parts.slice(0, count).join("/");
    const found = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (found === undefined) return [];
    if (!found.isDirectory()) return [readEntry(root, path, found)];
  }
  const files: ExistingFile[] = [];
  collect(root, ownedRoot, files);
  return files;
}

function collect(root: string, folder: string, files: ExistingFile[]): void {
  const entries = attempt(() => readdirSync(`${root}/${folder}`, { withFileTypes: true }));
  if (entries === undefined) {
    files.push({ path: folder, content: "", kind: "unreadable" });
    return;
  }
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (!entry.isDirectory()) files.push(readEntry(root, path, entry));
    else if (!entry.name.startsWith(".") && entry.name !== "node_modules")
      collect(root, path, files);
  }
}

function readEntry(
  root: string,
  path: string,
  entry: Pick<Dirent, "isFile" | "isSymbolicLink">,
): ExistingFile {
  if (entry.isSymbolicLink()) return { path, content: "", kind: "symlink" };
  if (!entry.isFile()) return { path, content: "", kind: "special" };
  const content = attempt(() => readFileSync(`${root}/${path}`, "utf8"));
  return content === undefined ? { path, content: "", kind: "unreadable" } : { path, content };
}

/** Undefined when the file system refuses, or when a file is too long for a string. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}
