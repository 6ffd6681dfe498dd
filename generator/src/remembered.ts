/** The model's judgements of earlier runs: while they suffice, the model itself is not loaded. */
import type { Memory } from "./cache/memory.ts";
import { asTree } from "./model/data.ts";
import type { Judge, Judged } from "./problems/judge.ts";
import { InternalError } from "./problems/problem.ts";

/** Something was never judged before, or not well. */
export class Unjudged extends Error {}

/** A judge that knows what was right before, and stops at everything else. */
export function remembered(memory: Memory): Judge {
  const recall = (...madeOf: readonly unknown[]): Judged => {
    const found = memory.recall(madeOf);
    if (found === undefined) throw new Unjudged();
    return { data: found.made, problems: [], rejections: [] };
  };
  return {
    value: (what, value) => recall(what, value),
    overlay: ({ base }, value) => recall("overlay", base.kind, value),
    merged: (merging) => recall(...partsOf(merging)),
    withTiers: () => {
      throw new InternalError("nothing is refused that is remembered");
    },
  };
}

/** The same judge, whose judgements are remembered where all is right. */
export function remembering(judge: Judge, memory: Memory): Judge {
  const learn = (judged: Judged, ...madeOf: readonly unknown[]) => {
    if ("data" in judged && judged.problems.length === 0) memory.learn(madeOf, judged.data);
    return judged;
  };
  return {
    value: (what, value, file) => learn(judge.value(what, value, file), what, value),
    overlay: (overlaid, value) =>
      learn(judge.overlay(overlaid, value), "overlay", overlaid.base.kind, value),
    merged: (merging) => learn(judge.merged(merging), ...partsOf(merging)),
    withTiers: judge.withTiers,
  };
}

/** In: what a file exports, and what it describes as the thread that ran it has judged. */
export function learnValue(memory: Memory, exported: unknown, data: unknown): void {
  const { rzp, spec } = asTree(exported);
  memory.learn([rzp, spec], data);
}

const partsOf = ({ base, overlay }: Parameters<Judge["merged"]>[0]) => [
  "merged",
  base.kind,
  base.spec,
  overlay.spec,
  overlay.remove,
];
