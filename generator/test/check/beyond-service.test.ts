/** What an object under `objects` may reach: its own namespace, the kinds its service brings, and more with a reason. */
import { expect, test } from "vitest";
import type { ServiceSpec } from "../../src/model/service.ts";
import { clusterObject, deployment, findings, object, podSpec, rendered } from "./builder.ts";
import type { Tree } from "./builder.ts";

const code = "MANIFEST_UNDECLARED";
const because = (value: Tree) => ({ because: "one good reason", value });
type Written = NonNullable<ServiceSpec["objects"]>;

/** Findings in one object under `objects`, as it is or with a reason. */
function told(one: Tree, { reasoned = false, others = [] as readonly Tree[] } = {}) {
  const { apiVersion, kind, metadata } = one as {
    apiVersion: string;
    kind: string;
    metadata: { name: string };
  };
  const written = { apiVersion, kind, metadata };
  const objects = { [metadata.name]: reasoned ? because(written) : written } as Written;
  return findings(code, rendered([one, ...others], { spec: { objects } }));
}

const elsewhere = (one: Tree) => ({
  ...one,
  metadata: { ...(one["metadata"] as Tree), namespace: "tools" },
});

test.for([
  ["scheduling.k8s.io/v1", "PriorityClass", "kubernetesObject"],
  ["storage.k8s.io/v1", "StorageClass", "kubernetesObject"],
  ["admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", "kubernetesObject"],
  ["cert-manager.io/v1", "ClusterIssuer", "customObject"],
  ["external-secrets.io/v1", "ClusterSecretStore", "customObject"],
  ["external-secrets.io/v1", "ClusterExternalSecret", "customObject"],
  ["external-secrets.io/v1alpha1", "ClusterPushSecret", "customObject"],
  ["snapshot.storage.k8s.io/v1", "VolumeSnapshotContent", "customObject"],
])("a %s %s takes a reason", ([apiVersion = "", kind = "", made]) => {
  const one = clusterObject(apiVersion, kind, "mine");
  expect(told(one)).toMatchObject([
    {
      message: `${kind} mine: it is for the whole cluster, and nothing says why its service has one`,
      keys: ["objects", "mine"],
      fix: `take it out, or write objects: { mine: because(${made}({ … }), "say why here") }`,
    },
  ]);
  expect(told(one, { reasoned: true })).toEqual([]);
});

test.for([
  ["hostPath", "/"],
  ["local", "/mnt/disk"],
])("a volume of a node is told to be one: %s", ([source = "", path]) => {
  const spec = { persistentVolumeReclaimPolicy: "Retain", [source]: { path } };
  const one = clusterObject("v1", "PersistentVolume", "mine", { spec });
  expect(told(one)).toMatchObject([
    { message: expect.stringContaining(`whoever mounts ${path} of a node has what a privileged`) },
  ]);
  expect(told(one, { reasoned: true })).toEqual([]);
});

test("kinds whose definitions its service brings are its own", () => {
  const definition = clusterObject(
    "apiextensions.k8s.io/v1",
    "CustomResourceDefinition",
    "clusterissuers.cert-manager.io",
  );
  const issuer = clusterObject("cert-manager.io/v1", "ClusterIssuer", "mine");
  expect(told(issuer, { others: [definition] })).toEqual([]);
  const secrets = clusterObject("external-secrets.io/v1", "ClusterSecretStore", "mine");
  expect(told(secrets, { others: [definition] })).toHaveLength(1);
});

test("rights are judged by what they give, objects of its own namespace need no reason", () => {
  const group = "rbac.authorization.k8s.io/v1";
  expect(told(clusterObject(group, "ClusterRole", "mine", { rules: [] }))).toEqual([]);
  expect(told(object("v1", "ConfigMap", "mine"))).toEqual([]);
});

test("what RZP or a chart makes needs none", () => {
  const one = clusterObject("scheduling.k8s.io/v1", "PriorityClass", "mine");
  expect(findings(code, rendered([one]))).toEqual([]);
  const objects: Written = { mine: { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass" } };
  expect(findings(code, rendered([one], { spec: { objects }, vendored: true }))).toEqual([]);
});

test("a namespace that is nobody's takes a reason", () => {
  const one = elsewhere(object("v1", "ConfigMap", "mine"));
  expect(told(one)).toMatchObject([
    {
      message:
        "ConfigMap tools/mine: it is in a namespace that is no service's, and nothing says why",
      keys: ["objects", "mine", "metadata", "namespace"],
      found: "tools",
      fix: 'take metadata.namespace out, or write objects: { mine: because(kubernetesObject({ … }), "say why here") }',
    },
  ]);
  expect(told(one, { reasoned: true })).toEqual([]);
});

test("of two objects of one name each is judged by its own reason", () => {
  const one = elsewhere(object("v1", "ConfigMap", "settings"));
  const other = { ...one, metadata: { name: "settings", namespace: "other" } };
  const objects = { one: because(one), other } as unknown as Written;
  expect(findings(code, rendered([one, other], { spec: { objects } }))).toMatchObject([
    { found: "other", keys: ["objects", "other", "metadata", "namespace"] },
  ]);
});

test("its pods there may do nothing more, whatever the service says of its own and why", () => {
  const spec = { ...podSpec(), hostNetwork: true, automountServiceAccountToken: true };
  const one = elsewhere(deployment(spec));
  const objects = { sonarr: because(one) } as unknown as Written;
  const setting = { spec: { objects, account: {} } };
  expect(findings("MANIFEST_POD_SECURITY", rendered([one], setting))).toMatchObject([
    {
      message: expect.stringContaining("in a namespace that is not its service's, no pod may"),
      keys: ["objects", "sonarr", "value", "spec", "template", "spec", "hostNetwork"],
    },
  ]);
  expect(findings(code, rendered([one], setting))).toMatchObject([{ found: "token" }]);
  const harmless = elsewhere(deployment());
  const quiet = { spec: { objects: { sonarr: because(harmless) } as unknown as Written } };
  expect(findings("MANIFEST_POD_SECURITY", rendered([harmless], quiet))).toEqual([]);
  expect(findings(code, rendered([harmless], quiet))).toEqual([]);
});

test("it reads no secrets there", () => {
  const one = elsewhere(
    object("external-secrets.io/v1", "ExternalSecret", "mine", { spec: { data: [] } }),
  );
  const objects = { mine: because(one) } as unknown as Written;
  expect(findings("MANIFEST_SECRET_PATH", rendered([one], { spec: { objects } }))).toMatchObject([
    {
      message:
        "ExternalSecret tools/mine: it reads secrets in a namespace that is not its service's",
      keys: ["objects", "mine", "value", "metadata", "namespace"],
    },
  ]);
});
