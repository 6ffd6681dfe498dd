import { expect, test } from "vitest";
import { deployment, findings, messages, object, rendered } from "./builder.ts";

const code = "MANIFEST_ARGOCD_KIND";

test.for(["Application", "ApplicationSet", "AppProject"])(
  "a service may not bring its own %s",
  (kind) => {
    expect(
      messages(findings(code, rendered([object("argoproj.io/v1alpha1", kind, "mine")]))),
    ).toEqual([
      `${kind} mine: the Argo CD project prod-media does not allow ${kind}: it could deploy anything anywhere`,
    ]);
  },
);

test.for([
  ["v1", "Endpoints"],
  ["discovery.k8s.io/v1", "EndpointSlice"],
  ["coordination.k8s.io/v1", "Lease"],
  ["cert-manager.io/v1", "CertificateRequest"],
] as const)("Argo CD skips %s %s", ([apiVersion, kind]) => {
  expect(messages(findings(code, rendered([object(apiVersion, kind, "mine")])))).toEqual([
    `${kind} mine: Argo CD never deploys a ${kind}, as controllers make them`,
  ]);
});

test("the place is the object in the file", () => {
  const objects = { mine: { apiVersion: "argoproj.io/v1alpha1", kind: "Application" } };
  expect(
    findings(
      code,
      rendered([object("argoproj.io/v1alpha1", "Application", "mine")], { spec: { objects } }),
    )[0]?.keys,
  ).toEqual(["objects", "mine", "kind"]);
});

test.for([
  ["a workload", deployment()],
  ["an Application of another group", object("app.k8s.io/v1beta1", "Application", "mine")],
  ["a certificate", object("cert-manager.io/v1", "Certificate", "mine")],
  ["an Endpoints of another group", object("example.com/v1", "Endpoints", "mine")],
  ["a workflow of Argo's", object("argoproj.io/v1alpha1", "Workflow", "mine")],
  ["a role", object("rbac.authorization.k8s.io/v1", "Role", "mine")],
  [
    "a CertificateSigningRequest of another group",
    object("example.com/v1", "CertificateSigningRequest", "mine"),
  ],
  ["a policy", object("networking.k8s.io/v1", "NetworkPolicy", "mine")],
] as const)("no finding: %s", ([, one]) => {
  expect(findings(code, rendered([one]))).toEqual([]);
});
