/** Keeps the text of rendered files that somebody edited: a render replaces them, and git may not know the edit. */
import { copyFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import type { Problem } from "../problems/problem.ts";
import { fileProblem } from "./file-problem.ts";
import { untouched } from "./targets.ts";

/**
 * In: problems of a plan that is about to be carried out. Out: the same, and each WRITE_HAND_EDITED names the copy
 * that was made; a problem of writing a file when one could not be made, and then nothing may be replaced.
 */
export function keepHandEdited(
  root: string,
  stateFolder: string,
  problems: readonly Problem[],
): Problem[] {
  return problems.map((problem) => {
    if (problem.code !== "WRITE_HAND_EDITED") return problem;
    const { file } = problem.place;
    const copy = path.join(stateFolder, "hand-edited", file);
    const shown = path.relative(root, copy).split(path.sep).join("/");
    try {
      mkdirSync(path.dirname(copy), { recursive: true });
      copyFileSync(path.join(root, file), copy);
    } catch (error) {
      return fileProblem(error, shown, untouched);
    }
    return {
      ...problem,
      fix: `${problem.fix?.split(";")[0]}; the edited text is kept as ${shown}.`,
    };
  });
}
