import { expect, test } from "vitest";
import type { Setting, Tree } from "./builder.ts";
import { deployment, findings, object, podSpec, rendered } from "./builder.ts";

const excludes = "backup.velero.io/backup-volumes-excludes";
const includes = "backup.velero.io/backup-volumes";
const told = (one: Tree, setting: Setting = {}) =>
  findings("MANIFEST_UNDECLARED", rendered([one], setting));
const pods = (annotations: object) => ({
  metadata: { annotations },
  spec: podSpec(),
});
const workload = (annotations: object) => ({
  ...deployment(),
  spec: { template: pods(annotations) },
});
const path = ["spec", "template", "metadata", "annotations"];

test.for([includes, excludes])("a pod that says %s is told at its field", (name) => {
  expect(
    told(workload({ [name]: "config" }), { spec: { podAnnotations: { [name]: "config" } } }),
  ).toMatchObject([
    {
      message:
        "Deployment sonarr: backups would follow its annotation, and not what storage says of each volume",
      keys: ["podAnnotations", name],
      target: "key",
      found: `${name}: config`,
      fix: 'take it out, and say it at the volume: backup: because(false, "say why here")',
    },
  ]);
});

test.for([
  ["what RZP made", {}],
  ["what a chart made", { vendored: true }],
] as const)("a patch of %s is told where it is written", ([, setting]) => {
  const patches = {
    "deployment/sonarr": { spec: { template: { metadata: { annotations: { [excludes]: "a" } } } } },
  } as never;
  const patched = workload({ [excludes]: "a" });
  expect(told(patched, { ...setting, spec: { patches } })).toMatchObject([
    { keys: ["patches", "deployment/sonarr", ...path, excludes] },
  ]);
});

const job = object("batch/v1", "CronJob", "tidy", {
  spec: { jobTemplate: { spec: { template: pods({ [includes]: "scratch" }) } } },
});
const written = { apiVersion: "batch/v1", kind: "CronJob" };

test("an object of its own is told, and takes a reason", () => {
  expect(told(job, { spec: { objects: { tidy: written } } })).toMatchObject([
    {
      keys: ["objects", "tidy", "spec", "jobTemplate", ...path, includes],
      fix: expect.stringMatching(
        /; or write objects: \{ tidy: because\(kubernetesObject\(\{ … \}\), "say why here"\) \}$/,
      ),
    },
  ]);
  const tidy = { because: "what it leaves is wanted", value: written };
  expect(told(job, { spec: { objects: { tidy } } })).toEqual([]);
});

test.for<[string, Tree, Setting]>([
  ["hooks of a backup", workload({ "pre.hook.backup.velero.io/command": "[]" }), {}],
  ["a chart's", workload({ [excludes]: "a" }), { vendored: true }],
  [
    "those of the workload, which Velero does not read",
    {
      ...deployment(),
      metadata: {
        name: "sonarr",
        namespace: "media-sonarr",
        annotations: { [excludes]: "a" },
      },
    },
    {},
  ],
])("nothing to tell: %s", ([, one, setting]) => {
  expect(told(one, setting)).toEqual([]);
});
