/** A namespace without default deny: its pods may do all until a policy selects them. */
import { asTree } from "../../model/data.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { defaultDenyName, fixOfPolicies, policyKind } from "../policies.ts";

/** Problems: MANIFEST_NO_DEFAULT_DENY. */
export function defaultDeny({ objects, inNamespace }: CheckedTree): Problem[] {
  return objects
    .filter(({ kind }) => kind === "/Namespace")
    .flatMap((object) => {
      const { name } = object.manifest;
      const { service, facts } = object.release;
      const policies = inNamespace(facts.clusterName, policyKind, name);
      if (name === service.namespace) return ofService(object, policies);
      return policies.some(deniesAll) ? [] : [without(object)];
    });
}

/** The library's own has to be there and still be what the library made: others may go with what they are for. */
function ofService(namespace: CheckedObject, policies: readonly CheckedObject[]): Problem[] {
  const own = policies.find(({ manifest }) => manifest.name === defaultDenyName);
  if (own === undefined) return [without(namespace)];
  if (deniesAll(own)) return [];
  return [
    problemIn(own, {
      ...finding,
      path: ["spec"],
      message: "it does not deny everything any more",
      found: JSON.stringify(own.tree["spec"]),
      fix: `take the patch out. ${fixOfPolicies}`,
    }),
  ];
}

const finding = {
  code: "MANIFEST_NO_DEFAULT_DENY",
  field: [],
  expected: "a NetworkPolicy for all its pods, both ways, without rules",
} as const;

const without = (namespace: CheckedObject) =>
  problemIn(namespace, {
    ...finding,
    path: ["metadata", "name"],
    message: "nothing is denied in this namespace",
    found: namespace.manifest.name,
    fix: "make it a service of its own, or bring such a policy for it under `objects`",
  });

function deniesAll({ tree }: CheckedObject): boolean {
  const { podSelector, policyTypes, ingress = [], egress = [] } = asTree(tree["spec"]);
  return (
    isEmpty(podSelector) &&
    Array.isArray(policyTypes) &&
    ["Ingress", "Egress"].every((type) => policyTypes.includes(type)) &&
    isEmpty(ingress) &&
    isEmpty(egress)
  );
}

const isEmpty = (value: unknown) =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;
