/** All rules on rendered objects, over all environments. */
import type { Asked, CheckableRelease } from "../model/rendered.ts";
import type { ManifestHeader } from "../model/manifest.ts";
import type { Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { checkedObjects } from "./objects.ts";
import type { AllObjects, CheckedTree } from "./objects.ts";
import { addressesOutside } from "./rules/address-outside.ts";
import { apiVersions } from "./rules/api-version.ts";
import { argocdKinds } from "./rules/argocd-kind.ts";
import { claimedTwice } from "./rules/claimed-twice.ts";
import { danglingReferences } from "./rules/dangling-reference.ts";
import { unprotectedData } from "./rules/data-unprotected.ts";
import { defaultDeny } from "./rules/default-deny.ts";
import { blockedDrains } from "./rules/drain-blocked.ts";
import { duplicates } from "./rules/duplicate.ts";
import { namesOfEnvironments } from "./rules/environment-names.ts";
import { floatingTags } from "./rules/floating-tag.ts";
import { missingProbes } from "./rules/missing-probe.ts";
import { missingResources } from "./rules/missing-resources.ts";
import { foreignNamespaces } from "./rules/foreign-namespace.ts";
import { routesUnheard } from "./rules/no-listener.ts";
import { oneWriter } from "./rules/one-writer.ts";
import { patchesUnmatched } from "./rules/patch-unmatched.ts";
import { poolsOutside } from "./rules/pool-outside.ts";
import { readTwice } from "./rules/read-twice.ts";
import { podSecurity } from "./rules/pod-security.ts";
import { undeclaredPolicies } from "./rules/policy-undeclared.ts";
import { podsUnmatched } from "./rules/pods-unmatched.ts";
import { smallQuotas } from "./rules/quota-small.ts";
import { undeclaredRoutes } from "./rules/route-undeclared.ts";
import { secretMaterial } from "./rules/secret-material.ts";
import { secretPaths } from "./rules/secret-paths.ts";
import { undeclared } from "./rules/security-undeclared.ts";
import { isAnsweredAlike, questionsAbout, viewOf } from "./view.ts";
import type { Answering } from "./view.ts";
import { metricsUnmade } from "./brought-metrics.ts";
import { broughtRules } from "./brought-rules.ts";
import type { BroughtRule } from "./brought-rules.ts";
import { metricsWithoutProducer } from "./metrics.ts";
import { recordsTaken } from "./records.ts";
import { missingOperators } from "./operators.ts";

/** In: objects as seen from one release. A rule looks through its own by `objects` and `ofKind`, and asks about those of others by the other functions, which note the question. */
export type Rule = (tree: CheckedTree) => readonly Problem[];

/** Every rule on the objects of a release, by the code of what it finds. */
const rules = {
  MANIFEST_RESOURCES_MISSING: missingResources,
  MANIFEST_PROBE_MISSING: missingProbes,
  MANIFEST_FLOATING_TAG: floatingTags,
  MANIFEST_POD_SECURITY: podSecurity,
  MANIFEST_UNDECLARED: undeclared,
  NAMESPACE_FOREIGN: foreignNamespaces,
  MANIFEST_DANGLING_REFERENCE: danglingReferences,
  MANIFEST_SECRET_MATERIAL: secretMaterial,
  MANIFEST_SECRET_PATH: secretPaths,
  MANIFEST_API_VERSION: apiVersions,
  MANIFEST_ONE_WRITER: oneWriter,
  MANIFEST_ARGOCD_KIND: argocdKinds,
  MANIFEST_PODS_UNMATCHED: podsUnmatched,
  MANIFEST_NO_LISTENER: routesUnheard,
  MANIFEST_NO_DEFAULT_DENY: defaultDeny,
  MANIFEST_POOL_OUTSIDE: poolsOutside,
  MANIFEST_POLICY_UNDECLARED: undeclaredPolicies,
  MANIFEST_ROUTE_UNDECLARED: undeclaredRoutes,
  QUOTA_BELOW_REQUESTS: smallQuotas,
  MANIFEST_DRAIN_BLOCKED: blockedDrains,
  MANIFEST_DATA_UNPROTECTED: unprotectedData,
  MANIFEST_READ_TWICE: readTwice,
} as const satisfies Readonly<Record<string, Rule>>;

interface Together {
  readonly tree: AllObjects;
  readonly releases: readonly CheckableRelease[];
  /** Those that are not as they were in the run before: what two others do to each other was found then. */
  readonly changed: readonly CheckableRelease[];
  /** Objects of all that is not as it was then, as they were and as they are. */
  readonly touched: readonly ManifestHeader[];
  readonly brought: readonly BroughtRule[];
}

/** Every rule that needs all releases together, by the code of what it finds. */
const rulesTogether = {
  MANIFEST_DUPLICATE: ({ tree, releases, changed }) => [
    ...duplicates(tree, changed.flatMap(tree.of)),
    ...namesOfEnvironments(tree, releases),
  ],
  NAME_TAKEN: ({ tree, releases, changed, brought }) => [
    ...claimedTwice(tree, releases, changed),
    ...recordsTaken(brought, releases),
  ],
  ADDRESS_UNKNOWN: ({ tree, releases, changed, touched }) =>
    addressesOutside(tree, releases, { releases: changed, objects: touched }),
  MANIFEST_PATCH_UNMATCHED: ({ releases }) => patchesUnmatched(releases),
  METRIC_WITHOUT_PRODUCER: ({ releases, brought }) => [
    ...metricsWithoutProducer(releases),
    ...metricsUnmade(brought, releases),
  ],
  OPERATOR_MISSING: ({ releases }) => missingOperators(releases),
} as const satisfies Readonly<Record<string, (together: Together) => readonly Problem[]>>;

/** How many rules there are. They wait until all files are right. */
export const manifestRuleCount = Object.keys({ ...rules, ...rulesTogether }).length;

export interface Checked {
  readonly problems: readonly Problem[];
  /** Releases without a finding, each with what its rules asked about others; `before` where that is what they asked in the run before. */
  readonly clean: ReadonlyMap<Release, Asked | "before">;
}

/** What is known of an earlier look at the releases. */
export interface CheckedBefore {
  /** What was asked for a release that is the same as then and was clean. */
  readonly asked: (release: Release) => Asked | undefined;
  /** The same questions without their answers, where all releases were looked at together. */
  readonly questions: (release: Release) => readonly string[] | undefined;
  /** Releases that are not as they were then, as they were and as they are. */
  readonly changed: readonly Answering[];
}

/** In: rendered releases, and what is known of them. Out: findings of every rule. */
export function checkReleases(
  releases: readonly CheckableRelease[],
  before: CheckedBefore = nothingBefore,
): Checked {
  const tree = checkedObjects(releases);
  const isSame = ({ release }: CheckableRelease) => before.questions(release) !== undefined;
  const changed = releases.filter((rendered) => !isSame(rendered));
  const touched = before.changed.flatMap(({ objects }) => objects);
  const brought = broughtRules(tree, releases);
  const together = Object.values(rulesTogether).flatMap((rule) =>
    rule({ tree, releases, changed, touched, brought }),
  );
  const problems = [...together];
  const clean = new Map<Release, Asked | "before">();
  const answeredAnew = questionsAbout(before.changed);
  for (const rendered of releases) {
    const { release } = rendered;
    if (before.questions(release)?.every((question) => !answeredAnew.has(question)) === true) {
      clean.set(release, "before");
      continue;
    }
    const asked = before.asked(release);
    if (asked !== undefined && isAnsweredAlike(tree, release, asked)) {
      clean.set(release, "before");
      continue;
    }
    const own = tree.of(rendered);
    const view = viewOf(tree, release, own);
    const found = Object.values(rules).flatMap((rule) => rule(view.tree));
    // Few of them are asked about by others; a thousand services would be held in memory parsed.
    for (const object of own) object.forget();
    problems.push(...found);
    if (found.length === 0) clean.set(release, view.asked());
  }
  // A warning is told again until it is mended: who has one is looked at by the next run as well.
  for (const release of clean.keys())
    if (together.some((problem) => isAbout(problem, release))) clean.delete(release);
  return { problems, clean };
}

const isAbout = ({ place, environments = [] }: Problem, { service, facts }: Release) =>
  place.file === service.file && environments.includes(facts.name);

const nothingBefore: CheckedBefore = {
  asked: () => undefined,
  questions: () => undefined,
  changed: [],
};
