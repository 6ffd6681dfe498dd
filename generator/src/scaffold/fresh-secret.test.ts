import { expect, test } from "vitest";
import { freshSecret } from "./fresh-secret.ts";

const many = (form: Parameters<typeof freshSecret>[0]) =>
  Array.from({ length: 200 }, () => freshSecret(form));

test.for([16, 31, 32, 128])("hex of %i digits", (length) => {
  expect(freshSecret({ of: "hex", length })).toMatch(new RegExp(`^[0-9a-f]{${length}}$`));
});

test("a password needs no quoting in a URL or a shell, and has every kind of character", () => {
  for (const value of many({ of: "password", length: 16 })) {
    expect(encodeURIComponent(value)).toBe(value);
    expect(value).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9]{16}$/);
  }
});

test("no value comes twice", () => {
  expect(new Set(many({ of: "password", length: 32 })).size).toBe(200);
  expect(new Set(many({ of: "hex", length: 32 })).size).toBe(200);
});
