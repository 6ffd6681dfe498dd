/** What the ConfigMap carries is what was written here. */
import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { bundle, bundlePlaces } from "../../drill/bundle.ts";

test("the committed program is made of the sources as they are", async () => {
  const fresh = await bundle();
  for (const place of bundlePlaces)
    expect(readFileSync(place, "utf8"), "run `npm run drill:bundle`").toBe(fresh);
});

test("it needs nothing but Node, and fits into a ConfigMap", () => {
  const text = readFileSync(bundlePlaces[0] ?? "", "utf8");
  const imports = [...text.matchAll(/from "([^"]+)"/g)].map(([, name]) => name);
  expect(imports.filter((name) => !name?.startsWith("node:"))).toEqual([]);
  expect(Buffer.byteLength(text)).toBeLessThan(200_000);
});

test("a person can read it in the ConfigMap, where control characters would make it one line", () => {
  expect(readFileSync(bundlePlaces[0] ?? "", "utf8")).toMatch(/^[\t\n\x20-\x7e]*$/);
});

test("it says how it is used", () => {
  expect(() => execFileSync("node", [bundlePlaces[0] ?? ""], { stdio: "pipe" })).toThrow(
    /usage: drill run \| serve \| check/,
  );
});
