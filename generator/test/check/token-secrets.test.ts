import { expect, test } from "vitest";
import type { Setting, Tree } from "./builder.ts";
import { externalSecret, findings, object, rendered } from "./builder.ts";

const of = (one: Tree, setting: Setting = {}) =>
  findings("MANIFEST_UNDECLARED", rendered([one], setting));
const type = "kubernetes.io/service-account-token";
const made = (of: string): Tree => {
  const one = externalSecret("token");
  const spec = one["spec"] as Tree;
  return { ...one, spec: { ...spec, target: { name: "own", template: { type: of } } } };
};

test.for<[string, Tree]>([
  ["a Secret", object("v1", "Secret", "own", { type })],
  ["what an ExternalSecret makes", made(type)],
])("a token that never ends: %s", ([, one]) => {
  expect(of(one)).toMatchObject([
    {
      message: expect.stringContaining("it is the token of a service account, which never ends"),
      found: type,
    },
  ]);
  expect(of(one, { vendored: true })).toEqual([]);
});

test.for<[string, Tree]>([
  ["a Secret of another type", object("v1", "Secret", "own", { type: "Opaque" })],
  ["one without a type", object("v1", "Secret", "own")],
  ["an ExternalSecret of another type", made("kubernetes.io/tls")],
  ["an ExternalSecret without a template", externalSecret("token")],
])("no token: %s", ([, one]) => {
  expect(of(one)).toEqual([]);
});
