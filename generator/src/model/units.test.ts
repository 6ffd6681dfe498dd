import fc from "fast-check";
import { expect, test } from "vitest";
import {
  bytes,
  bytesText,
  bytesWords,
  coresText,
  coresWords,
  millicores,
  scaleBytes,
  scaleCores,
  seconds,
} from "./units.ts";

test.for([
  ["90s", 90],
  ["15m", 900],
  ["1h30m", 5400],
  ["1h1m1s", 3661],
] as const)("%s is %i seconds", ([text, expected]) => {
  expect(seconds(text)).toBe(expected);
});

test.for([
  ["1Ki", 1024],
  ["5Gi", 5 * 2 ** 30],
  ["1.5Gi", 1.5 * 2 ** 30],
  ["2G", 2e9],
  ["100", 100],
] as const)("%s is %i bytes", ([text, expected]) => {
  expect(bytes(text)).toBe(expected);
});

test("processor time is thousandths of a core", () => {
  expect([millicores("250m"), millicores("2"), millicores("0.5")]).toEqual([250, 2000, 500]);
});

test("a factor of one keeps the text as it was written", () => {
  expect([scaleCores("0.5", 1), scaleBytes("1.5Gi", 1)]).toEqual(["0.5", "1.5Gi"]);
});

test("scaling never goes below the least that can be asked for, nor above what it was", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 64_000 }),
      fc.integer({ min: 1, max: 65_536 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (cores, mebibytes, factor) => {
        expect(millicores(scaleCores(`${cores}m`, factor))).toBeGreaterThanOrEqual(1);
        expect(millicores(scaleCores(`${cores}m`, factor))).toBeLessThanOrEqual(cores);
        expect(bytes(scaleBytes(`${mebibytes}Mi`, factor))).toBeLessThanOrEqual(
          mebibytes * 2 ** 20,
        );
      },
    ),
  );
});

test("a sum is written as the API server writes it, and never less than it is", () => {
  expect([250, 2000, 0.5, 1001].map(coresText)).toEqual(["250m", "2", "1m", "1001m"]);
  expect([1, 2 ** 20, 2560 * 2 ** 20, 3 * 2 ** 30, 0].map(bytesText)).toEqual([
    "1Mi",
    "1Mi",
    "2560Mi",
    "3Gi",
    "0Mi",
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (amount) => {
      expect(bytes(bytesText(amount))).toBeGreaterThanOrEqual(amount);
      expect(millicores(coresText(amount))).toBe(amount);
    }),
  );
});

test("quantities have words for people", () => {
  expect([0.5, 150, 1000, 2000, 2050].map(coresWords)).toEqual([
    "1m",
    "150m",
    "1 core",
    "2 cores",
    "2.05 cores",
  ]);
  expect([1, 64, 1024, 410_112].map((mebi) => bytesWords(mebi * 2 ** 20))).toEqual([
    "1Mi",
    "64Mi",
    "1Gi",
    "400.5Gi",
  ]);
});
