import { expect, test } from "vitest";
import { freshSecret } from "./fresh-secret.ts";

const many = (form: Parameters<typeof freshSecret>[0]) =>
  Array.from({ length: 200 }, () => freshSecret(form));

test.for([16, 31, 32, 128])("hex of %i digits", (length) => {
  expect(freshSecret({ of: "hex", length })).toMatch(new RegExp(`^[0-9a-f]{${length}}$`));
});

test.for([16, 32, 128])(
  "a password of %i needs no quotes, and has every kind of character",
  (length) => {
    for (const value of many({ of: "password", length })) {
      expect(value).toHaveLength(length);
      expect(encodeURIComponent(value)).toBe(value);
      expect(value).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]*[A-Za-z0-9]$/);
      for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[-_]/]) expect(value).toMatch(kind);
    }
  },
);

test("every character comes as often as any other, but for the special ones at the ends", () => {
  const signs = Array.from({ length: 500 }, () => freshSecret({ of: "password", length: 128 }))
    .map((value) => value.slice(1, -1))
    .join("");
  const counts = Object.values(Object.groupBy(signs, (sign) => sign)).map(
    (same = []) => same.length,
  );
  expect(counts).toHaveLength(64);
  // About 984 of each; seven standard deviations are 217.
  for (const count of counts) expect(Math.abs(count - signs.length / 64)).toBeLessThan(250);
});

test("no value comes twice", () => {
  expect(new Set(many({ of: "password", length: 32 })).size).toBe(200);
  expect(new Set(many({ of: "hex", length: 32 })).size).toBe(200);
});
