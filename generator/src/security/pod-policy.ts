/** The security rules as one ValidatingAdmissionPolicy on pods. */
import { allowedVariables, celAllowed, celAllowsAnything } from "./allowed.ts";
import { specChanges } from "./cel.ts";
import type { SecurityRule } from "./rule.ts";
import { securityRuleNames, securityRules } from "./rules.ts";

/** `spec` of the policy. It judges pods, not what makes them: an operator's pods are judged like ours. */
export function podPolicySpec(): object {
  return {
    failurePolicy: "Fail",
    matchConstraints: {
      resourceRules: [
        {
          apiGroups: [""],
          apiVersions: ["v1"],
          operations: ["CREATE", "UPDATE"],
          resources: ["pods", "pods/ephemeralcontainers"],
        },
      ],
    },
    // Else the Job of a pod that is there already never ends: it takes off a finalizer.
    matchConditions: [specChanges],
    variables: [
      ...allowedVariables,
      {
        name: "containers",
        expression: "object.spec.containers + object.spec.?initContainers.orValue([])",
      },
      { name: "debuggers", expression: "object.spec.?ephemeralContainers.orValue([])" },
    ],
    validations: securityRuleNames.map((name) => ({
      expression: `${celAllowsAnything} || ${expressionOf(name, securityRules[name])}`,
      message: `${name}: ${securityRules[name].says}. Loosened by ${securityRules[name].loosenedBy}`,
      reason: "Forbidden",
    })),
  };
}

function expressionOf(name: string, rule: SecurityRule): string {
  if (rule.of === "pod") return `(${rule.keeps}) || ${celAllowed(name, "pod")}`;
  const kept = `(${rule.keeps}) || ${celAllowed(name, "container")}`;
  const lists = rule.debugging ? ["containers", "debuggers"] : ["containers"];
  return lists.map((list) => `variables.${list}.all(c, ${kept})`).join(" && ");
}
