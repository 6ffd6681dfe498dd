/** What a policy lets through, and no field of the service says: nobody gave a reason, and `explain` tells another story. */
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isDerived, patchOf } from "../origin.ts";
import {
  defaultDenyName,
  fixOfPolicies,
  opens,
  otherPolicyKinds,
  policyKind,
} from "../policies.ts";

/** Problems: MANIFEST_POLICY_UNDECLARED. */
export function undeclaredPolicies(tree: CheckedTree): Problem[] {
  return [policyKind, ...otherPolicyKinds]
    .flatMap((kind) => tree.ofKind(kind))
    .flatMap((object) => (isDerived(object) ? ofPatch(object) : ofObject(tree, object)));
}

/** Namespaces that are no service's have no fields that could say it; what is in none is for all. */
function ofObject(tree: CheckedTree, object: CheckedObject): Problem[] {
  const { manifest, release } = object;
  const { clusterName } = release.facts;
  const isOfService = () =>
    manifest.namespace === undefined || tree.owner(clusterName, manifest.namespace) !== undefined;
  if (!opens(object) || !isOfService()) return [];
  return [
    problemIn(object, {
      code: "MANIFEST_POLICY_UNDECLARED",
      path: ["spec"],
      field: [],
      message: "it lets through what no field of a service says",
      expected: "policies of a service's namespace to follow from its fields",
      fix: `take it out. ${fixOfPolicies}`,
    }),
  ];
}

function ofPatch(object: CheckedObject): Problem[] {
  const { manifest, release } = object;
  const patch = patchOf(object);
  // That it denies no more is told by MANIFEST_NO_DEFAULT_DENY.
  if (patch?.["spec"] === undefined || manifest.name === defaultDenyName) return [];
  return [
    problemIn(object, {
      code: "MANIFEST_POLICY_UNDECLARED",
      path: ["spec"],
      field: [],
      message: "a patch changes what it lets through, and it follows from other fields",
      found: JSON.stringify(patch["spec"]),
      expected: "the policy as it is derived",
      fix: `take the patch out. ${
        manifest.name === "dns"
          ? "It follows from dns of the cluster, and is the same for all services"
          : `${fixOfPolicies}; npm run explain -- ${release.service.name} names the field of each policy`
      }`,
    }),
  ];
}
