/** What a pod does beyond the rules and its service does not say: the policies on the cluster refuse it. */
import { pathText } from "../../problems/issues/text.ts";
import type { Problem } from "../../problems/problem.ts";
import { isLooser } from "../../model/pod-security.ts";
import { allowedItems, allowsAnnotation, isAllowed } from "../../security/allowed.ts";
import { forbiddenGrants } from "../../security/bindings.ts";
import { foundBreaches } from "../../security/breaches.ts";
import type { FoundBreach } from "../../security/breaches.ts";
import { securityRules } from "../../security/rules.ts";
import type { SecurityRuleName } from "../../security/rules.ts";
import {
  declaredPower,
  foundAggregations,
  foundPowers,
  foundWildcards,
} from "../../security/powers.ts";
import type { FoundPower } from "../../security/powers.ts";
import { podSecurityLevel } from "../../security/level.ts";
import { clusterScopedName } from "../../model/names.ts";
import { accountResource } from "../../model/powers.ts";
import { containerKeys, problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isElsewhere } from "../origin.ts";
import { podsOf } from "../pods.ts";
import type { Pod } from "../pods.ts";
import { beyondService } from "../undeclared/beyond-service.ts";
import { reservedMetadata } from "../undeclared/reserved-metadata.ts";
import { switchedOff } from "../undeclared/switched-off.ts";
import { text } from "../../model/reading.ts";

/** Those have a finding of their own. */
const toldElsewhere: ReadonlySet<SecurityRuleName> = new Set(["image", "memory-limit"]);

/** Problems: MANIFEST_UNDECLARED, one for each rule and container, power, grant, annotation of a Namespace, and object or patch that goes round RZP. */
export function undeclared(tree: CheckedTree): Problem[] {
  return [
    ...podsOf(tree).flatMap(ofPod),
    ...powers(tree),
    ...aggregations(tree),
    ...grants(tree),
    ...exceptions(tree),
    ...beyondService(tree),
    ...reservedMetadata(tree),
    ...switchedOff(tree),
  ];
}

function ofPod(pod: Pod): Problem[] {
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

function problem({ object, path }: Pod, { rule, what, path: own, subject }: FoundBreach): Problem {
  return problemIn(object, {
    code: "MANIFEST_UNDECLARED",
    path: [...path, ...own],
    field: containerKeys(object, subject ?? ""),
    message: `${subject === undefined ? "the pod" : `container ${subject}`}: ${what}, and its service does not say so`,
    found: rule,
    expected: securityRules[rule].says,
    fix: isElsewhere(object)
      ? "take it out, or let the pod run in the service's own namespace, where its fields can say it"
      : `take it out, or say it: ${securityRules[rule].loosenedBy}`,
  });
}

/** A chart's are not judged on the cluster either: they bear no label of ours. */
const rolesOf = (tree: CheckedTree) =>
  ["Role", "ClusterRole"]
    .flatMap((kind) => tree.ofKind(`rbac.authorization.k8s.io/${kind}`))
    .filter(({ manifest }) => manifest.vendored !== true);

function powers(tree: CheckedTree): Problem[] {
  return rolesOf(tree)
    .filter((object) => !isDeclaredRole(object))
    .flatMap((object) => [
      ...foundWildcards(object.tree).map((right) => rightFound(object, right, wildcardText)),
      ...foundPowers(object.tree).map((power) => powerFound(object, power)),
    ]);
}

function powerFound(object: CheckedObject, power: FoundPower): Problem {
  const { path, group, resources, verbs, gives } = power;
  const said = resources.map(
    (name) =>
      `${JSON.stringify(accountResource(group, name))}: because(${JSON.stringify(verbs)}, "say why here")`,
  );
  const where = object.manifest.kind === "Role" ? "namespace" : "cluster";
  return problemIn(object, {
    code: "MANIFEST_UNDECLARED",
    path,
    field: [],
    message: `it gives ${gives}`,
    found: `${resources.join(", ")}: ${verbs.join(", ")}`,
    expected: "rights by which nobody has those of others",
    fix: `take it out, or declare it in account: { ${where}: { ${said.join(", ")} } }`,
  });
}

/** What a role or a binding gives too much, in the words for its kind. */
const rightFound = <What extends string>(
  object: CheckedObject,
  {
    what,
    path,
    found,
  }: { readonly what: What; readonly path: readonly (string | number)[]; readonly found: string },
  texts: Readonly<Record<What, { message: string; expected: string; fix: string }>>,
): Problem =>
  problemIn(object, { code: "MANIFEST_UNDECLARED", path, field: [], found, ...texts[what] });

const wildcardText = {
  wildcard: {
    message: "a wildcard gives rights on what nobody has named",
    expected: "groups, resources and verbs by name",
    fix: 'name them, or declare it in account: { cluster: { "*": because([…], "say why here") } }',
  },
  borrowing: {
    message: "it gives the rights of others, more than it names",
    expected: "verbs that hold for what the role names",
    fix: 'take them out, or declare them in account: { cluster: { "clusterroles.rbac.authorization.k8s.io": because([…], "say why here") } }',
  },
} as const;

/** Declared or not: the rights would be everybody's who has the role of Kubernetes, or those of roles nobody has named. */
function aggregations(tree: CheckedTree): Problem[] {
  return rolesOf(tree).flatMap((object) =>
    foundAggregations(object.tree).map((path) =>
      problemIn(object, {
        code: "MANIFEST_UNDECLARED",
        path,
        field: [],
        message:
          path[0] === "aggregationRule"
            ? "it gathers the rights of roles that nobody has named"
            : "its rights go into a role of Kubernetes, to everybody who has that one",
        found: pathText(path),
        expected: "a role that gives its own rights, to those it is bound to",
        fix: "take it out, and bind the role to who needs it",
      }),
    ),
  );
}

/** The role of an account whose powers have a reason in the file. */
function isDeclaredRole({ manifest, release: { service } }: CheckedObject): boolean {
  return service.components.some(({ source, objectName }) => {
    if (source.kind === "chart") return false;
    const { account } = source.spec;
    return manifest.kind === "Role"
      ? manifest.name === objectName && declaredPower(account?.namespace)
      : manifest.name === clusterScopedName(service.namespace, objectName) &&
          declaredPower(account?.cluster);
  });
}

/** A service's own account has what `account` says; of a chart's bindings its chart is the author. */
function grants(tree: CheckedTree): Problem[] {
  return ["RoleBinding", "ClusterRoleBinding"]
    .flatMap((kind) => tree.ofKind(`rbac.authorization.k8s.io/${kind}`))
    .filter(({ manifest }) => manifest.vendored !== true)
    .flatMap((object) =>
      forbiddenGrants(object.tree).map((grant) => rightFound(object, grant, grantText)),
    );
}

const grantText = {
  role: {
    message: "its role gives rights on objects of every kind, also on those nobody has named",
    expected: "a role that names groups, resources and verbs",
    fix: "name them: in account of the component whose account it is, or in a Role under objects",
  },
  subject: {
    message: "it gives rights to whoever Kubernetes puts into a group, which nobody has named",
    expected: "a ServiceAccount, or people by a group or user of their own",
    fix: "name who has the rights; for its own pods say them in account",
  },
} as const;

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
