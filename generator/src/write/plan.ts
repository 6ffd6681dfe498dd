/**
 * What has to change on disk so that the tree holds exactly what was rendered. Pure: it compares
 * two lists of files. Only files that bear the marker are ever replaced or removed.
 */
import { hasErrors, InternalError, type Problem } from "../problems/problem.ts";
import { isConflictedOutput } from "../output/conflict.ts";
import type { ExistingFile, OutputFile, PlannedWrite, WritePlan } from "../output/files.ts";
import { hasMarker, isAsRendered, markerOf, readMarker } from "../output/marker.ts";
import { findObstacles, foldersAbove, isRepositoryPath } from "./paths.ts";
import {
  duplicatePath,
  foreignFile,
  handEdited,
  unknownFile,
  unmergedConflict,
} from "./plan-problems.ts";

export interface PlanRoots {
  /** Emptied folders are removed below these only. Default: below each path's first folder. */
  readonly owned?: readonly string[];
  /** Folders where authored files live beside generated ones, so that one without marker is no news. */
  readonly shared?: readonly string[];
  /** Says whether a file at this path would be deployed, whoever wrote it. Default: none is. */
  readonly isDeployed?: (path: string) => boolean;
}

/**
 * Compares the wanted files with those on disk. Comes back with WRITE_FOREIGN_FILE, WRITE_DUPLICATE_PATH,
 * WRITE_PATH_BLOCKED as errors, and then plans nothing at all; WRITE_HAND_EDITED,
 * WRITE_UNMERGED_CONFLICT, WRITE_UNKNOWN_FILE, WRITE_UNKNOWN_DEPLOYED as warnings. Every list is sorted by path.
 */
export function planWrites(
  wanted: readonly OutputFile[],
  existing: readonly ExistingFile[],
  roots: PlanRoots = {},
): WritePlan {
  wanted.forEach(assertRendered);
  const files = wanted.toSorted(byPath);
  const present = new Map(existing.map((file) => [file.path, file]));
  const writes = files.flatMap((file) => toWrite(file, present.get(file.path)));
  const rest = sortLeftovers(files, existing, roots.shared ?? []);
  const problems = [
    ...duplicateProblems(files),
    ...findObstacles(files, present),
    ...writes.flatMap((write) => overwriteProblems(write, present.get(write.path))),
    ...rest.removals.flatMap(removalProblems),
    ...rest.foreign.map((path) => unknownFile(path, roots.isDeployed?.(path) ?? false)),
  ];
  const unchanged = files.length - writes.length;
  if (hasErrors(problems)) return { writes: [], removals: [], folders: [], unchanged, problems };
  const removals = rest.removals.map((file) => file.path);
  const folders = emptiedFolders(removals, [...files, ...existing], roots.owned);
  return { writes, removals, folders, unchanged, problems };
}

function assertRendered(file: OutputFile): void {
  if (!isRepositoryPath(file.path)) {
    throw new InternalError(`"${file.path}" is no path inside the repository.`);
  }
  assertMarker(file, markerOf(file));
}

function assertMarker({ path }: OutputFile, text: string): void {
  if (!hasMarker(text)) throw new InternalError(`"${path}" was rendered without a marker.`);
}

function toWrite(file: OutputFile, found: ExistingFile | undefined): PlannedWrite[] {
  if (found?.kind === undefined && found !== undefined && isSame(file, found)) return [];
  // Asked for while nothing is written yet: of a file that was made before, what was kept may be gone.
  assertMarker(file, file.content);
  return [new WriteOf(file, found === undefined ? "create" : "update")];
}

class WriteOf implements PlannedWrite {
  readonly kind: PlannedWrite["kind"];
  readonly #file: OutputFile;

  constructor(file: OutputFile, kind: PlannedWrite["kind"]) {
    this.#file = file;
    this.kind = kind;
  }

  get path(): string {
    return this.#file.path;
  }

