/** Keeps the text of rendered files that somebody edited: a render replaces them, and git may not know the edit. */
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { WritePlan } from "../output/files.ts";
import type { Problem } from "../problems/problem.ts";
import { fileProblem } from "./file-problem.ts";
import { handEdited } from "./plan-problems.ts";
import { sourceOf } from "./plan.ts";
import { untouched } from "./targets.ts";

/**
 * In: a plan that is about to be carried out, what is to be told of it. Out: the same problems, and each WRITE_HAND_EDITED names the copy
 * that was made; a problem of writing a file when one could not be made, and then nothing may be replaced.
 */
export function keepHandEdited(
  root: string,
  stateFolder: string,
  { plan, problems }: { readonly plan: WritePlan; readonly problems: readonly Problem[] },
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
    const write = plan.writes.find((one) => one.path === file);
    return handEdited(file, {
      source: sourceOf(write ?? { content: readFileSync(copy, "utf8") }),
      fate: write === undefined ? "removed" : "replaced",
      copy: shown,
    });
  });
}
