/** Findings in objects an upstream chart made: nobody here wrote them, and its values are the place to change them. */
import type { ProblemCode } from "../problems/codes.ts";
import type { Finding } from "./finding.ts";
import type { CheckedObject } from "./objects.ts";
import { fixOfPolicies } from "./policies.ts";

/**
 * What stays an error: the cluster or Argo CD would refuse the object, a secret or a door lies open. The rest is advice
 * to people who cannot write into the chart.
 */
const stopping: ReadonlySet<ProblemCode> = new Set([
  "MANIFEST_DUPLICATE",
  "MANIFEST_API_VERSION",
  "MANIFEST_ARGOCD_KIND",
  "MANIFEST_SECRET_MATERIAL",
  "MANIFEST_POD_SECURITY",
  "MANIFEST_ROUTE_UNDECLARED",
  "NAME_TAKEN",
]);

const fixes: Readonly<Partial<Record<ProblemCode, string>>> = {
  MANIFEST_DUPLICATE: "switch it off in chart.values, or take it out of the other source",
  MANIFEST_API_VERSION:
    "take a version of the chart that knows this Kubernetes; if an add-on serves it, add it to apiVersionsServed of the cluster",
  MANIFEST_SECRET_MATERIAL:
    'let chart.values name a Secret that is there already, made by secret("…") or an ExternalSecret under objects; then it need not hold one',
  MANIFEST_POD_SECURITY:
    'change it in chart.values, or say podSecurity: because("privileged", "say why here") in a component',
  MANIFEST_ARGOCD_KIND: "switch it off in chart.values",
  NAME_TAKEN: "change it in chart.values",
  MANIFEST_ROUTE_UNDECLARED: "switch it off in chart.values, and write it under routes",
  MANIFEST_POLICY_UNDECLARED: `switch it off in chart.values. ${fixOfPolicies}`,
};

/** In: a finding of any rule. Out: the same, unless a chart made the object: then as severe as fits, at chart.values. */
export function asVendored({ manifest }: CheckedObject, finding: Finding): Finding {
  if (manifest.vendored !== true) return finding;
  return {
    ...finding,
    severity: stopping.has(finding.code) ? (finding.severity ?? "error") : "warning",
    field: ["chart", "values"],
    fix: fixes[finding.code] ?? "change it in chart.values, where the chart can; else in patches",
  };
}
