/** Names of what an environment itself has are nobody else's, whether it has one already or not. */
import { expect, test } from "vitest";
import { clusterObject, findings, rendered } from "./builder.ts";

const code = "MANIFEST_DUPLICATE";
const admission = "admissionregistration.k8s.io/v1";
const rule = (namespace: string) => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PrometheusRule",
  metadata: { name: "rzp", namespace },
});
const dev = rendered([], { environment: "dev" });

test.for([
  clusterObject(admission, "ValidatingAdmissionPolicy", "prod-rzp-pods"),
  clusterObject(admission, "ValidatingAdmissionPolicyBinding", "prod-rzp-pods"),
  clusterObject("scheduling.k8s.io/v1", "PriorityClass", "tier-media"),
  clusterObject("external-secrets.io/v1", "ClusterSecretStore", "prod-media"),
  rule("observability-prometheus"),
])("it is told: $kind $metadata.name", (one) => {
  expect(findings(code, rendered([one]), dev)).toMatchObject([
    {
      message: expect.stringContaining("RZP makes an object of this name for environment prod"),
      fix: `call it sonarr-${(one["metadata"] as { name: string }).name}`,
    },
  ]);
});

test("so is one of another environment of the cluster, and of no other cluster's", () => {
  const one = clusterObject("external-secrets.io/v1", "ClusterSecretStore", "prod-media");
  expect(findings(code, rendered([one], { environment: "dev" }), rendered([]))).toHaveLength(1);
  const lab = { environment: "dev", clusterName: "lab" };
  expect(findings(code, rendered([one], lab), rendered([]))).toEqual([]);
});

test.for([
  clusterObject(admission, "ValidatingAdmissionPolicy", "sonarr-pods"),
  clusterObject("scheduling.k8s.io/v1", "PriorityClass", "tier-other"),
  clusterObject("external-secrets.io/v1", "ClusterSecretStore", "vault"),
  clusterObject("cert-manager.io/v1", "ClusterIssuer", "prod-media"),
  rule("media-sonarr"),
])("other names are free: $kind $metadata.name", (one) => {
  expect(findings(code, rendered([one]))).toEqual([]);
});
