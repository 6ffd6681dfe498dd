/** What `remove` says stays on the cluster bears the names that are there. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createRepository } from "../../test/support/repository.ts";
import { readTree } from "../load/tree.ts";
import { buildPlatform } from "../pipeline.ts";
import { toHelmValues } from "../values/helm-values.ts";
import { planRemoval } from "./remove-service.ts";

test("the volume of a share whose name is cut is called as it is rendered", async () => {
  const name = `films-${"of-the-house-".repeat(4)}x`;
  using repository = createRepository();
  const environment = readFileSync(
    path.join(repository.root, "environments/prod/environment.ts"),
    "utf8",
  );
  repository.write(
    "environments/prod/environment.ts",
    environment.replace('"vector"', `"vector", "${name}"`),
  );
  repository.write(
    `charts/services/${name}/values.ts`,
    `import { defineService, share } from "#rzp";

export default defineService({ tier: "media", about: "Shows what is on the share", image: "ghcr.io/example/films:1.0.0", health: { exec: ["true"] }, storage: { media: share("media", { at: "/media" }) } });
`,
  );
  const tree = readTree(repository.root);
  const { value, problems } = await buildPlatform(tree);
  if (value === undefined) throw new Error(JSON.stringify(problems));
  const planned = planRemoval(tree, value, name);
  const rendered = value.releases
    .filter(({ service }) => service.name === name)
    .flatMap((release) => Object.keys(toHelmValues(release).service.shares));
  expect(rendered).toHaveLength(1);
  expect(
    "removal" in planned ? planned.removal.remains.flatMap(({ volumes }) => volumes) : planned,
  ).toEqual(rendered);
});
