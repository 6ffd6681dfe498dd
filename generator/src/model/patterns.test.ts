import { isIP } from "node:net";
import { describe, expect, test } from "vitest";
import { ipAddress } from "./patterns.ts";
import { Cidr } from "./primitives.ts";

const groups = (count: number) => Array.from({ length: count }, (_, n) => n.toString(16)).join(":");
const shortened = Array.from({ length: 10 }, (_, before) =>
  Array.from({ length: 10 - before }, (_n, after) => `${groups(before)}::${groups(after)}`),
).flat();

describe("addresses", () => {
  test.for([
    ...shortened,
    ...[7, 8, 9].map(groups),
    "10.0.0.1",
    "10.0.0.256",
    "10.0.0",
    ":::",
    "1::2::3",
    "1:",
    ":1",
    "12345::",
    "g::",
    "",
  ])("%s is one where Node says so", (address) => {
    expect(ipAddress.test(address)).toBe(isIP(address) !== 0);
  });

  test.for([
    ["::/0", true],
    ["fd00:10:244::/56", true],
    ["2001:db8::1/128", true],
    ["2001:db8::/129", false],
    ["1::2::3/64", false],
    ["10.0.0.0/32", true],
    ["10.0.0.0/33", false],
    ["10.0.10.7/24", false],
    ["fd00:10:244::1/56", false],
    ["fd00:10:244:100::/56", true],
    ["FD00:10::/32", true],
  ] as const)("%s is a network: %s", ([network, is]) => {
    expect(Cidr.safeParse(network).success).toBe(is);
  });
});
