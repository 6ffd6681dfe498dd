import { expect, test } from "vitest";
import type { Setting, Tree } from "./builder.ts";
import { findings, messages, object, rendered, service } from "./builder.ts";

const metallb: Setting = { name: "metallb", spec: { tier: "media" } };
const pool = (...addresses: unknown[]) =>
  rendered(
    [object("metallb.io/v1beta1", "IPAddressPool", "pool", { spec: { addresses } })],
    metallb,
  );
const annotated = (address: string): Tree => ({
  ...service({ type: "LoadBalancer", selector: {} }),
  metadata: {
    name: "sonarr",
    namespace: "media-sonarr",
    annotations: { "metallb.io/loadBalancerIPs": address },
  },
});
const gateway = (address: string) =>
  object("gateway.networking.k8s.io/v1", "Gateway", "internal", {
    spec: { infrastructure: { annotations: { "metallb.io/loadBalancerIPs": address } } },
  });
const found = (...releases: Parameters<typeof findings>[1][]) =>
  findings("ADDRESS_UNKNOWN", ...releases);

test.for<[string, Tree]>([
  ["Service sonarr", annotated("10.0.0.9")],
  ["Gateway internal", gateway("10.0.0.9")],
  ["Service sonarr", service({ type: "LoadBalancer", loadBalancerIP: "10.0.0.9", selector: {} })],
])("told: a %s that asks for an address no pool holds", ([name, asking]) => {
  const problems = found(rendered([asking]), pool("10.0.0.200-10.0.0.230", "10.0.0.64/28"));
  expect(messages(problems)).toEqual([
    `${name}: it asks for 10.0.0.9, which no IPAddressPool of cluster home holds, so it gets no address`,
  ]);
  expect(problems).toMatchObject([
    {
      severity: "warning",
      expected: "one of: 10.0.0.200-10.0.0.230, 10.0.0.64/28",
      related: [{ file: "charts/services/metallb/values.ts" }],
    },
  ]);
});

test("told: one of two", () => {
  const problems = found(rendered([annotated("10.0.0.200, 10.0.0.9")]), pool("10.0.0.200/32"));
  expect(problems).toHaveLength(1);
});

test.for<[string, Parameters<typeof findings>[1][]]>([
  ["an address of a range", [rendered([annotated("10.0.0.230")]), pool("10.0.0.200-10.0.0.230")]],
  ["an address of one of two pools", [rendered([gateway("10.0.0.9")]), pool("10.0.0.9/32")]],
  ["a cluster whose pools nobody here renders", [rendered([annotated("10.0.0.9")])]],
  [
    "pools of another cluster",
    [
      rendered([annotated("10.0.0.9")], { environment: "dev", clusterName: "lab" }),
      pool("10.0.0.200/32"),
    ],
  ],
  ["IPv6", [rendered([annotated("2001:db8::9")]), pool("10.0.0.200/32", "2001:db8::/120")]],
  ["no address asked for", [rendered([service({ selector: {} })]), pool("10.0.0.200/32")]],
])("no finding: %s", ([, releases]) => {
  expect(found(...releases)).toEqual([]);
});
