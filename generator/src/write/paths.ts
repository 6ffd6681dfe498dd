/** Paths inside the repository, relative to its root, and what may stand in the way of one. */
import type { Problem } from "../problems/problem.ts";
import { blockedPath } from "./plan-problems.ts";

interface Found {
  readonly path: string;
  readonly kind?: "symlink" | "special" | "unreadable";
}

const kindNames = {
  symlink: "a symbolic link",
  special: "something that is no ordinary file",
  unreadable: "something that cannot be read",
} as const;

/** Says whether a path is relative, clean and stays inside the repository. */
export function isRepositoryPath(path: string): boolean {
  return path !== "" && !/(?:^|\/)\.{0,2}(?:\/|$)|[\\\0]/.test(path);
}

/** The folder that holds a path; empty for one directly in the root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Every folder that holds one of the paths, at any height, without the root itself. */
export function foldersAbove(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    // Once a folder is known, so are the ones above it.
    for (
      let folder = parentOf(path);
      folder !== "" && !folders.has(folder);
      folder = parentOf(folder)
    ) {
      folders.add(folder);
    }
  }
  return folders;
}

/** Comes back with WRITE_PATH_BLOCKED for every wanted path with a folder, a link, or a file for a parent. */
export function findObstacles(
  wanted: readonly { readonly path: string }[],
  existing: ReadonlyMap<string, Found>,
): Problem[] {
  const isOrdinary = (found: Found | undefined) => found !== undefined && found.kind === undefined;
  // Nearly every file is there already, and then nothing is in its way.
  const others = wanted.filter(({ path }) => !isOrdinary(existing.get(path)));
  const folders = others.length === 0 ? new Set() : foldersAbove(existing.keys());
  const taken = others.flatMap(({ path }) => {
    const kind = existing.get(path)?.kind;
    if (kind !== undefined) return [blockedPath(path, path, kindNames[kind])];
    return folders.has(path) ? [blockedPath(path, path, "a folder")] : [];
  });
  const paths = new Set(wanted.map((file) => file.path));
  const wantedFolders = [...foldersAbove(paths)].filter(
    (path) => existing.has(path) || paths.has(path),
  );
  const shadowed = wantedFolders.flatMap((folder) => {
    const first = wanted.find((file) => file.path.startsWith(`${folder}/`));
    const kind = existing.get(folder)?.kind;
    const what = kind === undefined ? "a file" : kindNames[kind];
    return first === undefined ? [] : [blockedPath(first.path, folder, what)];
  });
  return [...taken, ...shadowed];
}
