import { expect, test } from "vitest";
import type { Tree } from "./builder.ts";
import { findings, messages, object, rendered } from "./builder.ts";

const group = "gateway.networking.k8s.io/v1";
const listener = (protocol: string, port: number, more: Tree = {}) => ({
  name: `${protocol.toLowerCase()}-${port}`,
  protocol,
  port,
  allowedRoutes: { namespaces: { from: "All" } },
  ...more,
});
const https = (hostname: string, more: Tree = {}) => listener("HTTPS", 443, { hostname, ...more });
const plain = listener("HTTP", 80, { allowedRoutes: { namespaces: { from: "Same" } } });
const gateway = (...listeners: Tree[]) => ({
  ...object(group, "Gateway", "internal", { spec: { listeners } }),
  metadata: { name: "internal", namespace: "network-gateway" },
});
const route = (kind: string, spec: Tree, parent: Tree = {}) =>
  object(group, kind, "web", {
    spec: { parentRefs: [{ name: "internal", namespace: "network-gateway", ...parent }], ...spec },
  });
const web = (...hostnames: string[]) => route("HTTPRoute", { hostnames });
const found = (...objects: Tree[]) => findings("MANIFEST_NO_LISTENER", rendered(objects));

test.for<[string, Tree, Tree, string]>([
  [
    "another domain",
    web("tv.example.org"),
    gateway(https("*.example.com")),
    "HTTPRoute web: no listener of Gateway internal takes tv.example.org",
  ],
  [
    "two labels, for which no certificate of a wildcard holds",
    web("a.b.example.com"),
    gateway(https("*.example.com")),
    "HTTPRoute web: no listener of Gateway internal takes a.b.example.com",
  ],
  [
    "the domain itself",
    web("example.com"),
    gateway(https("*.example.com")),
    "HTTPRoute web: no listener of Gateway internal takes example.com",
  ],
  [
    "one of several names",
    web("a.example.com", "b.example.org"),
    gateway(https("*.example.com")),
    "HTTPRoute web: no listener of Gateway internal takes b.example.org",
  ],
  [
    "a listener for its own namespace",
    web("tv.example.com"),
    gateway(plain),
    "HTTPRoute web: Gateway internal has no listener for a HTTPRoute",
  ],
  [
    "a listener of another name",
    route("HTTPRoute", { hostnames: ["tv.example.com"] }, { sectionName: "https" }),
    gateway(https("*.example.com")),
    "HTTPRoute web: Gateway internal has no listener for a HTTPRoute",
  ],
  [
    "TLS that the gateway ends itself",
    route("TLSRoute", { hostnames: ["tv.example.com"] }),
    gateway(https("*.example.com")),
    "TLSRoute web: Gateway internal has no listener for a TLSRoute",
  ],
  [
    "another port",
    route("TCPRoute", {}, { port: 8883 }),
    gateway(listener("TCP", 1883)),
    "TCPRoute web: Gateway internal has no listener for a TCPRoute on port 8883",
  ],
  [
    "another protocol",
    route("UDPRoute", {}, { port: 53 }),
    gateway(listener("TCP", 53)),
    "UDPRoute web: Gateway internal has no listener for a UDPRoute on port 53",
  ],
])("%s is not listened for", ([, from, to, message]) => {
  expect(messages(found(from, to))).toEqual([message]);
});

test.for<[string, Tree, Tree]>([
  ["a name under the domain", web("tv.example.com"), gateway(plain, https("*.example.com"))],
  ["the very name", web("a.b.example.com"), gateway(https("a.b.example.com"))],
  ["the very wildcard", web("*.example.com"), gateway(https("*.example.com"))],
  ["any name", web("tv.example.org"), gateway(listener("HTTPS", 443))],
  ["a port", route("TCPRoute", {}, { port: 8883 }), gateway(listener("TCP", 8883))],
  ["gRPC", route("GRPCRoute", { hostnames: ["a.example.com"] }), gateway(https("*.example.com"))],
  [
    "TLS of the service",
    route("TLSRoute", { hostnames: ["tv.example.com"] }),
    gateway(https("*.example.com"), listener("TLS", 443, { hostname: "tv.example.com" })),
  ],
])("%s is listened for", ([, from, to]) => {
  expect(found(from, to)).toEqual([]);
});

test("a Gateway that is not in the tree is somebody else's", () => {
  expect(found(web("tv.example.org"))).toEqual([]);
});

test("the place is the host in the file, and the names there are", () => {
  const routes = { web: { host: "tv.example.org", to: "http", audience: "internal" as const } };
  const [problem] = findings(
    "MANIFEST_NO_LISTENER",
    rendered([web("tv.example.org"), gateway(plain, https("*.example.com"))], {
      spec: { ports: { http: 80 }, routes },
    }),
  );
  expect(problem).toMatchObject({
    keys: ["routes", "web", "host"],
    found: '"tv.example.org"',
    expected: "a name of: *.example.com",
  });
});