  get marker(): string {
    return markerOf(this.#file);
  }

  get content(): string {
    return this.#file.content;
  }
}

/** The first line of a generated file holds the hash of the others. */
function isSame(file: OutputFile, found: ExistingFile): boolean {
  return found.known === undefined
    ? found.content === file.content
    : found.known.marker === markerOf(file);
}

/** Names that differ in case only count too: they are one file on a Mac. */
function duplicateProblems(files: readonly OutputFile[]): Problem[] {
  const seen = new Map<string, OutputFile>();
  return files.flatMap((file) => {
    const key = file.path.toLowerCase();
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, file);
      return [];
    }
    const spelling = first.path === file.path ? undefined : first.path;
    return [duplicatePath(file.path, [sourceOf(first), sourceOf(file)], spelling)];
  });
}

/** Links and special files are found as obstacles, so only ordinary files are looked at. */
function overwriteProblems(write: PlannedWrite, found: ExistingFile | undefined): Problem[] {
  if (found === undefined || found.kind !== undefined) return [];
  if (isConflictedOutput(found.content)) return [unmergedConflict(write.path, "rendered again")];
  if (!hasMarker(found.content)) return [foreignFile(write.path)];
  return isAsRendered(found.content)
    ? []
    : [handEdited(write.path, { source: sourceOf(write), fate: "replaced" })];
}

function removalProblems(file: ExistingFile): Problem[] {
  if (isConflictedOutput(file.content)) return [unmergedConflict(file.path, "removed")];
  return isAsRendered(file.content)
    ? []
    : [handEdited(file.path, { source: sourceOf(file), fate: "removed" })];
}

/** What is on disk and no longer wanted: ours to remove, or somebody else's to name. */
function sortLeftovers(
  files: readonly OutputFile[],
  existing: readonly ExistingFile[],
  shared: readonly string[],
): { removals: ExistingFile[]; foreign: string[] } {
  const wantedPaths = new Set(files.map((file) => file.path));
  // What is where a folder belongs is told as an obstacle.
  const obstacles = foldersAbove(wantedPaths);
  const leftovers = existing.filter((file) => !wantedPaths.has(file.path)).toSorted(byPath);
  const isOurs = (file: ExistingFile) =>
    file.kind === undefined && (hasMarker(file.content) || isConflictedOutput(file.content));
  const isNews = (path: string) =>
    !isHidden(path) &&
    !obstacles.has(path) &&
    !shared.some((folder) => path.startsWith(`${folder}/`));
  return {
    removals: leftovers.filter(isOurs),
    foreign: leftovers
      .filter((file) => !isOurs(file) && isNews(file.path))
      .map((file) => file.path),
  };
}

/** `.gitkeep`, `.gitattributes`, `.DS_Store`: nothing deploys them, so nobody needs to hear of them. */
function isHidden(path: string): boolean {
  return path.slice(path.lastIndexOf("/") + 1).startsWith(".");
}

function emptiedFolders(
  removals: readonly string[],
  files: readonly { readonly path: string }[],
  owned: readonly string[] | undefined,
): string[] {
  if (removals.length === 0) return [];
  const removed = new Set(removals);
  const kept = foldersAbove(files.map((file) => file.path).filter((path) => !removed.has(path)));
  const isBelowRoot = (folder: string) =>
    owned === undefined
      ? folder.includes("/")
      : owned.some((root) => folder.startsWith(`${root}/`));
  // A folder sorts before what is inside it, so the reverse has the deepest first.
  return [...foldersAbove(removals)]
    .filter((folder) => !kept.has(folder) && isBelowRoot(folder))
    .toSorted()
    .toReversed();
}

/** The authored file that the text of a generated one says it comes from. */
export function sourceOf(file: Pick<OutputFile, "content">): string {
  return readMarker(file.content)?.source ?? "its authored file";
}

function byPath(left: { readonly path: string }, right: { readonly path: string }): number {
  return left.path < right.path ? -1 : Number(left.path > right.path);
}
