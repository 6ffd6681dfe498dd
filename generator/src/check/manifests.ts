/** All rules on rendered objects, over all environments. */
import type { Asked, RenderedRelease } from "../model/rendered.ts";
import type { Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { checkedTree } from "./objects.ts";
import type { CheckedTree } from "./objects.ts";
import { apiVersions } from "./rules/api-version.ts";
import { argocdKinds } from "./rules/argocd-kind.ts";
import { danglingReferences } from "./rules/dangling-reference.ts";
import { defaultDeny } from "./rules/default-deny.ts";
import { duplicates } from "./rules/duplicate.ts";
import { floatingTags } from "./rules/floating-tag.ts";
import { missingProbes } from "./rules/missing-probe.ts";
import { missingResources } from "./rules/missing-resources.ts";
import { routesUnheard } from "./rules/no-listener.ts";
import { oneWriter } from "./rules/one-writer.ts";
import { patchesUnmatched } from "./rules/patch-unmatched.ts";
import { podSecurity } from "./rules/pod-security.ts";
import { podsUnmatched } from "./rules/pods-unmatched.ts";
import { secretMaterial } from "./rules/secret-material.ts";
import { secretPaths } from "./rules/secret-paths.ts";
import { undeclared } from "./rules/security-undeclared.ts";
import { metricsWithoutProducer } from "./metrics.ts";
import { isAnsweredAlike, viewOf } from "./view.ts";

/** In: objects as seen from one release; a rule goes over `objects` and `ofKind`, and asks for others by the rest. */
export type Rule = (tree: CheckedTree) => readonly Problem[];

/** Every rule on the objects of a release, by the code of what it finds. Duplicates and patches are looked at among all. */
const rules = {
  MANIFEST_RESOURCES_MISSING: missingResources,
  MANIFEST_PROBE_MISSING: missingProbes,
  MANIFEST_FLOATING_TAG: floatingTags,
  MANIFEST_POD_SECURITY: podSecurity,
  MANIFEST_UNDECLARED: undeclared,
  MANIFEST_DANGLING_REFERENCE: danglingReferences,
  MANIFEST_SECRET_MATERIAL: secretMaterial,
  MANIFEST_SECRET_PATH: secretPaths,
  MANIFEST_API_VERSION: apiVersions,
  MANIFEST_ONE_WRITER: oneWriter,
  MANIFEST_ARGOCD_KIND: argocdKinds,
  MANIFEST_PODS_UNMATCHED: podsUnmatched,
  MANIFEST_NO_LISTENER: routesUnheard,
  MANIFEST_NO_DEFAULT_DENY: defaultDeny,
} as const satisfies Readonly<Record<string, Rule>>;

/** How many there are, with those over all objects: duplicates, patches, metrics. They wait until all files are right. */
export const manifestRuleCount = Object.keys(rules).length + 3;

export interface Checked {
  readonly problems: readonly Problem[];
  /** What was asked about others for each release that nothing was found in. */
  readonly clean: ReadonlyMap<Release, Asked>;
}

/** In: rendered releases, and what was asked for those of them that were clean before. Out: findings of every rule. */
export function checkReleases(
  releases: readonly RenderedRelease[],
  cleanBefore: (release: Release) => Asked | undefined,
): Checked {
  const tree = checkedTree(releases);
  const problems = [
    ...duplicates(tree),
    ...patchesUnmatched(tree),
    ...metricsWithoutProducer(releases),
  ];
  const clean = new Map<Release, Asked>();
  for (const [release, own] of Map.groupBy(tree.objects, (object) => object.release)) {
    const before = cleanBefore(release);
    if (before !== undefined && isAnsweredAlike(tree, release, before)) {
      clean.set(release, before);
      continue;
    }
    const view = viewOf(tree, release, own);
    const found = Object.values(rules).flatMap((rule) => rule(view.tree));
    problems.push(...found);
    if (found.length === 0) clean.set(release, view.asked());
  }
  return { problems, clean };
}
