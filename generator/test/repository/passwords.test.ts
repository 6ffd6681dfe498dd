/** OpenObserve panics at its first start when its password is weak: none is that RZP makes, and none that stands for one in dev. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { loadAll } from "js-yaml";
import { expect, test } from "vitest";
import { readTree } from "../../src/load/tree.ts";
import { list, text } from "../../src/model/reading.ts";
import { neededSecrets } from "../../src/release/secrets/needed.ts";
import { freshSecret } from "../../src/scaffold/listings/fresh-secret.ts";
import { releasesOf } from "../support/releases.ts";
import { projectRoot } from "../support/repository.ts";

/** As in openobserve/openobserve, src/config/src/utils/password.rs: what is no ASCII letter and no digit is special. */
function isStrong(password: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];
  return (
    password.length >= 8 && password.length <= 128 && kinds.every((kind) => kind.test(password))
  );
}

test("the rule refuses what OpenObserve's own tests refuse", () => {
  const refused = ["Aa1!Aa", "abcdef1!", "ABCDEF1!", "Abcdefg!", "Abcdef12", "Aa1!".repeat(40)];
  expect(refused.filter(isStrong)).toEqual([]);
  expect(isStrong("Abcdef1!")).toBe(true);
});

test.for([16, 32, 128])("a generated password of %i characters is strong", (length) => {
  const values = Array.from({ length: 2000 }, () => freshSecret({ of: "password", length }));
  expect(values.filter((value) => !isStrong(value))).toEqual([]);
});

test("every throw-away password in dev is strong, and needs no quotes", async () => {
  const releases = await releasesOf(readTree(projectRoot));
  const wanted = neededSecrets(releases.filter(({ facts }) => facts.name === "dev"))
    .filter(({ form, key }) => form?.of === "password" || key?.endsWith("password"))
    .map((secret) => secret.path);
  const values = throwAwayValues();
  expect(wanted).toContain("/services/openobserve/root-password");
  for (const where of wanted) {
    const value = values.get(where) ?? "";
    expect(isStrong(value), where).toBe(true);
    expect(value, where).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]*[A-Za-z0-9]$/);
  }
});

function throwAwayValues(): Map<string, string> {
  const folder = path.join(projectRoot, "kubernetes/dev/_environment");
  const stores = globSync("clustersecretstore-*.yaml", { cwd: folder }).flatMap((file) =>
    loadAll(readFileSync(path.join(folder, file), "utf8")),
  );
  return new Map(
    stores
      .flatMap((store) => list(store, "spec", "provider", "fake", "data"))
      .map((entry) => [text(entry, "key") ?? "", text(entry, "value") ?? ""]),
  );
}
