import { expect, test } from "vitest";
import { findings, messages, object, rendered } from "./builder.ts";
import type { Tree } from "./builder.ts";

const code = "MANIFEST_ROUTE_UNDECLARED";
const group = "gateway.networking.k8s.io";
const envoy = "gateway.envoyproxy.io";
const parent = { name: "internal", namespace: "network-gateway" };
const to = { backendRefs: [{ name: "sonarr", port: 8989 }] };
const redirect = { filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https" } }] };
const route = (spec: Tree, kind = "HTTPRoute") =>
  object(`${group}/v1`, kind, "side", { spec: { parentRefs: [parent], ...spec } });
/** As the service brings it. */
const brought = (one: Tree) =>
  rendered([one], {
    spec: {
      objects: {
        side: {
          apiVersion: String(one["apiVersion"]),
          kind: String(one["kind"]),
          spec: one["spec"],
        },
      },
    },
  });
const patching = (key: string, spec: Tree | null) => ({ spec: { patches: { [key]: { spec } } } });

test.for(["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"])(
  "a route through a gateway of the cluster is told at its parent: %s",
  (kind) => {
    expect(findings(code, brought(route({ rules: [to] }, kind)))).toMatchObject([
      {
        severity: "error",
        message: `${kind} side: it is a way in by gateway internal, and no field says for whom and who asks for a password`,
        path: "objects.side.spec.parentRefs[0]",
        fix: expect.stringContaining("write it under routes"),
      },
    ]);
  },
);

test.for([
  [
    "after a parent that is none",
    { parentRefs: [{ name: "mesh", kind: "Service" }, parent], rules: [to] },
  ],
  ["without rules: it would take all", {}],
  ["a redirect under a name of its own", { hostnames: ["a.example.com"], rules: [redirect] }],
  ["one rule of two leads somewhere", { rules: [redirect, to] }],
  [
    "a filter beside the redirect",
    { rules: [{ filters: [...redirect.filters, { type: "RequestMirror" }] }] },
  ],
] as const)("so is one %s", ([, spec]) => {
  expect(findings(code, brought(route(spec)))).toHaveLength(1);
});

test("an Ingress goes past the gateways and whom they let in", () => {
  const ingress = object("networking.k8s.io/v1", "Ingress", "side");
  const told = { severity: "error", message: expect.stringContaining("past the gateways") };
  expect(findings(code, brought(ingress))).toMatchObject([{ ...told, path: "objects.side.kind" }]);
  expect(findings(code, rendered([ingress], { vendored: true }))).toMatchObject([
    { ...told, path: "chart.values" },
  ]);
});

test.for([
  ["type", { type: "LoadBalancer" }],
  ["type", { type: "NodePort" }],
  ["externalIPs", { externalIPs: ["10.0.0.9"] }],
] as const)("a Service with an address outside the cluster: %s %o", ([field, spec]) => {
  const service = object("v1", "Service", "side", { spec });
  const told = { message: expect.stringContaining("by an address outside the cluster") };
  expect(findings(code, brought(service))).toMatchObject([
    { ...told, path: `objects.side.spec.${field}` },
  ]);
  expect(findings(code, rendered([service], patching("service/side", spec)))).toMatchObject([
    { ...told, path: `patches["service/side"].spec.${field}` },
  ]);
  expect(findings(code, rendered([service]))).toEqual([]);
  expect(findings(code, rendered([service], { vendored: true }))).toEqual([]);
});

test("one that a chart brings stays an error, at its values", () => {
  expect(findings(code, rendered([route({ rules: [to] })], { vendored: true }))).toMatchObject([
    {
      severity: "error",
      path: "chart.values",
      fix: "switch it off in chart.values, and write it under routes",
    },
  ]);
});

test.for([
  ["hostnames", ["tv.example.com"], "host"],
  ["parentRefs", [{ name: "public" }], "audience"],
] as const)("a patch of %s is told, with the field that says it", ([field, value, said]) => {
  const spec = { [field]: value };
  expect(findings(code, rendered([route(spec)], patching("httproute/side", spec)))).toMatchObject([
    {
      message: `HTTPRoute side: a patch changes what routes.side.${said} says`,
      path: `patches["httproute/side"].spec.${field}`,
      found: JSON.stringify(value),
      fix: `take the patch out, and say it in routes.side.${said}`,
    },
  ]);
});

test.for([
  ["a host it shares", { because: "one page to people", value: "tv" }, 1],
  ["a host of its own", "tv", 0],
] as const)("a patch of which requests it takes, of %s", ([, host, times]) => {
  const side = { host, to: "http", audience: "internal", signIn: "own" } as const;
  const patches = { "httproute/side": { spec: { rules: [to] } } };
  const found = findings(code, rendered([route({})], { spec: { routes: { side }, patches } }));
  expect(messages(found)).toEqual(
    Array.from(
      { length: times },
      () => "HTTPRoute side: a patch changes what routes.side.rules says",
    ),
  );
});

test.for([
  ["without the provider", { oidc: null }],
  ["for another route", { targetRefs: [] }],
  ["for one more", { targetRefs: [], targetRef: {} }],
  ["for all with a label", { targetSelectors: [] }],
  ["without anything", null],
] as const)("a patch after which nobody signs in is told once: %s", ([, spec]) => {
  const policy = object(`${envoy}/v1alpha1`, "SecurityPolicy", "web", { spec: {} });
  const found = findings(code, rendered([policy], patching("securitypolicy/web", spec)));
  expect(messages(found)).toEqual([
    "SecurityPolicy web: a patch changes what routes.web.signIn says",
  ]);
});

test.for([
  ["what is derived", rendered([route({ rules: [to] })])],
  [
    "a patch of what no field says",
    rendered([route({})], patching("httproute/side", { rules: [] })),
  ],
  ["plain HTTP that is sent to HTTPS", brought(route({ rules: [redirect] }))],
  [
    "a gateway of the service's own",
    brought(route({ parentRefs: [{ name: "mine" }], rules: [to] })),
  ],
  [
    "a gateway of that name elsewhere",
    brought(route({ parentRefs: [{ name: "internal" }], rules: [to] })),
  ],
  [
    "a kind of that name of another operator",
    brought({ ...route({ rules: [to] }), apiVersion: "example.org/v1" }),
  ],
  ["no parent", brought(object(`${group}/v1`, "HTTPRoute", "side"))],
] as const)("nothing to tell: %s", ([, release]) => {
  expect(findings(code, release)).toEqual([]);
});
