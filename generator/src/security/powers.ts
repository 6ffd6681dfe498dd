/**
 * No power in what an account may do unless its service says why: a wildcard, which grows with each kind somebody installs, a
 * verb that takes the rights of others, or a right of the table (`model/powers.ts`). In its three places: on what is written
 * (the type and the schema ask for `because`), on a rendered role, and for the API server.
 */
import type { Component } from "../model/component.ts";
import type { Tree } from "../model/data.ts";
import { apiResource, powers, powersIn } from "../model/powers.ts";
import type { Power } from "../model/powers.ts";
import { at, list, map, text } from "../model/reading.ts";
import type { Keys } from "../model/reading.ts";
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

/** Whether what is written has a power; each has its reason by then. */
export const declaredPower = (rules: AccountRules | undefined): boolean =>
  Object.entries(rules ?? {}).some(([resource, rule]) => {
    const verbs = verbsOf(rule);
    const { group, name } = apiResource(resource);
    return (
      isWildcard(resource) ||
      verbs.some((verb) => isWildcard(verb) || isBorrowing(verb)) ||
      powersIn({ groups: [group], resources: [name], verbs }).length > 0
    );
  });

/** The value of the annotation of a role whose powers are declared. */
const declared = "powers";
const places = ["apiGroups", "resources", "verbs"] as const;

/** What of a role gives more than it names, in one list of a rule. */
export interface FoundWildcard {
  readonly what: "wildcard" | "borrowing";
  readonly path: Keys;
  readonly found: string;
}

/** In: a rendered Role or ClusterRole. Out: each list with a wildcard, and each with verbs that give rights of others. */
export function foundWildcards(role: Tree): FoundWildcard[] {
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

/** A right of the table, and the rule that gives it. */
export interface FoundPower extends Power {
  readonly path: Keys;
}

/** In: a rendered Role or ClusterRole. Out: each right of the table that it gives. */
export function foundPowers(role: Tree): FoundPower[] {
  return list(role, "rules").flatMap((rule, index) => {
    if (isNamed(role, rule)) return [];
    const words = (place: string) => list(rule, place).map(String);
    return powersIn({
      groups: words("apiGroups"),
      resources: words("resources"),
      verbs: words("verbs"),
    }).map((power) => ({ ...power, path: ["rules", index, "resources"] }));
  });
}

/** Of objects in one namespace each of which is named, nobody has more than it says; a name in all namespaces is anybody's. */
const isNamed = (role: Tree, rule: unknown): boolean =>
  text(role, "kind") === "Role" && list(rule, "resourceNames").length > 0;

/** In: a rendered ClusterRole. Out: where it puts its rights into a role of Kubernetes, or takes those of others: `aggregationRule`. */
export function foundAggregations(role: Tree): FoundWildcard["path"][] {
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
  const of = (place: string) => `r.?${place}.orValue([])`;
  const borrowed = `${of("verbs")}.all(x, !(x in ${celList(borrowing)}))`;
  const none = (place: string) => `${of(place)}.all(x, !x.contains('*'))`;
  const anyOf = (place: string, words: readonly string[]) =>
    `${of(place)}.exists(x, x in ${celList(words)})`;
  const named = "object.kind == 'Role' && r.?resourceNames.orValue([]).size() > 0";
  const has = powers.map(
    ({ group, resources, verbs }) =>
      `'${group}' in ${of("apiGroups")} && ${anyOf("resources", resources)} && ${anyOf("verbs", verbs)}`,
  );
  const all = (keeps: string) =>
    `object.metadata.?annotations[?'${allowsAnnotation}'].orValue('') == '${declared}' || !has(object.rules) || dyn(object.rules) == null || object.rules.all(r, ${keeps})`;
  return rbacPolicySpec(
    ["roles", "clusterroles"],
    [
      {
        expression: all([...places.map(none), borrowed].join(" && ")),
        message:
          'powers: a role names its groups, resources and verbs, and takes no rights of others (impersonate, bind, escalate). Loosened by account: { cluster: { "*": because([…], "say why here") } }',
      },
      {
        expression: all(`(${named}) || !(${has.map((one) => `(${one})`).join(" || ")})`),
        message:
          'powers: a role gives no rights by which one has those of others: on Secrets, tokens, pods, their namespaces, volumes and policies, admission, certificates, Applications. Loosened by account: { cluster: { secrets: because([…], "say why here") } }',
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
