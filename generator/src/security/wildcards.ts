/**
 * No wildcard in what an account may do, and no right to take the rights of others, unless its service says why: such
 * rights grow with each kind somebody installs, or are another role's. In its three places: on what is written (the type and the schema ask for `because`), on a rendered
 * role, and for the API server.
 */
import type { Component } from "../model/component.ts";
import type { Tree } from "../model/data.ts";
import { at, list, map } from "../model/reading.ts";
import { allowsAnnotation } from "./allowed.ts";
import { celList } from "./cel.ts";
import { rbacPolicySpec } from "./rbac-policy.ts";

const borrowing: readonly string[] = ["impersonate", "bind", "escalate"];

export type AccountRules = NonNullable<NonNullable<Component["account"]>["namespace"]>;

/** The verbs of a rule, with its reason or without. */
export const verbsOf = (rule: AccountRules[string]): string[] =>
  "because" in rule ? [...rule.value] : [...rule];

const isWildcard = (word: unknown): boolean => String(word).includes("*");
/** The API server lets whoever has one of them go beyond his own rights (Kubernetes, RBAC good practices). */
const isBorrowing = (verb: unknown): boolean => borrowing.includes(String(verb));

/** Whether what is written has a wildcard or such a verb; each has its reason by then. */
export const declaredWildcard = (rules: AccountRules | undefined): boolean =>
  Object.entries(rules ?? {}).some(
    ([resource, rule]) =>
      isWildcard(resource) || verbsOf(rule).some((verb) => isWildcard(verb) || isBorrowing(verb)),
  );

/** The value of the annotation of a role whose wildcards are declared. */
const declared = "wildcards";
const places = ["apiGroups", "resources", "verbs"] as const;

/** What of a role gives more than it names. */
export interface FoundRight {
  readonly what: "wildcard" | "borrowing";
  readonly path: readonly (string | number)[];
  readonly found: string;
}

/** In: a rendered Role or ClusterRole. Out: each list with a wildcard, and each with verbs that give rights of others. */
export function foundWildcards(role: Tree): FoundRight[] {
  return list(role, "rules").flatMap((rule, index) => {
    const path = (place: string) => ["rules", index, place];
    const borrowed = list(rule, "verbs").filter(isBorrowing).map(String);
    return [
      ...places
        .filter((place) => list(rule, place).some(isWildcard))
        .map((place) => ({ what: "wildcard" as const, path: path(place), found: "*" })),
      ...(borrowed.length === 0
        ? []
        : [{ what: "borrowing" as const, path: path("verbs"), found: borrowed.join(", ") }]),
    ];
  });
}

/** In: a rendered ClusterRole. Out: where it puts its rights into a role of Kubernetes, or takes those of others: `aggregationRule`. */
export function foundAggregations(role: Tree): FoundRight["path"][] {
  const labels = Object.entries(map(role, "metadata", "labels"));
  return [
    ...labels
      .filter(([key, value]) => key.startsWith(aggregation) && value !== null)
      .map(([key]) => ["metadata", "labels", key]),
    ...(at(role, "aggregationRule") === undefined ? [] : [["aggregationRule"]]),
  ];
}

/** Labels by which admin, edit and view of Kubernetes take in a role. */
const aggregation = "rbac.authorization.k8s.io/aggregate-to-";

/** `spec` of the policy on roles. A role without rules has null where a list would be. */
export function rolePolicySpec(): object {
  const borrowed = `r.?verbs.orValue([]).all(x, !(x in ${celList(borrowing)}))`;
  const none = (place: string) => `r.?${place}.orValue([]).all(x, !x.contains('*'))`;
  return rbacPolicySpec(
    ["roles", "clusterroles"],
    [
      {
        expression: `object.metadata.?annotations[?'${allowsAnnotation}'].orValue('') == '${declared}' || !has(object.rules) || dyn(object.rules) == null || object.rules.all(r, ${[...places.map(none), borrowed].join(" && ")})`,
        message:
          'wildcards: a role names its groups, resources and verbs, and takes no rights of others (impersonate, bind, escalate). Loosened by account: { cluster: { "*": because([…], "say why here") } }',
      },
      {
        // A Role has no such field, and the compiler knows: it is asked of an object without a type.
        expression: `!has(dyn(object).aggregationRule) && !object.metadata.?labels.orValue({}).exists(k, k.startsWith('${aggregation}'))`,
        message:
          "aggregation: a role neither adds to admin, edit or view of Kubernetes nor gathers the rights of others",
      },
    ],
  );
}
