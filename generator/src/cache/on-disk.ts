/** What is at a place of the tree. What cannot be looked at is not there: a link that leads nowhere, or round in a circle. */
import { readdirSync, statSync } from "node:fs";
import type { Dirent, Stats } from "node:fs";
import path from "node:path";

/** Something that is a file, and not a folder of that name. */
export const isFile = (root: string, file: string): boolean => found(root, file)?.isFile() === true;

export const isFolder = (root: string, folder: string): boolean =>
  found(root, folder)?.isDirectory() === true;

/** A pipe, a socket or a device, or a link to one: whoever reads it may wait for ever. */
export function isSpecial(root: string, place: string): boolean {
  const there = found(root, place);
  return there !== undefined && !there.isFile() && !there.isDirectory();
}

/** What is in a folder and not hidden, as editors hide what they put beside a file; nothing in what is no folder. */
export function entriesIn(root: string, folder: string): Dirent[] {
  if (!isFolder(root, folder)) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith("."))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Every file below a folder, from the root, sorted; links are followed. */
export function followedFiles(root: string, folder: string): string[] {
  return entriesIn(root, folder)
    .flatMap(({ name }) => {
      const place = `${folder}/${name}`;
      return isFile(root, place) ? [place] : followedFiles(root, place);
    })
    .sort();
}

function found(root: string, place: string): Stats | undefined {
  try {
    return statSync(path.join(root, place), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
