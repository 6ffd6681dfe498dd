/** What a pod does beyond the rules and its service does not say: the policies on the cluster refuse it. */
import type { Problem } from "../../problems/problem.ts";
import { isLooser } from "../../model/pod-security.ts";
import { allowedItems, allowsAnnotation, isAllowed } from "../../security/allowed.ts";
import { foundBreaches } from "../../security/breaches.ts";
import type { FoundBreach } from "../../security/breaches.ts";
import { securityRules } from "../../security/rules.ts";
import type { SecurityRuleName } from "../../security/rules.ts";
import { podSecurityLevel } from "../../security/level.ts";
import { containerKeys, problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isElsewhere } from "../origin.ts";
import { podsOf } from "../pods.ts";
import type { CheckedPod } from "../pods.ts";
import { backupAnnotations } from "../undeclared/backup-annotations.ts";
import { beyondService } from "../undeclared/beyond-service.ts";
import { reservedMetadata } from "../undeclared/reserved-metadata.ts";
import { switchedOff } from "../undeclared/switched-off.ts";
import { monitorFiles } from "../undeclared/monitor-files.ts";
import { monitorTargets } from "../undeclared/monitor-targets.ts";
import { patchedFields } from "../undeclared/patched-fields.ts";
import { undeclaredRights } from "../undeclared/rights.ts";
import { tokenSecrets } from "../undeclared/token-secrets.ts";
import { text } from "../../model/reading.ts";

/** Those have a finding of their own. */
const toldElsewhere: ReadonlySet<SecurityRuleName> = new Set(["image", "memory-limit"]);

/** Problems: MANIFEST_UNDECLARED, one for each rule and container, right, annotation of a Namespace, token, file or target of Prometheus, annotation of backups, field that a patch changes, and object or patch that goes round RZP. */
export function undeclared(tree: CheckedTree): Problem[] {
  return [
    ...podsOf(tree).flatMap(ofPod),
    ...undeclaredRights(tree),
    ...exceptions(tree),
    ...beyondService(tree),
    ...reservedMetadata(tree),
    ...switchedOff(tree),
    ...monitorFiles(tree),
    ...monitorTargets(tree),
    ...backupAnnotations(tree),
    ...patchedFields(tree),
    ...tokenSecrets(tree),
  ];
}

function ofPod(pod: CheckedPod): Problem[] {
  const { service } = pod.object.release;
  const isOutside = isElsewhere(pod.object);
  if (!isOutside && pod.object.manifest.namespace !== service.namespace) return [];
  // What a service says holds in its own namespace.
  const level = isOutside ? "restricted" : podSecurityLevel(service);
  const broken = foundBreaches(pod).filter(
    // More than the namespace enforces is told by MANIFEST_POD_SECURITY.
    ({ rule, needs, subject }) =>
      !toldElsewhere.has(rule) &&
      !isLooser(needs, level) &&
      (isOutside || !isAllowed(service, { rule, labels: pod.labels, container: subject })),
  );
  const first = new Map(broken.toReversed().map((breach) => [subjectOf(breach), breach]));
  return [...new Set(broken.map(subjectOf))].flatMap((key) => {
    const breach = first.get(key);
    return breach === undefined ? [] : [problem(pod, breach)];
  });
}

const subjectOf = ({ rule, subject }: FoundBreach) => `${rule} ${subject ?? ""}`;

function problem(
  { object, path }: CheckedPod,
  { rule, what, path: own, subject }: FoundBreach,
): Problem {
  return problemIn(object, {
    code: "MANIFEST_UNDECLARED",
    path: [...path, ...own],
    field: containerKeys(object, subject ?? ""),
    message: `${subject === undefined ? "the pod" : `container ${subject}`}: ${what}, and its service does not say so`,
    found: rule,
    expected: securityRules[rule].says,
    fix: fixOf(object, securityRules[rule].loosenedBy),
  });
}

/** Some rules no field loosens: `nothing`, and what is done instead. */
function fixOf(object: CheckedObject, loosenedBy: string): string {
  const [, instead] = /^nothing: (.+)$/.exec(loosenedBy) ?? [];
  if (instead !== undefined) return `take it out, as no field allows it: ${instead}`;
  return isElsewhere(object)
    ? "take it out, or let the pod run in the service's own namespace, where its fields can say it"
    : `take it out, or say it: ${loosenedBy}`;
}

/** What policies on the cluster and others read of the Namespace is RZP's: written by hand it would loosen a rule without a word. */
function exceptions(tree: CheckedTree): Problem[] {
  return tree.ofKind("/Namespace").flatMap((object) => {
    const { service } = object.release;
    if (object.manifest.name !== service.namespace) return [];
    return annotations(object, allowedItems(service).join(" "));
  });
}

function annotations(object: CheckedObject, expected: string): Problem[] {
  const found = text(object.tree, "metadata", "annotations", allowsAnnotation);
  if ((found ?? "") === expected) return [];
  return [
    problemIn(object, {
      code: "MANIFEST_UNDECLARED",
      path: ["metadata", "annotations", allowsAnnotation],
      field: [],
      message: "its annotation allows another thing than its service declares",
      found: found ?? "none",
      expected: expected === "" ? "none" : expected,
      fix: "take it out, and say what a container needs with its reason in security",
    }),
  ];
}
