import { load } from "js-yaml";
import { expect, test } from "vitest";
import { kindOf } from "../../src/model/scopes.ts";
import { dataKinds } from "../../src/model/data-kinds.ts";
import { checkManifests } from "../support/manifests.ts";
import { findings, messages, object, rendered } from "./builder.ts";
import type { Setting } from "./builder.ts";

const code = "MANIFEST_DATA_UNPROTECTED";
const options = "argocd.argoproj.io/sync-options";
const kept = "Prune=false,Delete=false";
const claim = (sync: string | undefined) =>
  object("v1", "PersistentVolumeClaim", "data", {
    metadata: {
      name: "data",
      namespace: "media-sonarr",
      ...(sync === undefined ? {} : { annotations: { [options]: sync } }),
    },
  });
const annotated = (
  apiVersion: string,
  kind: string,
  annotations: object,
  spec: object = {},
  labels: object = {},
) => ({
  apiVersion,
  kind,
  metadata: { name: "data", annotations, labels },
  spec,
});
const setOf = (policy: object) =>
  object("apps/v1", "StatefulSet", "sonarr", {
    spec: { persistentVolumeClaimRetentionPolicy: policy },
  });

test("a patch that takes the annotation off a claim is told at it", () => {
  const patches = {
    "persistentvolumeclaim/data": { metadata: { annotations: { [options]: null } } },
  };
  expect(findings(code, rendered([claim(undefined)], { spec: { patches } }))).toMatchObject([
    {
      severity: "error",
      message:
        "PersistentVolumeClaim data: Argo CD would remove it, and the data in it, when it is in no file any more",
      keys: ["patches", "persistentvolumeclaim/data", "metadata", "annotations", options],
      found: "none",
      expected: `${options}: ${kept}`,
    },
  ]);
});

test.for(["Prune=false", "Delete=false", "Prune=true,Delete=false", "Delete=true"])(
  "a claim that is half kept is told: %s",
  (sync) => {
    expect(findings(code, rendered([claim(sync)]))).toMatchObject([{ found: sync }]);
  },
);

test.for(["Force=true", "Replace=true"])("so is one that would be made anew: %s", (option) => {
  expect(findings(code, rendered([claim(`${kept}, ${option}`)]))).toMatchObject([
    {
      message:
        "PersistentVolumeClaim data: Argo CD would remove it, and the data in it, whenever it is changed",
      found: `${kept}, ${option}`,
    },
  ]);
});

test.for(["argocd.argoproj.io/hook", "helm.sh/hook"])("and one that is a hook: %s", (hook) => {
  const hooked = annotated("v1", "PersistentVolumeClaim", { [options]: kept, [hook]: "PreSync" });
  expect(findings(code, rendered([hooked]))).toMatchObject([
    {
      message:
        "PersistentVolumeClaim data: Argo CD would remove it, and the data in it, before every sync",
      found: "PreSync",
      expected: `no ${hook}`,
    },
  ]);
});

test.for([...dataKinds])("every kind that holds data is asked: %s", (kind) => {
  const [group = "", name = ""] = kind.split("/");
  const apiVersion = group === "" ? "v1" : `${group}/v1`;
  expect(findings(code, rendered([annotated(apiVersion, name, {})]))).toHaveLength(1);
  expect(findings(code, rendered([annotated(apiVersion, name, { [options]: kept })]))).toEqual([]);
});

test("no rule parses a definition that is written as definitions are: those of one chart are megabytes", () => {
  const definition = "apiextensions.k8s.io/CustomResourceDefinition";
  const release = rendered(
    [
      annotated("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
        [options]: "Prune=false",
      }),
      object("example.com/v1", "Job", "a"),
    ],
    { cluster: { apiVersionsServed: ["example.com/v2"] } },
  );
  const manifests = release.manifests.map((manifest) =>
    kindOf(manifest) === definition
      ? {
          ...manifest,
          text: manifest.text.replace(
            "spec: {}\n",
            // No parser reads the rest.
            "spec:\n  group: example.com\n  versions:\n  - name: v1\n    served: true\n    schema: }\n",
          ),
        }
      : manifest,
  );
  expect(manifests[0]?.text).toContain("schema: }");
  expect(() => load(manifests[0]?.text ?? "")).toThrow(/schema: }/);
  expect(checkManifests([{ ...release, manifests }])).toMatchObject([
    { code, found: "Prune=false" },
  ]);
});

