/**
 * ValidatingAdmissionPolicies: the API server itself holds what RZP's rules say. Each environment has policies of its
 * own, bound to its own namespaces: where several share a cluster, one that follows another revision would otherwise
 * be judged by rules whose exceptions its namespaces do not name yet.
 */
import type { EnvironmentFacts } from "../model/platform.ts";
import { admissionName } from "../model/names.ts";
import { bindingPolicySpec } from "../security/bindings.ts";
import { podPolicySpec } from "../security/pod-policy.ts";
import { secretPolicySpec } from "../security/secret-policy.ts";
import { rolePolicySpec } from "../security/powers.ts";
import { managed } from "./platform.ts";

interface AdmissionPolicy {
  /** What it is about, one word: part of its name. */
  readonly subject: string;
  readonly spec: () => object;
  /**
   * What of an environment it judges: everything in its namespaces, or the objects that bear its label, where they
   * may have no namespace.
   */
  readonly judges: "namespaces" | "objects";
}

/** Every policy. A new one is a line here. */
const policies: readonly AdmissionPolicy[] = [
  { subject: "bindings", spec: bindingPolicySpec, judges: "objects" },
  { subject: "pods", spec: podPolicySpec, judges: "namespaces" },
  { subject: "roles", spec: rolePolicySpec, judges: "objects" },
  { subject: "secrets", spec: secretPolicySpec, judges: "namespaces" },
];

const apiVersion = "admissionregistration.k8s.io/v1";

/** The policies of an environment. */
export function admissionPolicies(facts: Pick<EnvironmentFacts, "name">): object[] {
  return policies.map(({ subject, spec }) => ({
    apiVersion,
    kind: "ValidatingAdmissionPolicy",
    metadata: { name: admissionName(facts.name, subject), labels: managed(facts.name) },
    spec: spec(),
  }));
}

/** What is denied is in the audit log too; the API server takes no binding that denies and warns. */
const actions = { warn: ["Warn", "Audit"], deny: ["Deny", "Audit"] } as const;

/** Their bindings; without one, a policy has no effect. */
export function admissionBindings(facts: EnvironmentFacts): object[] {
  const mine = { matchLabels: { [environmentLabel]: facts.name } };
  return policies.map(({ subject, judges }) => ({
    apiVersion,
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: {
      name: admissionName(facts.name, subject),
      labels: managed(facts.name),
    },
    spec: {
      policyName: admissionName(facts.name, subject),
      validationActions: actions[facts.environment.admission ?? "deny"],
      matchResources:
        judges === "namespaces" ? { namespaceSelector: mine } : { objectSelector: mine },
    },
  }));
}

/** The label of everything RZP renders for an environment. */
const environmentLabel = "rzp.local/environment";
