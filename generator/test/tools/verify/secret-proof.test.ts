/** What the scan finds: secrets of which gitleaks' authors say that they are ones, and nothing that only looks like one. */
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { currentHost } from "../../../src/tools/host.ts";
import { scanWorkTree } from "../../../src/tools/secret-scan.ts";
import { findings, object, rendered } from "../../check/builder.ts";
import { projectRoot } from "../../support/repository.ts";
import { makeTree } from "../sample-tree.ts";
import { gitleaksSamples } from "./gitleaks-samples/samples.ts";
import type { Sample } from "./gitleaks-samples/samples.ts";
import { drawn, lookAlikes, places, seeded } from "./planted-secrets.ts";

const slow = { timeout: 600_000 };
const seeds = [20_261, 7, 4242];

/** Folders in which the scan finds something. */
async function scanned(files: Readonly<Record<string, string>>): Promise<Set<string>> {
  await using tree = await makeTree({ ...files, ".gitignore": "node_modules\n" });
  await execa("git", ["init", "-q"], { cwd: tree.root });
  const problems = await scanWorkTree(tree.host);
  expect(problems.filter(({ code }) => code !== "SECRET_FOUND")).toEqual([]);
  return new Set(problems.map(({ place }) => place.file.split("/")[0] ?? ""));
}

/** What `npm run check` says of the same text in a ConfigMap. */
const isFoundByCheck = (text: string) =>
  findings(
    "MANIFEST_SECRET_MATERIAL",
    rendered([object("v1", "ConfigMap", "app-files", { data: { "app.conf": text } })]),
  ).length > 0;

describe("planted secrets", () => {
  let samples: readonly Sample[] = [];
  beforeAll(async () => {
    samples = await gitleaksSamples(projectRoot);
  }, slow.timeout);

  test("there are examples of most rules", () => {
    expect(samples.length).toBeGreaterThan(5000);
    expect(new Set(samples.map(({ rule }) => rule)).size).toBeGreaterThan(200);
  });

  test.for(seeds)("20 of 20 rules are found in every kind of file, seed %i", slow, async (seed) => {
    const random = seeded(seed);
    const byRule = [...Map.groupBy(samples, ({ rule }) => rule).values()];
    const planted = drawn(byRule, 20, random).flatMap((ofRule) => drawn(ofRule, 1, random));
    const kinds = Object.entries(places);
    const all = planted.flatMap(({ rule, sample }, index) =>
      kinds.map(([kind, place]) => ({
        folder: `${kinds.findIndex(([name]) => name === kind)}-${index}`,
        kind,
        rule,
        sample,
        ...place(sample),
      })),
    );
    const found = await scanned(
      Object.fromEntries(all.map(({ folder, file, content }) => [`${folder}/${file}`, content])),
    );
    const missed = all.filter(
      ({ folder, kind, sample }) =>
        !found.has(folder) && !(kind === "a ConfigMap" && isFoundByCheck(sample)),
    );
    expect(missed.map(({ kind, rule, sample }) => ({ kind, rule, sample }))).toEqual([]);
    expect(all).toHaveLength(80);
  });
});

test("50 that only look like one are not found, in any kind of file", slow, async () => {
  const harmless = lookAlikes(50);
  const all = harmless.flatMap((text, index) =>
    Object.values(places).map((place, at) => ({ folder: `${at}-${index}`, text, ...place(text) })),
  );
  const found = await scanned(
    Object.fromEntries(all.map(({ folder, file, content }) => [`${folder}/${file}`, content])),
  );
  expect(
    all.filter(({ folder }) => found.has(folder)).map(({ file, text }) => ({ file, text })),
  ).toEqual([]);
  expect(harmless.filter(isFoundByCheck)).toEqual([]);
  expect(new Set(harmless).size).toBe(50);
});

test("nothing is found in this repository, the rendered tree among it", slow, async () => {
  expect(await scanWorkTree({ ...currentHost(), root: projectRoot })).toEqual([]);
});
