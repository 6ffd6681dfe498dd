/**
 * No wildcard in what an account may do, unless its service says why: such rights grow with each kind somebody
 * installs. In its three places: on what is written (the type and the schema ask for `because`), on a rendered
 * role, and for the API server.
 */
import type { Component } from "../model/component.ts";
import type { Tree } from "../model/data.ts";
import { list } from "../model/reading.ts";
import { allowsAnnotation } from "./allowed.ts";

export type AccountRules = NonNullable<NonNullable<Component["account"]>["namespace"]>;

/** The verbs of a rule, with its reason or without. */
export const verbsOf = (rule: AccountRules[string]): string[] =>
  "because" in rule ? [...rule.value] : [...rule];

const isWildcard = (word: unknown): boolean => String(word).includes("*");

/** Whether what is written has a wildcard; each has its reason by then. */
export const declaredWildcard = (rules: AccountRules | undefined): boolean =>
  Object.entries(rules ?? {}).some(
    ([resource, rule]) => isWildcard(resource) || verbsOf(rule).some(isWildcard),
  );

/** The value of the annotation of a role whose wildcards are declared. */
const declared = "wildcards";
const places = ["apiGroups", "resources", "verbs"] as const;

/** In: a rendered Role or ClusterRole. Out: the path of each wildcard. */
export function foundWildcards(role: Tree): (readonly (string | number)[])[] {
  return list(role, "rules").flatMap((rule, index) =>
    places.flatMap((place) =>
      list(rule, place).some(isWildcard) ? [["rules", index, place] as const] : [],
    ),
  );
}

/** `spec` of the policy on roles. A role without rules has null where a list would be. */
export function rolePolicySpec(): object {
  const none = (place: string) => `r.?${place}.orValue([]).all(x, !x.contains('*'))`;
  return {
    failurePolicy: "Fail",
    matchConstraints: {
      resourceRules: [
        {
          apiGroups: ["rbac.authorization.k8s.io"],
          apiVersions: ["v1"],
          operations: ["CREATE", "UPDATE"],
          resources: ["roles", "clusterroles"],
        },
      ],
    },
    matchConditions: [{ name: "stays", expression: "!has(object.metadata.deletionTimestamp)" }],
    validations: [
      {
        expression: `object.metadata.?annotations[?'${allowsAnnotation}'].orValue('') == '${declared}' || !has(object.rules) || dyn(object.rules) == null || object.rules.all(r, ${places.map(none).join(" && ")})`,
        message:
          'wildcards: a role names its groups, resources and verbs. Loosened by account: { cluster: { "*": because([…], "say why here") } }',
        reason: "Forbidden",
      },
    ],
  };
}
