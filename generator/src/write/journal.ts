/**
 * The journal: what a run that has staged its files is about to do to the tree. Once it exists the
 * run counts as done, because whoever finds it carries it out to the end.
 *
 * What is covered: the process may be killed anywhere, and no file is torn, since each is complete
 * before it is renamed into place. A power cut is covered as far as it is cheap: the journal and its
 * folder are flushed to disk before the tree is touched, the staged files are not (5,400 flushes take
 * two seconds). Files may then come back empty; the hash in the marker tells, and recovery drops the run
 * instead of putting them in place. All of it can be rendered again at any time.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { asTree } from "../model/data.ts";
import type { Problem } from "../problems/problem.ts";
import { fileProblem, isFileError } from "./file-problem.ts";
import { isRepositoryPath } from "./paths.ts";

export interface Journal {
  readonly version: 1;
  /** A file, or a whole new folder, from its name in the staging folder to its place in the tree. */
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  readonly removals: readonly string[];
  /** Folders the removals leave empty, deepest first. */
  readonly folders: readonly string[];
}

/** By hand: a schema library would be loaded for every run, and next to none finds a journal. */
function isJournal(value: unknown): value is Journal {
  const { version, moves, removals, folders } = asTree(value);
  const arePaths = (list: unknown) =>
    Array.isArray(list) && list.every((one) => typeof one === "string" && isRepositoryPath(one));
  return (
    version === 1 &&
    Array.isArray(moves) &&
    moves.every((move) => arePaths([asTree(move)["from"], asTree(move)["to"]])) &&
    arePaths(removals) &&
    arePaths(folders)
  );
}

/** Where the journal of a write that is under way stands. */
export const journalPath = (stateFolder: string): string => join(stateFolder, "journal.json");

/** Where files wait until all of them are complete. */
export const stagingPath = (stateFolder: string): string => join(stateFolder, "staged");

/** Writes the journal in one step: it is there complete, and on disk, or not at all. */
export function writeJournal(stateFolder: string, journal: Journal): void {
  const draft = join(stagingPath(stateFolder), "journal.json");
  const file = openSync(draft, "w");
  try {
    writeFileSync(file, JSON.stringify(journal));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, journalPath(stateFolder));
  flushFolder(stateFolder);
}

/** Undefined when there is none, "damaged" when it is not what `writeJournal` writes. */
export function readJournal(stateFolder: string): Journal | "damaged" | undefined {
  if (!existsSync(journalPath(stateFolder))) return undefined;
  try {
    const parsed: unknown = JSON.parse(readFileSync(journalPath(stateFolder), "utf8"));
    return isJournal(parsed) ? parsed : "damaged";
  } catch (error) {
    if (error instanceof SyntaxError) return "damaged";
    throw error;
  }
}

/**
 * Carries out a journal, or what is left of it, and removes it. When the file system refuses, the journal
 * stays for the next command, and the problem says so.
 */
export function completeJournal(root: string, stateFolder: string, journal: Journal): Problem[] {
  const staging = stagingPath(stateFolder);
  let current = "";
  try {
    for (const { from, to } of journal.moves) {
      current = to;
      moveIntoPlace(join(staging, from), join(root, to));
    }
    for (const removal of journal.removals) {
      current = removal;
      unlessGone(() => unlinkSync(join(root, removal)));
    }
    for (const folder of journal.folders) {
      current = folder;
      unlessFilled(() => rmdirSync(join(root, folder)));
    }
    current = relative(root, journalPath(stateFolder));
    dropJournal(stateFolder);
    return [];
  } catch (error) {
    return [fileProblem(error, current, stoppedHalfway(root, stateFolder))];
  }
}

/** Removes the journal and then what is staged; a staging folder without journal means nothing. */
export function dropJournal(stateFolder: string): void {
  rmSync(journalPath(stateFolder), { force: true });
  rmSync(stagingPath(stateFolder), { recursive: true, force: true });
}

function stoppedHalfway(root: string, stateFolder: string): string {
  const journal = relative(root, journalPath(stateFolder));
  const rest = `The next command completes this run; or delete ${journal} and render again.`;
  return `Part of the files may be in place already. ${rest}`;
}

function moveIntoPlace(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // A run that was interrupted has moved it already.
    if (isFileError(error) && error.code === "ENOENT" && !existsSync(from)) return;
    throw error;
  }
}

function unlessGone(remove: () => void): void {
  tolerate(["ENOENT"], remove);
}

/** Somebody may have put a file there since, or keeps a hidden folder there. */
function unlessFilled(remove: () => void): void {
  tolerate(["ENOENT", "ENOTEMPTY", "EEXIST"], remove);
}

function tolerate(codes: readonly string[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!isFileError(error) || !codes.includes(error.code)) throw error;
  }
}

function flushFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
