import { expect, test } from "vitest";
import { findings, object, rendered } from "./builder.ts";
import type { Tree } from "./builder.ts";

const code = "QUOTA_BELOW_REQUESTS";
const quota = (hard: Tree, more: Tree = {}) =>
  object("v1", "ResourceQuota", "quota", { spec: { hard, ...more } });
/** As a patch leaves it; two pods at once while one of them is replaced. */
const patched = (hard: Tree, more: Tree = {}, patches: Record<string, Tree> = {}) =>
  rendered([quota(hard, more)], {
    spec: { size: "small", patches: { "resourcequota/quota": { spec: { hard } }, ...patches } },
  });

test("a patch that leaves less room than the pods need is told at what it changes", () => {
  expect(findings(code, patched({ pods: "1" }))).toMatchObject([
    {
      severity: "error",
      message:
        "ResourceQuota quota: the pods of sonarr need room for 2 pods while a new version comes in, more than `pods`",
      keys: ["patches", "resourcequota/quota", "spec", "hard", "pods"],
      found: '"1"',
      expected: '"2" or more',
      fix: expect.stringContaining('write "2", or take it out'),
    },
  ]);
});

test("so is an object", () => {
  const objects = { quota: { apiVersion: "v1", kind: "ResourceQuota" } };
  expect(findings(code, rendered([quota({ pods: 1 })], { spec: { objects } }))).toMatchObject([
    { keys: ["objects", "quota", "spec", "hard", "pods"], found: "1" },
  ]);
});

test.for([
  ["requests.cpu", "1m", "processor time"],
  ["cpu", "0.001", "processor time"],
  ["requests.memory", "1Mi", "of memory while"],
  ["memory", "1Mi", "of memory while"],
  ["limits.memory", "1Mi", "of memory as their limit"],
  ["count/pods", "1", "room for 2 pods"],
] as const)("every key that limits pods is read: %s", ([key, value, words]) => {
  expect(findings(code, patched({ [key]: value }))).toMatchObject([
    { message: expect.stringContaining(words), found: JSON.stringify(value) },
  ]);
});

test("of two keys for the same the smaller one counts", () => {
  expect(findings(code, patched({ pods: "20", "count/pods": "1" }))).toMatchObject([
    { path: 'patches["resourcequota/quota"].spec.hard["count/pods"]' },
  ]);
});

test.for([
  ["enough of all", patched({ pods: "2", "requests.cpu": "9", "requests.memory": "9Gi" })],
  ["what no pod asks for", patched({ "count/configmaps": "0" })],
  ["what is derived is checked where it is written", rendered([quota({ pods: "1" })])],
  ["a quota for some of the pods", patched({ pods: "1" }, { scopes: ["BestEffort"] })],
  [
    "a quota for some priorities",
    patched({ pods: "1" }, { scopeSelector: { matchExpressions: [] } }),
  ],
  [
    "pods that a patch changes",
    patched({ pods: "1" }, {}, { "deployment/sonarr": { spec: { replicas: 0 } } }),
  ],
] as const)("nothing to tell: %s", ([, release]) => {
  expect(findings(code, release)).toEqual([]);
});
