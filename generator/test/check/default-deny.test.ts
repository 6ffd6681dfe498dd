import { expect, test } from "vitest";
import { findings, messages, object, rendered } from "./builder.ts";

const code = "MANIFEST_NO_DEFAULT_DENY";
const home = (name: string) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
const policy = (namespace: string, name: string, spec: object) => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name, namespace },
  spec,
});
const bothWays = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
const found = (...objects: readonly Record<string, unknown>[]) =>
  messages(findings(code, rendered(objects)));

test("a namespace of a service without its default-deny is told", () => {
  expect(found(home("media-sonarr"))).toEqual([
    "Namespace media-sonarr: nothing is denied in this namespace",
  ]);
});

test("with it, nothing is", () => {
  expect(found(home("media-sonarr"), policy("media-sonarr", "default-deny", bothWays))).toEqual([]);
});

test.for([
  ["of another namespace", policy("media-sonarr", "closed", bothWays)],
  [
    "for some pods",
    policy("more", "closed", { ...bothWays, podSelector: { matchLabels: { a: "b" } } }),
  ],
  ["one way", policy("more", "closed", { ...bothWays, policyTypes: ["Ingress"] })],
  ["with a rule", policy("more", "closed", { ...bothWays, egress: [{}] })],
] as const)("a namespace a service brings needs its own: not one %s", ([, other]) => {
  expect(found(home("more"), other)).toHaveLength(1);
});

test("a namespace a service brings with a policy that denies all is right", () => {
  expect(found(home("more"), policy("more", "closed", bothWays))).toEqual([]);
});

test("what is no namespace is not asked", () => {
  expect(found(object("v1", "ConfigMap", "settings"))).toEqual([]);
});
