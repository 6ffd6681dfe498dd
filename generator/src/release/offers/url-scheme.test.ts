import { expect, test } from "vitest";
import { urlScheme } from "./url-scheme.ts";

test("the scheme of a URL follows from the port's name", () => {
  expect([urlScheme("redis"), urlScheme("postgres"), urlScheme("ml")]).toEqual([
    "redis",
    "postgresql",
    "http",
  ]);
});
