/** What the policies on roles and on their bindings have in common. */

interface Validation {
  readonly expression: string;
  readonly message: string;
}

/** In: resources of `rbac.authorization.k8s.io`, and what must hold of each that stays. Out: `spec` of the policy. */
export const rbacPolicySpec = (
  resources: readonly string[],
  validations: readonly Validation[],
): object => ({
  failurePolicy: "Fail",
  matchConstraints: {
    resourceRules: [
      {
        apiGroups: ["rbac.authorization.k8s.io"],
        apiVersions: ["v1"],
        operations: ["CREATE", "UPDATE"],
        resources,
      },
    ],
  },
  matchConditions: [{ name: "stays", expression: "!has(object.metadata.deletionTimestamp)" }],
  validations: validations.map((one) => ({ ...one, reason: "Forbidden" })),
});
