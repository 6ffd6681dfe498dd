import { expect, test } from "vitest";
import type { Setting, Tree } from "./builder.ts";
import { findings, messages, object, rendered } from "./builder.ts";

const group = "metallb.io";
/** The nodes of the builder are in 10.0.0.0/24. */
const pool = (...addresses: unknown[]) =>
  object(`${group}/v1beta1`, "IPAddressPool", "pool", { spec: { addresses } });
const byArp = (spec: Tree = { ipAddressPools: ["pool"] }, name = "announcement") =>
  object(`${group}/v1beta1`, "L2Advertisement", name, { spec });
const byBgp = (spec: Tree = {}) =>
  object(`${group}/v1beta1`, "BGPAdvertisement", "router", { spec });
const found = (objects: readonly Tree[], setting: Setting = {}) =>
  messages(findings("MANIFEST_POOL_OUTSIDE", rendered(objects, setting)));
const text = (entry: string) =>
  `IPAddressPool pool: nodes answer for ${entry} by ARP, and are in 10.0.0.0/24 alone`;

test.for<[string, readonly Tree[], readonly string[]]>([
  ["a range elsewhere", [pool("10.0.10.200-10.0.10.230"), byArp()], ["10.0.10.200-10.0.10.230"]],
  ["a network elsewhere", [pool("10.0.10.0/28"), byArp()], ["10.0.10.0/28"]],
  ["a range that begins before", [pool("9.0.0.0-10.0.0.9"), byArp()], ["9.0.0.0-10.0.0.9"]],
  ["a range that goes on after", [pool("10.0.0.250-10.0.1.5"), byArp()], ["10.0.0.250-10.0.1.5"]],
  [
    "those of several that are wrong",
    [pool("10.0.0.200/29", "10.0.1.7/32", "10.0.2.1-10.0.2.2"), byArp()],
    ["10.0.1.7/32", "10.0.2.1-10.0.2.2"],
  ],
  ["an announcement of all pools", [pool("10.0.1.0/28"), byArp({})], ["10.0.1.0/28"]],
  [
    "BGP for another pool",
    [pool("10.0.1.0/28"), byArp(), byBgp({ ipAddressPools: ["other"] })],
    ["10.0.1.0/28"],
  ],
  [
    "interfaces in the announcement of another pool",
    [
      pool("10.0.1.0/28"),
      byArp(),
      byArp({ ipAddressPools: ["other"], interfaces: ["eth1"] }, "other"),
    ],
    ["10.0.1.0/28"],
  ],
])("told: %s", ([, objects, entries]) => {
  expect(found(objects)).toEqual(entries.map(text));
});

test.for<[string, readonly Tree[]]>([
  ["a range of theirs", [pool("10.0.0.200-10.0.0.230"), byArp()]],
  ["their whole network", [pool("10.0.0.0/24"), byArp()]],
  ["no announcement", [pool("10.0.1.0/28")]],
  ["an announcement of another pool", [pool("10.0.1.0/28"), byArp({ ipAddressPools: ["other"] })]],
  ["BGP for the pool", [pool("10.0.1.0/28"), byArp(), byBgp({ ipAddressPools: ["pool"] })]],
  ["BGP for all pools", [pool("10.0.1.0/28"), byArp(), byBgp()]],
  ["BGP by labels", [pool("10.0.1.0/28"), byArp(), byBgp({ ipAddressPoolSelectors: [{}] })]],
  [
    "a named interface",
    [pool("10.0.1.0/28"), byArp({ ipAddressPools: ["pool"], interfaces: ["eth1"] })],
  ],
  ["pools chosen by labels", [pool("10.0.1.0/28"), byArp({ ipAddressPoolSelectors: [{}] })]],
  ["the other family", [pool("2001:db8::/120"), byArp()]],
  ["what is no text", [pool(5, null), byArp()]],
])("not told: %s", ([, objects]) => {
  expect(found(objects)).toEqual([]);
});

test("of nodes with IPv6 the addresses of that family are compared", () => {
  const networks = {
    pods: "2001:db8:1::/64",
    services: "2001:db8:2::/112",
    nodes: "2001:db8:3::/64",
    lan: [],
  };
  const entries = ["10.0.1.0/28", "2001:db8:3::10-2001:db8:3::20", "2001:db8:4::/120"];
  expect(found([pool(...entries), byArp()], { cluster: { networks } })).toEqual([
    "IPAddressPool pool: nodes answer for 2001:db8:4::/120 by ARP, and are in 2001:db8:3::/64 alone",
  ]);
});

test("an announcement in another namespace is for another MetalLB", () => {
  const elsewhere = {
    ...byArp(),
    metadata: { name: "announcement", namespace: "network-other" },
  };
  expect(found([pool("10.0.1.0/28"), elsewhere])).toEqual([]);
});

test("found at the line of the pool, with what to write instead", () => {
  const spec = { objects: { pool: { apiVersion: `${group}/v1beta1`, kind: "IPAddressPool" } } };
  expect(
    findings("MANIFEST_POOL_OUTSIDE", rendered([pool("10.0.1.0/28"), byArp()], { spec })),
  ).toMatchObject([
    {
      path: "objects.pool.spec.addresses[0]",
      found: '"10.0.1.0/28"',
      expected: "addresses from 10.0.0.1 to 10.0.0.254",
    },
  ]);
});
