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
  ["with a rule for what comes in", { ...bothWays, ingress: [{}] }],
  ["with a rule for what goes out", { ...bothWays, egress: [{}] }],
  ["for some pods", { ...bothWays, podSelector: { matchLabels: { a: "b" } } }],
  ["one way", { ...bothWays, policyTypes: ["Ingress"] }],
] as const)(
  "the default-deny of a service that a patch has opened is told there: %s",
  ([, spec]) => {
    const patches = { "networkpolicy/default-deny": { spec } };
    const problems = findings(
      code,
      rendered([home("media-sonarr"), policy("media-sonarr", "default-deny", spec)], {
        spec: { patches },
      }),
    );
    expect(problems).toMatchObject([
      {
        message: "NetworkPolicy default-deny: it does not deny everything any more",
        keys: ["patches", "networkpolicy/default-deny", "spec"],
        found: JSON.stringify(spec),
        fix: expect.stringContaining("consumes, reaches, exposes"),
      },
    ]);
  },
);

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
