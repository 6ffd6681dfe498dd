/** All rules on rendered objects, over all environments. */
import type { RenderedRelease } from "../argocd/tree.ts";
import type { Problem } from "../problems/problem.ts";
import { checkedTree } from "./objects.ts";
import type { CheckedTree } from "./objects.ts";
import { apiVersions } from "./rules/api-version.ts";
import { argocdKinds } from "./rules/argocd-kind.ts";
import { danglingReferences } from "./rules/dangling-reference.ts";
import { duplicates } from "./rules/duplicate.ts";
import { floatingTags } from "./rules/floating-tag.ts";
import { missingProbes } from "./rules/missing-probe.ts";
import { missingResources } from "./rules/missing-resources.ts";
import { oneWriter } from "./rules/one-writer.ts";
import { podSecurity } from "./rules/pod-security.ts";
import { podsUnmatched } from "./rules/pods-unmatched.ts";
import { secretMaterial } from "./rules/secret-material.ts";

export type Rule = (tree: CheckedTree) => readonly Problem[];

/** Every rule, by the code of what it finds. */
export const rules = {
  MANIFEST_DUPLICATE: duplicates,
  MANIFEST_RESOURCES_MISSING: missingResources,
  MANIFEST_PROBE_MISSING: missingProbes,
  MANIFEST_FLOATING_TAG: floatingTags,
  MANIFEST_POD_SECURITY: podSecurity,
  MANIFEST_DANGLING_REFERENCE: danglingReferences,
  MANIFEST_SECRET_MATERIAL: secretMaterial,
  MANIFEST_API_VERSION: apiVersions,
  MANIFEST_ONE_WRITER: oneWriter,
  MANIFEST_ARGOCD_KIND: argocdKinds,
  MANIFEST_PODS_UNMATCHED: podsUnmatched,
} as const satisfies Readonly<Record<string, Rule>>;

/** In: rendered releases. Out: findings of every rule. */
export function checkManifests(releases: readonly RenderedRelease[]): Problem[] {
  const tree = checkedTree(releases);
  return Object.values(rules).flatMap((rule) => rule(tree));
}
