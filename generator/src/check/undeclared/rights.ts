/** What roles and bindings give beyond what accounts say: powers without a reason, and rights that nobody has named. */
import { clusterScopedName } from "../../model/names.ts";
import { accountResource } from "../../model/powers.ts";
import { text } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";
import { pathText } from "../../problems/issues/text.ts";
import type { Problem } from "../../problems/problem.ts";
import { forbiddenGrants } from "../../security/bindings.ts";
import {
  declaredPower,
  foundAggregations,
  foundPowers,
  foundWildcards,
} from "../../security/powers.ts";
import type { FoundPower } from "../../security/powers.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isDerived } from "../origin.ts";

/** Problems: MANIFEST_UNDECLARED, one for each power, aggregation and grant. */
export const undeclaredRights = (tree: CheckedTree): Problem[] => [
  ...powers(tree),
  ...aggregations(tree),
  ...grants(tree),
];

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
  { what, path, found }: { readonly what: What; readonly path: Keys; readonly found: string },
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
    .flatMap((object) => [
      ...forbiddenGrants(object.tree).map((grant) => rightFound(object, grant, grantText)),
      ...roleOfAnother(tree, object),
    ]);
}

/** A role that RZP derives, or of another service, has its rights, and the reasons for them, for the account it was made for. */
function roleOfAnother(tree: CheckedTree, binding: CheckedObject): Problem[] {
  const { manifest, release } = binding;
  const kind = text(binding.tree, "roleRef", "kind") ?? "";
  const name = text(binding.tree, "roleRef", "name") ?? "";
  const role = tree.find(
    release.facts.clusterName,
    `rbac.authorization.k8s.io/${kind}`,
    kind === "Role" ? manifest.namespace : undefined,
    name,
  );
  const isOwn =
    role === undefined || (role.release.service.name === release.service.name && !isDerived(role));
  if (isDerived(binding) || isOwn) return [];
  return [
    problemIn(binding, {
      code: "MANIFEST_UNDECLARED",
      path: ["roleRef", "name"],
      field: [],
      message: `its role is made for another account, of ${role.release.service.name}`,
      found: `${kind} ${name}`,
      expected: "a role that the service brings itself, or view of Kubernetes",
      fix: "say the rights in account of the component that needs them, or bring a role with them under objects",
    }),
  ];
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
