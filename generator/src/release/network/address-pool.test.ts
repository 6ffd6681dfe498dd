import { expect, test } from "vitest";
import { firstFree, isInPool } from "./address-pool.ts";

const pool = [
  "10.0.0.250-10.0.1.2",
  "10.0.9.0/30",
  "10.0.8.4/31",
  "10.0.7.7",
  "fd00::7",
  "2001:db8::/120",
];

test.each([
  ["10.0.0.250", true],
  ["10.0.1.2", true],
  ["10.0.0.249", false],
  ["10.0.1.3", false],
  ["10.0.9.1", true],
  ["10.0.9.2", true],
  ["10.0.9.0", false],
  ["10.0.9.3", false],
  ["10.0.8.4", true],
  ["10.0.8.5", true],
  ["10.0.8.6", false],
  ["10.0.7.7", true],
  ["10.0.7.8", false],
  ["fd00::7", true],
  ["FD00:0::0:7", true],
  ["fd00::8", false],
  ["2001:db8::fe", true],
  ["2001:db8::", false],
  ["2001:db8::100", false],
  ["10.0.7.7.7", false],
])("whether %s is listed: %s", (address, expected) => {
  expect(isInPool(pool, address)).toBe(expected);
});

test("addresses are given out in the order of the pool, each once, until there are none", () => {
  const taken = new Set<string>();
  for (let next = firstFree(pool, taken); next !== undefined; next = firstFree(pool, taken))
    taken.add(next);
  expect([...taken]).toEqual([
    ...[250, 251, 252, 253, 254, 255].map((last) => `10.0.0.${last}`),
    ...[0, 1, 2].map((last) => `10.0.1.${last}`),
    "10.0.9.1",
    "10.0.9.2",
    "10.0.8.4",
    "10.0.8.5",
    "10.0.7.7",
    "fd00::7",
  ]);
});

test("an address is known by how it is written", () => {
  expect(firstFree(["FD00:0::7", "FD00:0::8"], new Set(["FD00:0::7"]))).toBe("FD00:0::8");
});

test("of an IPv6 network none is given out, which is said where one is wanted", () => {
  expect(firstFree(["2001:db8::/120"], new Set())).toBeUndefined();
  expect(firstFree(["2001:db8::/120", "2001:db8::7"], new Set())).toBe("2001:db8::7");
});
