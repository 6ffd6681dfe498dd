import { expect, test } from "vitest";
import { findings, messages, object, rendered } from "./builder.ts";
import type { Setting, Tree } from "./builder.ts";

const code = "NAME_TAKEN";
const port = (nodePort: number, more: Tree = {}) => ({ port: 80, nodePort, ...more });
const service = (namespace: string, spec: Tree, annotations: Tree = {}) =>
  object("v1", "Service", "side", { metadata: { name: "side", namespace, annotations }, spec });
const onNodes = (namespace: string, ...ports: Tree[]) =>
  service(namespace, { type: "NodePort", ports });
const balanced = (namespace: string, ips: string, more: Tree = {}) =>
  service(namespace, { type: "LoadBalancer" }, { "metallb.io/loadBalancerIPs": ips, ...more });
const gateway = (spec: Tree) =>
  object("gateway.networking.k8s.io/v1", "Gateway", "side", {
    metadata: { name: "side", namespace: "media-sonarr" },
    spec,
  });
const objects = { side: { apiVersion: "v1", kind: "Service" } };
const sonarr = (...own: Tree[]) => rendered(own, { spec: { objects } });
const radarr = (own: Tree, setting: Setting = {}) =>
  rendered([own], { name: "radarr", spec: { objects }, ...setting });
const found = (...releases: Parameters<typeof findings>[1][]) => findings(code, ...releases);

test("a port of the nodes that two Services ask for is told at the second, with a free one", () => {
  expect(
    found(
      sonarr(onNodes("media-sonarr", port(30080), port(30081))),
      radarr(onNodes("media-radarr", port(30080))),
    ),
  ).toMatchObject([
    {
      severity: "error",
      place: { file: "charts/services/radarr/values.ts" },
      message:
        "Service side: node port 30080 is claimed by Service side of sonarr in prod, on the same cluster",
      path: "objects.side.spec.ports[0].nodePort",
      fix: "take 30082, or change Service side of sonarr",
      related: [{ file: "charts/services/sonarr/values.ts", note: "sonarr has it" }],
    },
  ]);
});

test("near the end of the range there may be no proposal", () => {
  const [problem] = found(
    sonarr(onNodes("media-sonarr", port(32767))),
    radarr(onNodes("media-radarr", port(32767))),
  );
  expect(problem?.fix).toContain("another port from 30000 to 32767");
});

test("a patch is told at what it changes, whichever comes first", () => {
  const spec = { type: "NodePort", ports: [port(30080)] };
  const patched = rendered([object("v1", "Service", "sonarr", { spec })], {
    spec: { patches: { "service/sonarr": { spec } } },
  });
  const derived = rendered([onNodes("media-radarr", port(30080))], { name: "radarr" });
  expect(found(patched, derived)).toMatchObject([
    { keys: ["patches", "service/sonarr", "spec", "ports", 0, "nodePort"] },
  ]);
});

test.for([
  ["in an annotation", balanced("media-sonarr", "10.0.1.5")],
  ["in a list of two", balanced("media-sonarr", "10.0.1.9, 10.0.1.5")],
  [
    "by the old name",
    service("media-sonarr", {}, { "metallb.universe.tf/loadBalancerIPs": "10.0.1.5" }),
  ],
  ["in the field", service("media-sonarr", { loadBalancerIP: "10.0.1.5" })],
  [
    "by a gateway",
    gateway({ infrastructure: { annotations: { "metallb.io/loadBalancerIPs": "10.0.1.5" } } }),
  ],
  ["among a gateway's addresses", gateway({ addresses: [{ value: "10.0.1.5" }] })],
] as const)("an address that another object has is told, with a free one: %s", ([, other]) => {
  const cluster = { addressPool: ["10.0.1.5-10.0.1.7"], addresses: { mqtt: "10.0.1.6" } };
  expect(
    found(
      rendered([other], { cluster }),
      radarr(balanced("media-radarr", "10.0.1.5"), { cluster }),
    ),
  ).toMatchObject([
    {
      message: expect.stringContaining("address 10.0.1.5 is claimed by"),
      path: 'objects.side.metadata.annotations["metallb.io/loadBalancerIPs"]',
      fix: expect.stringMatching(/^take 10\.0\.1\.7, or change/),
    },
  ]);
});

test("the port of a health check is a port of the nodes too", () => {
  const checked = service("media-radarr", { healthCheckNodePort: 30080 });
  expect(found(sonarr(onNodes("media-sonarr", port(30080))), radarr(checked))).toHaveLength(1);
});

test("of two environments on one cluster, the other one is named", () => {
  const dev = radarr(onNodes("dev-media-radarr", port(30080)), {
    environment: "dev",
    prefix: "dev",
  });
  expect(messages(found(radarr(onNodes("media-radarr", port(30080))), dev))).toEqual([
    "Service side: node port 30080 is claimed by Service side of radarr in prod, on the same cluster",
  ]);
});

test("a chart's is an error at its values: the cluster would refuse it", () => {
  const chart = radarr(onNodes("media-radarr", port(30080)), { vendored: true, spec: {} });
  expect(found(sonarr(onNodes("media-sonarr", port(30080))), chart)).toMatchObject([
    { severity: "error", path: "chart.values", fix: "change it in chart.values" },
  ]);
});

const shared = (key: string) => ({ "metallb.io/allow-shared-ip": key });

test.for([
  ["other ports", onNodes("media-sonarr", port(30080)), onNodes("media-radarr", port(30081)), 0],
  ["no ports", onNodes("media-sonarr", { port: 80 }), onNodes("media-radarr", { port: 80 }), 0],
  [
    "an address for both, by one key",
    balanced("media-sonarr", "10.0.1.5", shared("a")),
    balanced("media-radarr", "10.0.1.5", shared("a")),
    0,
  ],
  [
    "an address for both, by two keys",
    balanced("media-sonarr", "10.0.1.5", shared("a")),
    balanced("media-radarr", "10.0.1.5", shared("b")),
    1,
  ],
  [
    "a port and an address are no two claims",
    onNodes("media-sonarr", port(30080)),
    balanced("media-radarr", "10.0.1.5"),
    0,
  ],
] as const)("%s", ([, one, other, times]) => {
  expect(found(sonarr(one), radarr(other))).toHaveLength(times);
});

test.for([
  [
    "one Service for two protocols",
    sonarr(onNodes("media-sonarr", port(30053), port(30053, { protocol: "UDP" }))),
  ],
  [
    "another kind",
    sonarr(object("example.org/v1", "Service", "side", { spec: { ports: [port(1), port(1)] } })),
  ],
] as const)("nothing to tell: %s", ([, release]) => {
  expect(found(release)).toEqual([]);
});

test("another cluster has ports of its own", () => {
  const lab = radarr(onNodes("media-radarr", port(30080)), { clusterName: "lab" });
  expect(found(sonarr(onNodes("media-sonarr", port(30080))), lab)).toEqual([]);
});
