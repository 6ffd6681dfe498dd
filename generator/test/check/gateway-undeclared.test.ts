/** What acts in the proxies of all services, or past who signs in; what only tunes a route of one's own stays possible. */
import { describe, expect, test } from "vitest";
import { findings, messages, object, rendered } from "./builder.ts";
import type { Setting, Tree } from "./builder.ts";

const code = "MANIFEST_ROUTE_UNDECLARED";
const gatewayApi = "gateway.networking.k8s.io";
const envoy = "gateway.envoyproxy.io/v1alpha1";
const side = (kind: string, spec: Tree = {}, apiVersion = envoy) =>
  object(apiVersion, kind, "side", { spec });
const route = (more: Tree = {}) => ({ group: gatewayApi, kind: "HTTPRoute", name: "web", ...more });
const web = { host: "tv", to: "http", audience: "internal", signIn: "sso" } as const;
const open = { ...web, host: "open", signIn: "own" } as const;

/** As the service brings it, with a route that asks for a password and one that does not. */
const brought = (one: Tree, setting: Setting = {}) =>
  rendered([one], {
    ...setting,
    spec: {
      routes: { web, open },
      objects: {
        [String((one["metadata"] as Tree)["name"])]: {
          ...one,
          apiVersion: String(one["apiVersion"]),
          kind: String(one["kind"]),
        },
      },
      ...setting.spec,
    },
  });

describe("what changes the proxies of all", () => {
  test.for<[string, Tree, string]>([
    ["their pods", side("EnvoyProxy"), "kind"],
    ["their configuration", side("EnvoyPatchPolicy"), "kind"],
    ["code in Lua", side("EnvoyExtensionPolicy", { lua: [{ type: "Inline" }] }), "spec.lua"],
    ["code in Wasm", side("EnvoyExtensionPolicy", { wasm: [{}] }), "spec.wasm"],
    [
      "the pods of a gateway of its own",
      side(
        "Gateway",
        { infrastructure: { parametersRef: { kind: "EnvoyProxy", name: "side" } } },
        `${gatewayApi}/v1`,
      ),
      "spec.infrastructure.parametersRef",
    ],
  ])("%s", ([, one, path]) => {
    expect(findings(code, brought(one))).toMatchObject([
      {
        severity: "error",
        message: expect.stringContaining("it changes what runs in the namespace of the gateways"),
        path: `objects.side.${path}`,
      },
    ]);
    expect(findings(code, rendered([one], { vendored: true }))).toMatchObject([
      { severity: "error", path: "chart.values" },
    ]);
    const gateways = {
      internal: {
        name: "internal",
        namespace: "media-sonarr",
        podNamespace: "media-sonarr",
        podLabels: {},
      },
    };
    expect(findings(code, brought(one, { cluster: { gateways } }))).toEqual([]);
  });
});

describe("a SecurityPolicy in place of the one by which people sign in", () => {
  test.for<[string, Tree, string]>([
    ["a rule", { targetRefs: [route({ sectionName: "all" })] }, "targetRefs[0]"],
    ["the route", { targetRefs: [{ ...route(), name: "open" }, route()] }, "targetRefs[1]"],
    ["the route, as it was written", { targetRef: route() }, "targetRef"],
    ["labels", { targetSelectors: [{ kind: "HTTPRoute" }] }, "targetSelectors[0]"],
  ])("for %s", ([, spec, path]) => {
    expect(findings(code, brought(side("SecurityPolicy", spec)))).toMatchObject([
      {
        severity: "error",
        message:
          "SecurityPolicy side: it acts in place of the policy by which people sign in on route `web`",
        path: `objects.side.spec.${path}`,
      },
    ]);
  });
});

test.for<[string, string, Tree]>([
  [
    "who else may not come by a route where the service asks",
    "SecurityPolicy",
    { targetRefs: [{ ...route(), name: "open" }] },
  ],
  [
    "who may come to a gateway of its own",
    "SecurityPolicy",
    { targetSelectors: [{ kind: "Gateway" }] },
  ],
  ["time-outs", "BackendTrafficPolicy", { targetRefs: [route()] }],
  [
    "a processor that is a service",
    "EnvoyExtensionPolicy",
    { targetRefs: [route()], extProc: [{}] },
  ],
  [
    "clients of a gateway of its own",
    "ClientTrafficPolicy",
    { targetRefs: [{ kind: "Gateway", name: "side" }] },
  ],
])("stays possible: %s", ([, kind, spec]) => {
  expect(findings(code, brought(side(kind, spec)))).toEqual([]);
});

describe("a gateway of its own", () => {
  const gateway = (name: string, spec: Tree = {}) =>
    object(`${gatewayApi}/v1`, "Gateway", name, { spec });

  test("has not the name of one of the cluster", () => {
    const found = findings("NAME_TAKEN", brought(gateway("internal")));
    expect(messages(found)).toEqual([
      "Gateway internal: the internal gateway of the cluster is called so, and others know it by that name alone",
    ]);
    expect(found).toMatchObject([{ fix: "call it sonarr-internal" }]);
  });

  test.for([
    ["another name", gateway("mine")],
    [
      "parameters for another controller",
      gateway("mine", { infrastructure: { parametersRef: { kind: "ConfigMap" } } }),
    ],
  ] as const)("may have %s", ([, one]) => {
    expect([...findings(code, brought(one)), ...findings("NAME_TAKEN", brought(one))]).toEqual([]);
  });
});
