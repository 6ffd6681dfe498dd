import { expect, test } from "vitest";
import { clusterObject, findings, messages, object, rendered } from "./builder.ts";

const code = "MANIFEST_API_VERSION";
const of = (apiVersion: string, kind: string, kubernetesVersion = "1.35.4") =>
  rendered([object(apiVersion, kind, "a")], { cluster: { kubernetesVersion } });

test.for([
  ["batch/v1beta1", "CronJob", "Kubernetes 1.35.4 no longer has batch/v1beta1, removed in 1.25"],
  [
    "policy/v1beta1",
    "PodSecurityPolicy",
    "Kubernetes 1.35.4 no longer has policy/v1beta1, removed in 1.25",
  ],
  [
    "extensions/v1beta1",
    "Ingress",
    "Kubernetes 1.35.4 no longer has extensions/v1beta1, removed in 1.22",
  ],
  [
    "autoscaling/v2beta2",
    "HorizontalPodAutoscaler",
    "Kubernetes 1.35.4 no longer has autoscaling/v2beta2, removed in 1.26",
  ],
  [
    "resource.k8s.io/v1beta1",
    "ResourceClaimTemplate",
    "Kubernetes 1.35.4 does not serve resource.k8s.io/v1beta1 unless its API server is told to",
  ],
  ["v2", "Pod", "Kubernetes 1.35.4 does not serve v2 unless its API server is told to"],
  ["external-secrets.io/v1beta1", "ExternalSecret", "external-secrets.io/v1beta1 is not served"],
  [
    "gateway.networking.k8s.io/v1alpha2",
    "TCPRoute",
    "gateway.networking.k8s.io/v1alpha2 is not served",
  ],
] as const)("%s %s", ([apiVersion, kind, message]) => {
  const [problem] = findings(code, of(apiVersion, kind));
  expect(problem).toMatchObject({
    severity: "error",
    message: `${kind} a: ${message}`,
    found: apiVersion,
  });
});

test("a kind that came later than the cluster", () => {
  expect(
    messages(findings(code, of("resource.k8s.io/v1", "ResourceClaimTemplate", "1.33.2"))),
  ).toEqual([
    "ResourceClaimTemplate a: ResourceClaimTemplate came to resource.k8s.io/v1 with Kubernetes 1.34, and the cluster has 1.33.2",
  ]);
});

test("a group nobody knows is a warning: a chart may bring it", () => {
  const [problem] = findings(code, of("longhorn.io/v1beta2", "RecurringJob"));
  expect(problem).toMatchObject({
    severity: "warning",
    fix: 'write another version, or add "longhorn.io/v1beta2" to apiVersionsServed in environments/clusters/home.ts',
  });
});

const crd = clusterObject(
  "apiextensions.k8s.io/v1",
  "CustomResourceDefinition",
  "jobs.example.com",
  {
    spec: {
      group: "example.com",
      versions: [
        { name: "v1", served: true },
        { name: "v1beta1", served: false },
      ],
    },
  },
);

test("a version a rendered CRD no longer serves", () => {
  expect(findings(code, rendered([crd, object("example.com/v1beta1", "Job", "a")]))).toHaveLength(
    1,
  );
});

test("a CRD of one cluster serves that one only", () => {
  expect(
    findings(
      code,
      rendered([crd], { clusterName: "lab", environment: "dev" }),
      rendered([object("example.com/v1", "Job", "a")]),
    ),
  ).toHaveLength(1);
});

test.for([
  ["core", of("v1", "ConfigMap")],
  ["a group of Kubernetes", of("apps/v1", "Deployment")],
  [
    "both versions of autoscaling",
    rendered([
      object("autoscaling/v1", "HorizontalPodAutoscaler", "a"),
      object("autoscaling/v2", "HorizontalPodAutoscaler", "b"),
    ]),
  ],
  ["a pinned CRD", of("external-secrets.io/v1", "ExternalSecret")],
  [
    "both versions of a pinned CRD",
    rendered([
      object("gateway.networking.k8s.io/v1", "HTTPRoute", "a"),
      object("gateway.networking.k8s.io/v1beta1", "HTTPRoute", "b"),
    ]),
  ],
  [
    "a kind the cluster has since its version",
    of("resource.k8s.io/v1", "ResourceClaimTemplate", "1.34.0"),
  ],
  [
    "what the cluster says it serves",
    rendered([object("longhorn.io/v1beta2", "RecurringJob", "a")], {
      cluster: { apiVersionsServed: ["longhorn.io/v1beta2"] },
    }),
  ],
  [
    "a beta version the cluster says it serves",
    rendered([object("resource.k8s.io/v1beta1", "ResourceClaim", "a")], {
      cluster: { apiVersionsServed: ["resource.k8s.io/v1beta1"] },
    }),
  ],
  ["what a rendered CRD defines", rendered([crd, object("example.com/v1", "Job", "a")])],
  [
    "the policy kinds of the release that has them",
    of("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", "1.30.0"),
  ],
  ["a pinned group's second version", of("metallb.io/v1beta2", "BGPPeer")],
  ["a pinned group's alpha version", of("velero.io/v2alpha1", "DataUpload")],
] as const)("no finding: %s", ([, release]) => {
  expect(findings(code, release)).toEqual([]);
});
