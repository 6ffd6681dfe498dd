/** A pod that needs more than its namespace enforces is never created; one that needs more than its tier allows should not be. */
import { tiersFile } from "../../model/paths.ts";
import type { Problem } from "../../problems/problem.ts";
import { containerKeys, problemIn } from "../finding.ts";
import type { CheckedTree } from "../objects.ts";
import { isLooser, podSecurityLevels } from "../../model/pod-security.ts";
import { foundBreaches } from "../../security/breaches.ts";
import type { FoundBreach } from "../../security/breaches.ts";
import { securityRules } from "../../security/rules.ts";
import type { SecurityRuleName } from "../../security/rules.ts";
import type { PodSecurityLevel } from "../../model/pod-security.ts";
import { isElsewhere } from "../origin.ts";
import { podsOf } from "../pods.ts";
import type { CheckedPod } from "../pods.ts";
import { text } from "../../model/reading.ts";

/** Problems: MANIFEST_POD_SECURITY, one for each pod and limit, at the first thing that breaks it. */
export function podSecurity(tree: CheckedTree): Problem[] {
  return podsOf(tree).flatMap((pod) => {
    const loosenings = foundBreaches(pod);
    const place = isElsewhere(pod.object) ? elsewhere : aboveNamespace;
    return [...place(tree, pod, loosenings), ...aboveTier(pod, loosenings)];
  });
}

/** A namespace of nobody's service: nothing there says what its pods may do, so they may do nothing more. */
function elsewhere(
  _tree: CheckedTree,
  pod: CheckedPod,
  loosenings: readonly FoundBreach[],
): Problem[] {
  return above(pod, loosenings, "restricted", {
    message: (what, needs) =>
      `${what}, which needs the Pod Security level ${needs}; in a namespace that is not its service's, no pod may`,
    expected: "no more than restricted",
    fix: () =>
      "let it run in the service's own namespace, whose fields say what it needs and why, or have it put there by what sets up the cluster",
  });
}

function aboveNamespace(
  tree: CheckedTree,
  pod: CheckedPod,
  loosenings: readonly FoundBreach[],
): Problem[] {
  const { manifest, release } = pod.object;
  const namespace =
    manifest.namespace === undefined
      ? undefined
      : tree.find(release.facts.clusterName, "/Namespace", undefined, manifest.namespace);
  const enforced = levelOf(
    namespace === undefined
      ? undefined
      : text(namespace.tree, "metadata", "labels", "pod-security.kubernetes.io/enforce"),
  );
  // A namespace of somebody else has rules of its own.
  if (enforced === undefined) return [];
  return above(pod, loosenings, enforced, {
    message: (what, needs) =>
      `${what}, which needs the Pod Security level ${needs}; its namespace enforces ${enforced}, so no pod would be created`,
    expected: `no more than ${enforced}`,
    fix: (rule) => `take it out; the rule is loosened by ${securityRules[rule].loosenedBy}`,
  });
}

function aboveTier(pod: CheckedPod, loosenings: readonly FoundBreach[]): Problem[] {
  const { service, facts } = pod.object.release;
  const most = facts.tiers[service.tier]?.podSecurity ?? "privileged";
  return above(pod, loosenings, most, {
    message: (what, needs) =>
      `${what}, which needs the Pod Security level ${needs}; tier ${service.tier} allows ${most} at most`,
    expected: `no more than ${most}`,
    fix: () =>
      `take it out, move the service to another tier, or change podSecurity of ${service.tier} in ${tiersFile}`,
  });
}

interface Words {
  readonly message: (what: string, needs: PodSecurityLevel) => string;
  readonly expected: string;
  readonly fix: (rule: SecurityRuleName) => string;
}

function above(
  pod: CheckedPod,
  loosenings: readonly FoundBreach[],
  limit: PodSecurityLevel,
  { message, expected, fix }: Words,
): Problem[] {
  const worst = podSecurityLevels.findLast(
    (level) => isLooser(level, limit) && loosenings.some(({ needs }) => needs === level),
  );
  const first = loosenings.find(({ needs }) => needs === worst);
  if (first === undefined || worst === undefined) return [];
  const what =
    first.container === undefined ? first.what : `container ${first.container} ${first.what}`;
  const field =
    first.container === undefined
      ? containerKeys(pod.object, "")
      : containerKeys(pod.object, first.container);
  return [
    problemIn(pod.object, {
      code: "MANIFEST_POD_SECURITY",
      path: [...pod.path, ...first.path],
      field: [...field, "security"],
      message: message(what, worst),
      found: worst,
      expected,
      fix: fix(first.rule),
    }),
  ];
}

function levelOf(label: string | undefined): PodSecurityLevel | undefined {
  return podSecurityLevels.find((level) => level === label);
}
