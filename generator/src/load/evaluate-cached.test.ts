/** What a file exported is kept for the text that was run, and for no other. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createRepository } from "../../test/support/repository.ts";
import { evaluateCached } from "./evaluate-cached.ts";
import { readTree } from "./tree.ts";

const sonarr = "charts/services/sonarr/values.ts";

test("a file that is saved between being read and being run is run again when it is as it was", async () => {
  using repository = createRepository();
  const { root } = repository;
  const text = readFileSync(path.join(root, sonarr), "utf8");
  const cache = path.join(root, ".cache");
  const tree = readTree(root);
  const imageNow = async () =>
    JSON.stringify((await evaluateCached(readTree(root), cache)).values.get(sonarr));
  repository.write(sonarr, text.replace("sonarr:4", "sonarr:5"));
  await evaluateCached(tree, cache);
  repository.write(sonarr, text);
  expect(await imageNow()).toContain("sonarr:4");
});
