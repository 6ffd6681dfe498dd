/** What a person does beside a push, in words. */
import { blockText } from "../argocd/remains-text.ts";
import type { ByHand } from "../check/by-hand.ts";

/** Empty when there is nothing. */
export function byHandText(steps: readonly ByHand[]): string {
  if (steps.length === 0) return "";
  const head =
    "\nMigrations let this through, and the API server refuses it until you do it, right after the push; point kubectl at the cluster that is named first:\n";
  const blocks = steps.map((step) => blockText(step, [step.what, ...step.commands]));
  // Several fields of one object are one step.
  return head + [...new Set(blocks)].join("");
}
