/** The part of a command that concerns writing: take the lock, read, plan, apply. */
import type { Problem } from "../../src/problems/problem.ts";
import { applyWrites } from "../../src/write/apply.ts";
import { planWrites } from "../../src/write/plan.ts";
import { readOwnedTree } from "../../src/write/read-tree.ts";
import { withRepositoryLock } from "../../src/write/repository-lock.ts";
import { renderState } from "./states.ts";

export interface RenderOnce {
  readonly root: string;
  readonly state: string;
  readonly size: number;
  readonly waitMs?: number;
  readonly beforeWriting?: () => void;
  readonly afterWriting?: () => void;
}

export async function renderOnce(options: RenderOnce): Promise<readonly Problem[]> {
  const { root, state, size, waitMs = 0, beforeWriting, afterWriting } = options;
  const stateFolder = `${root}/.rzp`;
  const wanted = renderState(state, size);
  const result = await withRepositoryLock(root, { stateFolder, waitMs }, async () => {
    const plan = planWrites(wanted, readOwnedTree(root, ["kubernetes"]), { owned: ["kubernetes"] });
    beforeWriting?.();
    const { problems } = await applyWrites(root, plan, { stateFolder });
    afterWriting?.();
    return [...plan.problems, ...problems];
  });
  return result.done ? [...result.problems, ...result.value] : result.problems;
}