test("a retention that removes claims is told for each of its two fields", () => {
  const policy = { whenDeleted: "Delete", whenScaled: "Delete" };
  const patches = {
    "statefulset/sonarr": { spec: { persistentVolumeClaimRetentionPolicy: policy } },
  };
  expect(findings(code, rendered([setOf(policy)], { spec: { patches } }))).toMatchObject([
    {
      message: "StatefulSet sonarr: whenDeleted removes the data by itself",
      path: 'patches["statefulset/sonarr"].spec.persistentVolumeClaimRetentionPolicy.whenDeleted',
      found: '"Delete"',
      expected: '"Retain"',
    },
    { message: "StatefulSet sonarr: whenScaled removes the data by itself" },
  ]);
});

test.for([
  [
    "/v1",
    "PersistentVolume",
    { persistentVolumeReclaimPolicy: "Delete" },
    "persistentVolumeReclaimPolicy",
  ],
  [
    "postgresql.cnpg.io/v1",
    "Database",
    { databaseReclaimPolicy: "delete" },
    "databaseReclaimPolicy",
  ],
] as const)("so are other retentions: %s %s", ([apiVersion, kind, spec, field]) => {
  const version = apiVersion.replace(/^\//, "");
  expect(
    messages(findings(code, rendered([annotated(version, kind, { [options]: kept }, spec)]))),
  ).toEqual([`${kind} data: ${field} removes the data by itself`]);
});

test.for([
  ["what keeps", setOf({ whenDeleted: "Retain", whenScaled: "Retain" })],
  ["no retention", setOf({})],
  ["more options, with spaces", claim("ServerSideApply=true, Prune=false, Delete=false")],
  ["a kind of that name of another operator", object("kafka.example.org/v1", "Cluster", "data")],
  ["what holds no data", object("v1", "ConfigMap", "data")],
] as const)("nothing to tell: %s", ([, one]) => {
  expect(findings(code, rendered([one]))).toEqual([]);
});

const leavesOut = "velero.io/exclude-from-backup";
const backed = { cluster: { backup: { locations: {} } } } as Setting;
const leaving = (labels: object = { [leavesOut]: "true" }) =>
  annotated("v1", "PersistentVolumeClaim", { [options]: kept }, {}, labels);
const ofSet = object("apps/v1", "StatefulSet", "sonarr", {
  spec: { volumeClaimTemplates: [{ metadata: { name: "data", labels: { [leavesOut]: "true" } } }] },
});

test("a claim that a patch keeps out of the backups it is promised is told", () => {
  const patches = {
    "persistentvolumeclaim/data": { metadata: { labels: { [leavesOut]: "true" } } },
  };
  expect(findings(code, rendered([leaving()], { ...backed, spec: { patches } }))).toMatchObject([
    {
      message:
        "PersistentVolumeClaim data: Velero leaves it out, and its volume is said to be backed up",
      keys: ["patches", "persistentvolumeclaim/data", "metadata", "labels", leavesOut],
      fix: expect.stringContaining('backup: because(false, "say why here")'),
    },
  ]);
  expect(
    findings(code, rendered([leaving()], { ...backed, spec: { labels: { [leavesOut]: "true" } } })),
  ).toMatchObject([{ keys: ["labels", leavesOut] }]);
  expect(findings(code, rendered([ofSet], backed))).toHaveLength(1);
});

test.for([
  [
    "one that is said not to be backed up",
    leaving({ [leavesOut]: "true", "rzp.local/backup": "none" }),
    backed,
  ],
  ["one that is not left out", leaving({ [leavesOut]: "false" }), backed],
  ["where nothing is backed up", leaving(), {}],
  [
    "its own, of which nothing is promised",
    leaving(),
    { ...backed, spec: { objects: { data: { apiVersion: "v1", kind: "PersistentVolumeClaim" } } } },
  ],
] as const)("left out of backups: %s", ([, one, setting]) => {
  expect(findings(code, rendered([one], setting))).toEqual([]);
});

test("of a chart it is advice", () => {
  expect(
    findings(code, rendered([setOf({ whenDeleted: "Delete" })], { vendored: true })),
  ).toMatchObject([{ severity: "warning", path: "chart.values" }]);
});
