/** All rules on rendered objects, over all environments. */
import type { RenderedRelease } from "../argocd/tree.ts";
import type { Problem } from "../problems/problem.ts";

/** In: rendered releases. Out: findings of every rule. */
export function checkManifests(releases: readonly RenderedRelease[]): Problem[] {
  void releases;
  return [];
}
