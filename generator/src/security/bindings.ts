/**
 * No binding to a role that grows by itself, nor to everybody: both give rights that nobody has named. On a rendered
 * binding, and for the API server.
 */
import type { Tree } from "../model/data.ts";
import { list, text } from "../model/reading.ts";
import type { Keys } from "../model/reading.ts";
import { celList } from "./cel.ts";
import { rbacPolicySpec } from "./rbac-policy.ts";

/** ClusterRoles of Kubernetes that hold for objects of every kind; what is installed later adds to them (aggregation). */
const unlimited: readonly string[] = ["cluster-admin", "admin", "edit"];

/** What of a binding nobody should have by a service. */
export interface ForbiddenGrant {
  readonly what: "role" | "subject";
  /** Where in the object. */
  readonly path: Keys;
  readonly found: string;
}

/** In: a rendered RoleBinding or ClusterRoleBinding. Out: its role and each subject, where they are of these. */
export function forbiddenGrants(binding: Tree): ForbiddenGrant[] {
  const role = text(binding, "roleRef", "name") ?? "";
  const isUnlimited =
    text(binding, "roleRef", "kind") === "ClusterRole" && unlimited.includes(role);
  return [
    ...(isUnlimited
      ? [{ what: "role" as const, path: ["roleRef", "name"], found: `ClusterRole ${role}` }]
      : []),
    ...list(binding, "subjects").flatMap((subject, index) => {
      const kind = text(subject, "kind");
      const name = text(subject, "name") ?? "";
      const isOfSystem =
        (kind === "Group" && name.startsWith("system:")) ||
        // An account may be called by its name as a user.
        (kind === "User" && /^system:(?!serviceaccount:)/.test(name));
      return isOfSystem
        ? [
            {
              what: "subject" as const,
              path: ["subjects", index, "name"],
              found: `${kind} ${name}`,
            },
          ]
        : [];
    }),
  ];
}

/** `spec` of the policy on bindings. */
export function bindingPolicySpec(): object {
  const isOfSystem = [
    "s.kind == 'Group' && s.name.startsWith('system:')",
    "s.kind == 'User' && s.name.startsWith('system:') && !s.name.startsWith('system:serviceaccount:')",
  ];
  return rbacPolicySpec(
    ["rolebindings", "clusterrolebindings"],
    [
      {
        expression: `!(object.roleRef.kind == 'ClusterRole' && object.roleRef.name in ${celList(unlimited)})`,
        message:
          "binding: a role names its groups, resources and verbs; cluster-admin, admin and edit of Kubernetes hold for all there is",
      },
      {
        expression: `!has(object.subjects) || object.subjects.all(s, ${isOfSystem.map((one) => `!(${one})`).join(" && ")})`,
        message: "binding: rights are given to accounts and people, not to groups of Kubernetes",
      },
    ],
  );
}
