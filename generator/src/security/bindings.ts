/** No binding to a role that grows by itself, nor to everybody: both give rights that nobody has named. */
import type { Tree } from "../model/data.ts";
import { list, text } from "../model/reading.ts";

/** ClusterRoles of Kubernetes that hold for objects of every kind; what is installed later adds to them (aggregation). */
const unlimited: ReadonlySet<string> = new Set(["cluster-admin", "admin", "edit"]);

/** What of a binding nobody should have by a service. */
export interface ForbiddenGrant {
  readonly what: "role" | "subject";
  /** Where in the object. */
  readonly path: readonly (string | number)[];
  readonly found: string;
}

/** In: a rendered RoleBinding or ClusterRoleBinding. Out: its role and each subject, where they are of these. */
export function forbiddenGrants(binding: Tree): ForbiddenGrant[] {
  const role = text(binding, "roleRef", "name") ?? "";
  const isUnlimited = text(binding, "roleRef", "kind") === "ClusterRole" && unlimited.has(role);
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
