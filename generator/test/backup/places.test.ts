/** Which places of backups meet, and which do not. */
import { expect, test } from "vitest";
import { build } from "../model-leaves/build.ts";
import { component, sceneWith, service } from "../model-leaves/scene.ts";

const location = (objectStorage: object, more: object = {}) => ({
  apiVersion: "velero.io/v1",
  kind: "BackupStorageLocation",
  spec: { provider: "aws", objectStorage, ...more },
});
const bucket = "velero";

/** Names of the locations that are told of. */
function found(first: object, second: object): string[] {
  const objects = { first, second };
  const { problems } = build(sceneWith({ services: { app: service({ ...component, objects }) } }));
  return problems.flatMap(({ code, message }) =>
    code === "NAME_TAKEN" ? [/written to by (\w+)/.exec(message)?.[1] ?? ""] : [],
  );
}

test.for([
  ["one folder", { bucket, prefix: "prod" }, { bucket, prefix: "prod" }, "second"],
  ["no folder", { bucket }, { bucket }, "second"],
  ["a folder in another", { bucket, prefix: "home" }, { bucket, prefix: "home/lab" }, "first"],
  ["a folder in the whole bucket", { bucket, prefix: "lab" }, { bucket }, "second"],
] as const)("%s is told once", ([, one, other, told]) => {
  expect(found(location(one), location(other))).toEqual([told]);
});

test.for([
  ["two folders", location({ bucket, prefix: "prod" }), location({ bucket, prefix: "prod-2" })],
  ["two buckets", location({ bucket }), location({ bucket: "other" })],
  [
    "one name in two stores",
    location({ bucket }, { config: { s3Url: "http://10.0.10.5:9000" } }),
    location({ bucket }, { config: { s3Url: "https://s3.example.com" } }),
  ],
  ["what is only read", location({ bucket }), location({ bucket }, { accessMode: "ReadOnly" })],
  ["another kind", location({ bucket }), { ...location({ bucket }), kind: "Backup" }],
] as const)("%s do not meet", ([, one, other]) => {
  expect(found(one, other)).toEqual([]);
});
