/**
 * Completes what an interrupted run began. When the tree has changed since in a way the run did not
 * foresee (somebody checked out another branch, or put a file there), the rest of the run is dropped
 * instead: every file is whole either way, and rendering again gives the right tree.
 */
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Problem } from "../problems/problem.ts";
import { isConflictedOutput } from "../output/conflict.ts";
import {
  completeJournal,
  dropJournal,
  journalPath,
  readJournal,
  stagingPath,
  type Journal,
} from "./journal.ts";
import { hasMarker, isAsRendered } from "../output/marker.ts";
import { parentOf } from "./paths.ts";

/**
 * To be called with the lock held. Comes back with WRITE_RUN_COMPLETED or WRITE_RUN_DROPPED as
 * warnings, or as an error with what the file system refused; the journal then stays.
 */
export function recoverLocked(root: string, stateFolder: string): Problem[] {
  const journal = readJournal(stateFolder);
  if (journal === undefined) {
    dropJournal(stateFolder);
    return [];
  }
  const place = relative(root, journalPath(stateFolder));
  const reason =
    journal === "damaged" ? "its journal is damaged" : findDoubt(root, stateFolder, journal);
  if (journal === "damaged" || reason !== undefined) {
    dropJournal(stateFolder);
    return [runDropped(place, reason ?? "")];
  }
  const problems = completeJournal(root, stateFolder, journal);
  return problems.length > 0 ? problems : [runCompleted(place, journal)];
}

/** Why the rest of a run is better not carried out. */
function findDoubt(root: string, stateFolder: string, journal: Journal): string | undefined {
  for (const { from, to } of journal.moves) {
    const staged = join(stagingPath(stateFolder), from);
    const kind = kindOf(staged);
    if (kind === undefined) continue;
    if (!isWhole(staged)) return `what it prepared for "${to}" did not survive`;
    if (!isFolderChain(root, parentOf(to))) return `the folder of "${to}" is gone`;
    if (!(kind === "folder" ? isEmptyPlace(join(root, to)) : isReplaceable(join(root, to)))) {
      return `something else is at "${to}" by now`;
    }
  }
  for (const path of journal.removals) {
    if (!isFolderChain(root, parentOf(path))) continue;
    if (!isReplaceable(join(root, path))) return `something else is at "${path}" by now`;
  }
  return undefined;
}

/** A file, or each file of a folder, whose content is what its marker says. */
function isWhole(path: string): boolean {
  if (kindOf(path) !== "folder")
    return kindOf(path) === "file" && isAsRendered(readFileSync(path, "utf8"));
  return readdirSync(path).every((name) => isWhole(join(path, name)));
}

function isReplaceable(path: string): boolean {
  const kind = kindOf(path);
  if (kind !== "file") return kind === undefined;
  const text = readFileSync(path, "utf8");
  return hasMarker(text) || isConflictedOutput(text);
}

function isEmptyPlace(path: string): boolean {
  const kind = kindOf(path);
  return kind === undefined || (kind === "folder" && readdirSync(path).length === 0);
}

function isFolderChain(root: string, folder: string): boolean {
  return (
    folder === "" ||
    (isFolderChain(root, parentOf(folder)) && kindOf(join(root, folder)) === "folder")
  );
}

function kindOf(path: string): "file" | "folder" | "other" | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (found.isDirectory()) return "folder";
  return found.isFile() ? "file" : "other";
}

function runCompleted(place: string, journal: Journal): Problem {
  const writes = `${journal.moves.length} written, ${journal.removals.length} removed`;
  return {
    code: "WRITE_RUN_COMPLETED",
    severity: "warning",
    message: `An earlier run was interrupted while it wrote files (${writes}); it is complete now.`,
    place: { file: place },
    fix: "Nothing to do. `git status` shows what that run changed.",
  };
}

function runDropped(place: string, reason: string): Problem {
  return {
    code: "WRITE_RUN_DROPPED",
    severity: "warning",
    message: `An earlier run was interrupted while it wrote files and is not completed: ${reason}.`,
    place: { file: place },
    fix: "Run `npm run render`: it makes the rendered files agree with the authored ones again.",
  };
}
