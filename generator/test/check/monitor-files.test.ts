import { expect, test } from "vitest";
import type { Setting, Tree } from "./builder.ts";
import { findings, object, rendered } from "./builder.ts";

const monitor = (kind: string, spec: Tree) =>
  object("monitoring.coreos.com/v1", kind, "sonarr", { spec });
const of = (one: Tree, setting: Setting = {}) =>
  findings("MANIFEST_UNDECLARED", rendered([one], setting));
const token = "/var/run/secrets/kubernetes.io/serviceaccount/token";
const endpoint = (more: Tree) =>
  monitor("ServiceMonitor", { endpoints: [{ port: "http", ...more }] });

test.for<[string, Tree, string]>([
  [
    "its token",
    endpoint({ bearerTokenFile: token }),
    'write authorization: { credentials: { name: "own", key: "token" } }',
  ],
  [
    "a key",
    endpoint({ tlsConfig: { keyFile: "/etc/key" } }),
    'write keySecret: { name: "own", key: "key" }',
  ],
  [
    "a certificate",
    monitor("Probe", { tlsConfig: { certFile: "/etc/cert" } }),
    'write cert: { secret: { name: "own", key: "cert" } }',
  ],
  [
    "of whom it trusts",
    monitor("ScrapeConfig", { tlsConfig: { caFile: "/etc/ca" } }),
    'write ca: { secret: { name: "own", key: "ca" } }',
  ],
])("Prometheus reads a file of its own: %s", ([, one, fix]) => {
  expect(of(one)).toMatchObject([
    {
      message: expect.stringContaining("Prometheus would read a file of its own"),
      fix: expect.stringContaining(fix),
    },
  ]);
  expect(of(one, { vendored: true })).toEqual([]);
});

test("a patch is told where it is written", () => {
  const one = endpoint({ bearerTokenFile: token });
  const patches = { "servicemonitor/sonarr": { spec: one["spec"] } } as never;
  expect(of(one, { spec: { patches } })).toMatchObject([
    {
      keys: ["patches", "servicemonitor/sonarr", "spec", "endpoints", 0, "bearerTokenFile"],
    },
  ]);
});

test.for<[string, Tree]>([
  [
    "Secrets",
    endpoint({
      authorization: { credentials: { name: "own", key: "token" } },
      tlsConfig: { ca: { secret: { name: "own", key: "ca" } }, serverName: "sonarr" },
    }),
  ],
  ["no file", endpoint({ bearerTokenFile: "" })],
])("a monitor may read %s", ([, one]) => {
  expect(of(one)).toEqual([]);
});
