/** A namespace without default deny: its pods may do all until a policy selects them. */
import { asTree } from "../../model/data.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";

const policyKind = "networking.k8s.io/NetworkPolicy";

/** Problems: MANIFEST_NO_DEFAULT_DENY. */
export function defaultDeny({ objects, inNamespace }: CheckedTree): Problem[] {
  return objects
    .filter(({ kind }) => kind === "/Namespace")
    .flatMap((object) => {
      const { name } = object.manifest;
      const { service, facts } = object.release;
      const policies = inNamespace(facts.clusterName, policyKind, name);
      // The library's own is looked at in its tests.
      const isOurs = name === service.namespace;
      const isDenied = policies.some((policy) =>
        isOurs ? policy.manifest.name === "default-deny" : deniesAll(policy),
      );
      if (isDenied) return [];
      return [
        problemIn(object, {
          code: "MANIFEST_NO_DEFAULT_DENY",
          path: ["metadata", "name"],
          field: [],
          message: "nothing is denied in this namespace",
          found: name,
          expected: "a NetworkPolicy for all its pods, both ways, without rules",
          fix: "make it a service of its own, or bring such a policy for it under `objects`",
        }),
      ];
    });
}

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
