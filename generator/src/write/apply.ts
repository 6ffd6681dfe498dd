/**
 * The only place that changes generated files of an environment. All new contents are staged beside it, the journal says what
 * is to happen, then every file is renamed into place, then the removals: see journal.ts for
 * what that survives. A folder that is new is staged as a whole and takes one rename.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { InternalError, type Problem } from "../problems/problem.ts";
import { fileProblem } from "./file-problem.ts";
import {
  completeJournal,
  journalPath,
  stagingPath,
  writeJournal,
  type Journal,
} from "./journal.ts";
import { parentOf } from "./paths.ts";
import type { PlannedWrite, WritePlan } from "../output/files.ts";
import { inspectTargets, untouched } from "./targets.ts";

export interface ApplyOptions {
  /** `<root>/.rzp`: on the same file system as the tree, and ignored by git. */
  readonly stateFolder: string;
}

interface StagedFile {
  readonly write: PlannedWrite;
  /** Its path inside the staging folder. */
  readonly staged: string;
}

/**
 * Makes the tree what the plan says, all of it or nothing. Call it inside `withRepositoryLock`. Comes
 * back with WRITE_PATH_BLOCKED, WRITE_NO_SPACE, WRITE_NOT_WRITABLE, WRITE_OTHER_FILE_SYSTEM,
 * WRITE_NAME_TOO_LONG or WRITE_FAILED; each says whether the tree is as it was or half done.
 */
export async function applyWrites(
  root: string,
  plan: WritePlan,
  { stateFolder }: ApplyOptions,
): Promise<{ readonly problems: readonly Problem[] }> {
  if (plan.writes.length === 0 && plan.removals.length === 0) return { problems: [] };
  if (existsSync(journalPath(stateFolder))) {
    throw new InternalError(
      "A journal is waiting: recover it before the tree is read and planned.",
    );
  }
  const { newFolders, problems } = inspectTargets(root, plan, stateFolder);
  if (problems.length > 0) return { problems };
  const { files, moves } = nameStaged(plan.writes, newFolders);
  const journal: Journal = {
    version: 1,
    moves,
    removals: [...plan.removals],
    folders: [...plan.folders],
  };
  const refused = stage(root, stateFolder, files, journal);
  return { problems: refused ?? completeJournal(root, stateFolder, journal) };
}

/**
 * Gives each file its place in the staging folder: a number of its own, or its path below the
 * topmost folder that is new, which has the number.
 */
function nameStaged(
  writes: readonly PlannedWrite[],
  newFolders: ReadonlySet<string>,
): { files: StagedFile[]; moves: Journal["moves"] } {
  const moves = new Map<string, { from: string; to: string }>();
  const files = writes.map((write) => {
    const to = topmostNew(write.path, newFolders);
    const move = moves.get(to) ?? { from: String(moves.size), to };
    moves.set(to, move);
    return { write, staged: move.from + write.path.slice(to.length) };
  });
  return { files, moves: [...moves.values()] };
}

function topmostNew(path: string, newFolders: ReadonlySet<string>): string {
  const folder = parentOf(path);
  return newFolders.has(folder) ? topmostNew(folder, newFolders) : path;
}

/** Until the journal is there the tree is untouched, so whatever fails here is simply cleared away. */
function stage(
  root: string,
  stateFolder: string,
  files: readonly StagedFile[],
  journal: Journal,
): Problem[] | undefined {
  const staging = stagingPath(stateFolder);
  const folders = new Set<string>();
  let current = relative(root, staging);
  try {
    rmSync(staging, { recursive: true, force: true });
    mkdirSync(staging, { recursive: true });
    for (const { write, staged } of files) {
      current = write.path;
      const folder = parentOf(staged);
      if (folder !== "" && !folders.has(folder)) {
        mkdirSync(join(staging, folder), { recursive: true });
        folders.add(folder);
      }
      writeFileSync(`${staging}/${staged}`, write.content);
    }
    current = relative(root, journalPath(stateFolder));
    writeJournal(stateFolder, journal);
    return undefined;
  } catch (error) {
    const problem = fileProblem(error, current, untouched);
    rmSync(journalPath(stateFolder), { force: true });
    rmSync(staging, { recursive: true, force: true });
    return [problem];
  }
}
