/** Names in objects and patches: those of another service's routes are that one's, and what is published, routes say. */
import { expect, test } from "vitest";
import type { Fragment } from "../model-leaves/fixture.ts";
import { build } from "../model-leaves/build.ts";
import { namesInObjects } from "../../src/resolve/names/in-objects.ts";
import { chart, component, sceneWith, service } from "../model-leaves/scene.ts";

const environment = {
  cluster: "home",
  domain: "example.com",
  revision: "main",
  secrets: { backend: "fake" },
};
const web = (host: unknown) => ({
  web: { host, to: "http", audience: "internal", signIn: "own" },
});
const record = "external-dns.kubernetes.io/hostname";

const object = (apiVersion: string, kind: string, spec: Fragment, more: Fragment = {}) => ({
  objects: { mine: { apiVersion, kind, spec, ...more } },
});
const certificate = (...dnsNames: readonly string[]) =>
  object("cert-manager.io/v1", "Certificate", { secretName: "mine", dnsNames });
const named = (hostname: string, spec: Fragment = {}) =>
  object("v1", "Service", spec, { metadata: { annotations: { [record]: hostname } } });
const gateway = (hostname: string, spec: Fragment = {}) =>
  object("gateway.networking.k8s.io/v1", "Gateway", { listeners: [{ hostname }], ...spec });
const route = (...hostnames: readonly string[]) =>
  object("gateway.networking.k8s.io/v1", "HTTPRoute", { hostnames });

/** Problems of `app`, beside `other` with its host. */
function told(app: Fragment, host: unknown = "other"): string[] {
  const { problems } = build(
    sceneWith({
      environments: { prod: environment },
      services: {
        app: service({ ...component, routes: web("app"), ...app }),
        other: service({ ...component, routes: web(host) }),
      },
    }),
  );
  return problems.map(({ code, message }) => `${code} ${message}`);
}

test.for<[string, Fragment]>([
  ["a certificate for its own host", certificate("app.example.com")],
  [
    "a certificate for nobody's",
    certificate("app.media-app.svc", "a.example.org", "*.app.example.com"),
  ],
  [
    "a certificate for a host that two services share",
    {
      routes: web({ because: "one page to people", value: ["app", "x.other.example.com"] }),
      ...certificate("x.other.example.com"),
    },
  ],
  ["a gateway of its own", gateway("mine.example.org")],
  [
    "a gateway without names",
    object("gateway.networking.k8s.io/v1", "Gateway", { listeners: [{}] }),
  ],
  ["a route through it", route("mine.example.org")],
  ["its own host in a record", named("app.example.com")],
  ["an alias that nobody is told of", object("v1", "Service", { type: "ExternalName" })],
  [
    "another annotation",
    {
      patches: {
        "service/app": {
          metadata: { annotations: { "example.org/hostname": "other.example.com" } },
        },
      },
    },
  ],
  [
    "another name of what it exposes",
    {
      exposes: { lan: { ports: { 80: "http" }, clients: "lan" } },
      patches: { "service/app-lan": { metadata: { annotations: { [record]: "tv.example.com" } } } },
    },
  ],
])("may be: %s", ([, app]) => {
  expect(told(app)).toEqual([]);
});

test.for<[string, Fragment, string]>([
  [
    "in a certificate",
    certificate("app.example.com", "other.example.com"),
    "Certificate mine is for other.example.com, a host of other",
  ],
  [
    "as its first name",
    object("cert-manager.io/v1", "Certificate", { commonName: "Other.example.com" }),
    "Certificate mine is for other.example.com, a host of other",
  ],
  [
    "by a wildcard",
    certificate("*.example.com"),
    "Certificate mine is for *.example.com, which takes in other.example.com of other",
  ],
  [
    "at a gateway of its own, which gets a certificate",
    gateway("other.example.com"),
    "Gateway mine is for other.example.com, a host of other",
  ],
  [
    "by a route through it",
    route("other.example.com"),
    "HTTPRoute mine is for other.example.com, a host of other",
  ],
  [
    "in a record",
    named("app.example.com, other.example.com"),
    "Service mine is for other.example.com, a host of other",
  ],
  [
    "in a record of a gateway of its own",
    gateway("a.example.org", {
      infrastructure: { annotations: { [record]: "other.example.com" } },
    }),
    "Gateway mine is for other.example.com, a host of other",
  ],
  [
    "in a record for what it exposes",
    {
      exposes: { lan: { ports: { 80: "http" }, clients: "lan" } },
      patches: {
        "service/app-lan": { metadata: { annotations: { [record]: "other.example.com" } } },
      },
    },
    "patch service/app-lan is for other.example.com, a host of other",
  ],
  [
    "in a certificate that is patched",
    { patches: { "certificate/tls": { spec: { dnsNames: ["other.example.com"] } } } },
    "patch certificate/tls is for other.example.com, a host of other",
  ],
])("the host of another service may not be %s", ([, app, message]) => {
  expect(told(app)).toEqual([`NAME_TAKEN ${message}`]);
});

test("nor what a wildcard of another service stands for", () => {
  expect(told(certificate("a.pages.example.org"), "*.pages.example.org")).toEqual([
    "NAME_TAKEN Certificate mine is for a.pages.example.org, which is among *.pages.example.org of other",
  ]);
});

test.for<[string, Fragment, string]>([
  ["an annotation", named("login.example.com", { type: "ExternalName" }), "Service mine"],
  [
    "an annotation of older versions",
    {
      patches: {
        "service/app": {
          metadata: {
            annotations: {
              "external-dns.alpha.kubernetes.io/internal-hostname": "login.example.com",
            },
          },
        },
      },
    },
    "patch service/app",
  ],
  [
    "a record as an object",
    object("externaldns.k8s.io/v1alpha1", "DNSEndpoint", {
      endpoints: [{ dnsName: "login.example.com" }],
    }),
    "DNSEndpoint mine",
  ],
])("a name that no route says is not published by %s", ([, app, by]) => {
  expect(told(app)).toEqual([
    `MANIFEST_ROUTE_UNDECLARED ${by} publishes login.example.com, and no field says for whom it is`,
  ]);
});

test.for(["gateway.envoyproxy.io", "externaldns.k8s.io"])(
  "what brings %s speaks for all services",
  (group) => {
    const { objects } = named("other.example.com");
    const from = "oci://registry.example.com/charts/app";
    const keeper = chart(
      { proxy: { pods: { app: "proxy" } } },
      { objects, chart: { from, version: "1.0.0", brings: [group] } },
    );
    const { problems } = build(
      sceneWith({
        environments: { prod: environment },
        services: { keeper, other: service({ ...component, routes: web("other") }) },
      }),
    );
    expect(problems).toEqual([]);
  },
);

test("a name inside a because is found where it stands", () => {
  const { mine } = certificate("other.example.com").objects;
  const objects = { mine: { because: "a test needs it", value: mine } };
  const { releases } = build(
    sceneWith({
      environments: { prod: environment },
      services: { app: service({ ...component, objects }) },
    }),
  );
  expect(releases.flatMap(namesInObjects).map(({ keys }) => keys.join("."))).toEqual([
    "objects.mine.value.spec.dnsNames.0",
  ]);
});
