import { BlockList } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addressRange,
  addressText,
  common,
  hostRange,
  isOfOneHome,
  isRangeWithin,
  isWithin,
  wholeNetwork,
} from "./networks.ts";

test.for([
  ["10.0.10.7/24", "10.0.10.0/24"],
  ["10.0.10.0/24", "10.0.10.0/24"],
  ["255.255.255.255/1", "128.0.0.0/1"],
  ["10.0.10.7/32", "10.0.10.7/32"],
  ["10.0.10.7/0", "0.0.0.0/0"],
  ["fd00:10:244:1ff::1/56", "fd00:10:244:100::/56"],
  ["FD00:0::/32", "FD00:0::/32"],
  ["::1/128", "::1/128"],
  ["::1/0", "::/0"],
  ["1:2:3:4:5:6:7:8/100", "1:2:3:4:5:6::/100"],
  ["10.0.10.7", undefined],
  ["ten/24", undefined],
  ["1:2:3/64", undefined],
] as const)("%s is in %s", ([network, whole]) => {
  expect(wholeNetwork(network)).toBe(whole);
});

test.for([
  ["10.0.0.7", "10.0.0.7", "10.0.0.7"],
  ["10.0.10.7/24", "10.0.10.0", "10.0.10.255"],
  ["10.0.0.250-10.0.1.2", "10.0.0.250", "10.0.1.2"],
  ["10.0.0.250 - 10.0.1.2", "10.0.0.250", "10.0.1.2"],
  ["0.0.0.0/0", "0.0.0.0", "255.255.255.255"],
  ["fd00:0:0::7", "fd00::7", "fd00::7"],
  ["2001:db8::/127", "2001:db8::", "2001:db8::1"],
  ["::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["fd00::10-fd00::1f", "fd00::10", "fd00::1f"],
] as const)("%s goes from %s to %s", ([text, from, to]) => {
  const range = addressRange(text);
  expect(range && [range.from, range.to].map((end) => addressText(range, end))).toEqual([from, to]);
});

test.for([
  "",
  "ten",
  "10.0.0.0/abc",
  "10.0.0.0/24.5",
  "10.0.0.0/33",
  "10.0.0.0/",
  "10.0.0.256",
  "10.0.0.1-fd00::1",
  "10.0.0.1-",
  "fd00::1::2",
])("%s is no range", (text) => {
  expect(addressRange(text)).toBeUndefined();
});

test.for([
  ["10.0.0.0/24", "10.0.0.1", "10.0.0.254"],
  ["10.0.0.0/31", "10.0.0.0", "10.0.0.1"],
  ["10.0.0.9/32", "10.0.0.9", "10.0.0.9"],
  ["fd00::/120", "fd00::1", "fd00::ff"],
  ["fd00::/127", "fd00::", "fd00::1"],
] as const)("machines of %s have %s to %s", ([network, from, to]) => {
  const range = hostRange(network);
  expect(range && [range.from, range.to].map((end) => addressText(range, end))).toEqual([from, to]);
});

const ipv4 = fc.ipV4();
const ipv6 = fc.ipV6().filter((address) => !address.includes("."));
const ofFamily = fc.oneof(
  fc.record({ family: fc.constant("ipv4" as const), one: ipv4, other: ipv4, length: fc.nat(32) }),
  fc.record({ family: fc.constant("ipv6" as const), one: ipv6, other: ipv6, length: fc.nat(128) }),
);

test("what lies in a network is what Node says", () => {
  fc.assert(
    fc.property(ofFamily, ({ family, one, other, length }) => {
      const block = new BlockList();
      block.addSubnet(one, length, family);
      const range = addressRange(`${one}/${length}`);
      expect(range !== undefined && isWithin(other, range)).toBe(block.check(other, family));
      expect(range !== undefined && isWithin(one, range)).toBe(true);
    }),
  );
});

test("what two ranges have in common is in both, and is the same either way", () => {
  fc.assert(
    fc.property(ofFamily, ofFamily, (one, other) => {
      const [left, right] = [one, other].map((each) => addressRange(`${each.one}/${each.length}`));
      const both = left && right && common(left, right);
      expect(both).toEqual(left && right && common(right, left));
      expect(
        both === undefined || [left, right].every((all) => all && isRangeWithin(both, all)),
      ).toBe(true);
      if (one.family !== other.family) expect(both).toBeUndefined();
    }),
  );
});

test.for([
  ["10.0.0.0/8", true],
  ["172.16.0.0/12", true],
  ["192.168.0.0/16", true],
  ["100.64.0.0/10", true],
  ["198.18.0.0/15", true],
  ["240.0.0.0/4", true],
  ["203.0.113.0/24", true],
  ["198.51.0.0/16", true],
  ["fc00::/7", true],
  ["2001:db8::/32", true],
  ["0.0.0.0/0", false],
  ["128.0.0.0/1", false],
  ["172.0.0.0/8", false],
  ["192.168.0.0/15", false],
  ["198.50.0.0/15", false],
  ["::/0", false],
  ["2000::/3", false],
  ["2001:db8::/31", false],
  // What is no network, or none that begins with its first address, is another mistake.
  ["ten/1", true],
  ["10.0.0.1/7", true],
] as const)("%s is of one home: %s", ([network, is]) => {
  expect(isOfOneHome(network)).toBe(is);
});
