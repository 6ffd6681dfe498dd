import { expect, test } from "vitest";
import { checkManifests } from "../support/manifests.ts";
import { findings, messages, namespace, object, rendered } from "./builder.ts";

const code = "MANIFEST_POLICY_UNDECLARED";
const group = "networking.k8s.io/v1";
const policy = (name: string, spec: object, more: object = {}) =>
  object(group, "NetworkPolicy", name, { spec: { podSelector: {}, ...spec }, ...more });
const bringing = (key: string, spec: object) => ({
  spec: { objects: { [key]: { apiVersion: group, kind: "NetworkPolicy", spec } } },
});
const patching = (name: string, patch: object) => ({
  spec: { patches: { [`networkpolicy/${name}`]: patch as Record<string, unknown> } },
});
const open = { ingress: [{}], egress: [{}] };

test.for([
  ["both ways", open],
  ["in", { ingress: [{}] }],
  ["out, to one port", { egress: [{ ports: [{ port: 443 }] }] }],
] as const)("an object that opens the service's namespace is told at its spec: %s", ([, spec]) => {
  expect(findings(code, rendered([policy("extra", spec)], bringing("extra", spec)))).toMatchObject([
    {
      severity: "error",
      message: "NetworkPolicy extra: it lets through what no field of a service says",
      keys: ["objects", "extra", "spec"],
      fix: "take it out. Say who may call whom: consumes, reaches, exposes, routes, calledBy, metrics",
    },
  ]);
});

test("so is one in the namespace of another service", () => {
  const elsewhere = policy("extra", open, {
    metadata: { name: "extra", namespace: "media-radarr" },
  });
  const found = findings(
    code,
    rendered([elsewhere], bringing("extra", open)),
    rendered([], { name: "radarr" }),
  );
  expect(messages(found)).toEqual([
    "NetworkPolicy media-radarr/extra: it lets through what no field of a service says",
  ]);
});

test.for([
  ["cilium.io/v2", "CiliumNetworkPolicy", { spec: { egress: [{ toEntities: ["world"] }] } }],
  ["cilium.io/v2", "CiliumNetworkPolicy", { specs: [{}, { ingress: [{}] }] }],
  ["crd.projectcalico.org/v1", "NetworkPolicy", { spec: { ingress: [{ action: "Allow" }] } }],
] as const)("so is one of a network plugin: %s %s", ([apiVersion, kind, content]) => {
  const brought = { spec: { objects: { extra: { apiVersion, kind, ...content } } } };
  expect(
    messages(findings(code, rendered([object(apiVersion, kind, "extra", content)], brought))),
  ).toEqual([`${kind} extra: it lets through what no field of a service says`]);
});

test.for([
  ["cilium.io/v2", "CiliumClusterwideNetworkPolicy"],
  ["projectcalico.org/v3", "GlobalNetworkPolicy"],
  ["policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy"],
] as const)("and one for the whole cluster: %s %s", ([apiVersion, kind]) => {
  const whole = { apiVersion, kind, metadata: { name: "extra" }, spec: { egress: [{}] } };
  const brought = { spec: { objects: { extra: { apiVersion, kind, spec: whole.spec } } } };
  expect(messages(findings(code, rendered([whole], brought)))).toEqual([
    `${kind} extra: it lets through what no field of a service says`,
  ]);
});

test("a chart's is told as advice, at its values", () => {
  const found = findings(code, rendered([policy("chart", open)], { vendored: true }));
  expect(found).toMatchObject([
    {
      severity: "warning",
      path: "chart.values",
      fix: expect.stringMatching(/^switch it off in chart/),
    },
  ]);
});

test.for([
  ["dns", "It follows from dns of the cluster, and is the same for all services"],
  ["sonarr-out", "npm run explain -- sonarr names the field of each policy"],
] as const)("a patch that changes what is derived is told: %s", ([name, fix]) => {
  const patch = { spec: { egress: [{}] } };
  expect(findings(code, rendered([policy(name, patch.spec)], patching(name, patch)))).toMatchObject(
    [
      {
        message: `NetworkPolicy ${name}: a patch changes what it lets through, and it follows from other fields`,
        keys: ["patches", `networkpolicy/${name}`, "spec"],
        found: '{"egress":[{}]}',
        fix: expect.stringContaining(fix),
      },
    ],
  );
});

test("a patch that opens default-deny is told once, by the rule for it", () => {
  const annotations = { "argocd.argoproj.io/sync-options": "Prune=false,Delete=false" };
  const home = { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, annotations } };
  const found = checkManifests([
    rendered([home, policy("default-deny", open)], patching("default-deny", { spec: open })),
  ]);
  expect(found.map((problem) => problem.code)).toEqual(["MANIFEST_NO_DEFAULT_DENY"]);
});

test.for([
  ["what is derived", rendered([policy("sonarr-out", open)])],
  [
    "a patch of its labels",
    rendered([policy("dns", open)], patching("dns", { metadata: { labels: { a: "b" } } })),
  ],
  ["an object that only closes", rendered([policy("closed", {})], bringing("closed", {}))],
  [
    "an object for a namespace that is no service's",
    rendered(
      [policy("extra", open, { metadata: { name: "extra", namespace: "more" } })],
      bringing("extra", open),
    ),
  ],
  [
    "a kind of that name of another operator",
    rendered([object("example.org/v1", "NetworkPolicy", "extra", { spec: open })], {
      spec: { objects: { extra: { apiVersion: "example.org/v1", kind: "NetworkPolicy" } } },
    }),
  ],
] as const)("nothing to tell: %s", ([, release]) => {
  expect(findings(code, release)).toEqual([]);
});
