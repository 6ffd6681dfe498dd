/** Reads what is on disk under the owned folders, for the plan to compare with. */
import { lstatSync, readdirSync, readFileSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { isFileError } from "./file-problem.ts";
import { statusOf } from "./known-outputs.ts";
import type { KnownOutputs } from "./known-outputs.ts";
import type { ExistingFile, KnownOutput } from "../output/files.ts";
import { firstLine, isAsRendered } from "../output/marker.ts";

/**
 * Every file under the owned folders (relative to the root), sorted by path; `node_modules` and
 * folders whose name begins with a dot are left out. Links are named and never followed, what cannot
 * be read is named too; the plan says what that means. A folder that is missing holds nothing. A file
 * that is as the last run left it is read when its content is asked for.
 */
export function readOwnedTree(
  root: string,
  ownedRoots: readonly string[],
  known: KnownOutputs = new Map(),
): ExistingFile[] {
  const files = new Map<string, ExistingFile>();
  for (const folder of ownedRoots) {
    for (const file of readOwnedRoot({ root, known }, folder)) files.set(file.path, file);
  }
  return [...files.values()].toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

interface Place {
  readonly root: string;
  readonly known: KnownOutputs;
}

/** A link above an owned folder would lead out of the tree, so each part of its path is looked at. */
function readOwnedRoot(place: Place, ownedRoot: string): ExistingFile[] {
  const parts = ownedRoot.split("/");
  for (let count = 1; count <= parts.length; count++) {
    const path = parts.slice(0, count).join("/");
    const found = lstatSync(join(place.root, path), { throwIfNoEntry: false });
    if (found === undefined) return [];
    if (!found.isDirectory()) return [existingFile(place, path, found)];
  }
  const files: ExistingFile[] = [];
  collect(place, ownedRoot, files);
  return files;
}

function collect(place: Place, folder: string, files: ExistingFile[]): void {
  const entries = attempt(() => readdirSync(`${place.root}/${folder}`, { withFileTypes: true }));
  if (entries === undefined) {
    files.push({ path: folder, content: "", kind: "unreadable" });
    return;
  }
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (!entry.isDirectory()) files.push(existingFile(place, path, entry));
    else if (!entry.name.startsWith(".") && entry.name !== "node_modules")
      collect(place, path, files);
  }
}

function existingFile(
  { root, known }: Place,
  path: string,
  entry: Pick<Dirent, "isFile" | "isSymbolicLink">,
): ExistingFile {
  if (entry.isSymbolicLink()) return { path, content: "", kind: "symlink" };
  if (!entry.isFile()) return { path, content: "", kind: "special" };
  const full = `${root}/${path}`;
  const status = statusAt(full);
  const before = known.get(path);
  if (before !== undefined && before.status === status) return new KnownFile(root, path, before);
  const content = attempt(() => readFileSync(full, "utf8"));
  if (content === undefined || status === undefined)
    return { path, content: "", kind: "unreadable" };
  // What is whole now is known to the next run; line ends that git has changed do not count as whole here.
  return isAsRendered(content) && !content.includes("\r")
    ? { path, content, known: { status, marker: firstLine(content) } }
    : { path, content };
}

function statusAt(full: string): string | undefined {
  try {
    return statusOf(lstatSync(full));
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}

/** A file that is as the last run left it. */
export class KnownFile implements ExistingFile {
  readonly path: string;
  readonly known: KnownOutput;
  readonly #root: string;

  constructor(root: string, path: string, known: KnownOutput) {
    this.path = path;
    this.known = known;
    this.#root = root;
  }

  get content(): string {
    return attempt(() => readFileSync(`${this.#root}/${this.path}`, "utf8")) ?? "";
  }
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
