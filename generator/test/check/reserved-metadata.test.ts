/** Labels and annotations that are RZP's, and those by which Argo CD would leave out what RZP derives. */
import { expect, test } from "vitest";
import type { ServiceSpec } from "../../src/model/service.ts";
import { claim, deployment, findings, object, rendered } from "./builder.ts";
import type { Tree } from "./builder.ts";

const code = "MANIFEST_UNDECLARED";
type Written = NonNullable<ServiceSpec["objects"]>;
const policy = object("networking.k8s.io/v1", "NetworkPolicy", "dns");
const patched = (one: Tree, patches: Record<string, Tree>, more: object = {}) =>
  findings(code, rendered([one], { spec: { patches }, ...more }));
const annotated = (annotations: Tree) => ({ metadata: { annotations } });

test.for([
  ["labels", "rzp.local/environment"],
  ["annotations", "rzp.local/allows"],
  ["labels", "pod-security.kubernetes.io/enforce"],
])("an object sets no %s %s", ([place = "", key = ""]) => {
  const one = object("v1", "ConfigMap", "mine");
  const written = { apiVersion: "v1", kind: "ConfigMap", metadata: { [place]: { [key]: "any" } } };
  const spec = { objects: { mine: written } as Written };
  expect(findings(code, rendered([one], { spec }))).toMatchObject([
    {
      message: `ConfigMap mine: only RZP sets \`${key}\`: policies on the cluster and others go by it`,
      keys: ["objects", "mine", "metadata", place, key],
      found: key,
    },
  ]);
});

test("nor does a pod in it, and other keys are free", () => {
  const template = { metadata: { labels: { "rzp.local/service": "postgres", team: "home" } } };
  const written = { apiVersion: "apps/v1", kind: "Deployment", spec: { template } };
  const spec = { objects: { sonarr: written } as Written };
  expect(findings(code, rendered([deployment()], { spec }))).toMatchObject([
    { keys: ["objects", "sonarr", "spec", "template", "metadata", "labels", "rzp.local/service"] },
  ]);
});

test.for([
  [{ labels: { "rzp.local/environment": null } }, ["labels", "rzp.local/environment"]],
  [{ labels: { "rzp.local/backup": "none" } }, ["labels", "rzp.local/backup"]],
  [{ labels: null }, ["labels"]],
  [{ annotations: null }, ["annotations"]],
] as const)("a patch neither sets nor takes them away: %o", ([metadata, keys]) => {
  expect(patched(policy, { "networkpolicy/dns": { metadata } })).toMatchObject([
    { keys: ["patches", "networkpolicy/dns", "metadata", ...keys] },
  ]);
});

test("a chart's objects bear none of RZP's that a patch could take away", () => {
  const patches = { "networkpolicy/dns": { metadata: { annotations: null } } };
  expect(patched(policy, patches, { vendored: true })).toEqual([]);
});

test("selectors may ask for them", () => {
  const spec = {
    egress: [{ to: [{ namespaceSelector: { matchLabels: { "rzp.local/tier": "data" } } }] }],
  };
  const written = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", spec };
  const found = findings(code, rendered([policy], { spec: { objects: { dns: written } } }));
  expect(found).toEqual([]);
});

test.for([
  ["argocd.argoproj.io/hook", "Skip", "as a hook"],
  ["argocd.argoproj.io/hook-delete-policy", "HookSucceeded", "as a hook"],
  ["helm.sh/hook", "pre-install", "as a hook"],
  ["argocd.argoproj.io/sync-options", "Validate=false,Prune=false", "would keep it"],
  ["argocd.argoproj.io/sync-options", "Delete=confirm", "would keep it"],
  ["argocd.argoproj.io/sync-options", "Force=true,Replace=true", "make it anew"],
  ["argocd.argoproj.io/compare-options", "IgnoreExtraneous", "would call its Application in sync"],
])("a patch by which Argo CD leaves it out or keeps it: %s: %s", ([key = "", value, words]) => {
  const patches = { "networkpolicy/dns": annotated({ [key]: value }) };
  expect(patched(policy, patches)).toMatchObject([
    {
      message: expect.stringContaining(words ?? ""),
      keys: ["patches", "networkpolicy/dns", "metadata", "annotations", key],
      found: `${key}: ${value}`,
    },
  ]);
  expect(patched(policy, patches, { vendored: true })).toEqual([]);
});

test.for([
  ["argocd.argoproj.io/sync-wave", "3"],
  ["argocd.argoproj.io/sync-options", "ServerSideApply=true,Replace=true"],
  ["argocd.argoproj.io/compare-options", "ServerSideDiff=true"],
  ["argocd.argoproj.io/hook", null],
  ["note", "ours"],
] as const)("any other annotation may be patched: %s: %s", ([key, value]) => {
  expect(patched(policy, { "networkpolicy/dns": annotated({ [key]: value }) })).toEqual([]);
});

test("an object of its own may be a hook: nothing else follows from it", () => {
  const mine = object("v1", "ConfigMap", "migrate");
  const hook = annotated({ "argocd.argoproj.io/hook": "PreSync" });
  const objects = { migrate: { apiVersion: "v1", kind: "ConfigMap", ...hook } } as Written;
  const patches = { "configmap/migrate": annotated({ "argocd.argoproj.io/hook": "Skip" }) };
  expect(findings(code, rendered([mine], { spec: { objects, patches } }))).toEqual([]);
});

test("a claim that is to be kept is so with its own annotations", () => {
  const kept = annotated({ "argocd.argoproj.io/sync-options": "Prune=false,Delete=false" });
  expect(patched(claim("data", "ReadWriteOnce"), { "persistentvolumeclaim/data": kept })).toEqual(
    [],
  );
});
