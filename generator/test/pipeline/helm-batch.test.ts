/** Helm prints the releases of a batch in one stream: each must get its own text, whatever stands in it. */
import { expect, test } from "vitest";
import { readTree } from "../../src/load/tree.ts";
import { renderReleases } from "../../src/render/helm.ts";
import { chartName, renderItem } from "../../src/render/stage.ts";
import { splitManifests } from "../../src/split/manifests.ts";
import { ensureHelm } from "../../src/tools/helm-carrier.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { releasesOf } from "../support/releases.ts";
import { createRepository } from "../support/repository.ts";

const names = ["alpha", "beta", "gamma"];
const environment = (services: readonly string[]) => `import { defineEnvironment } from "#rzp";
export default defineEnvironment({
  cluster: "home", domain: "example.com", revision: "refs/heads/prod", services: ${JSON.stringify(services)},
  secrets: { backend: "fake" },
});
`;
const service = (text: string) => `import { defineService } from "#rzp";
export default defineService({
  tier: "media",
  about: "Prints what it is given",
  image: "ghcr.io/example/app:1.2.3",
  ports: { http: 8080 },
  health: { http: "/ping" },
  files: { "/etc/app/app.conf": ${JSON.stringify(text)} },
});
`;

test("texts that look like the marks and separators of Helm's stream stay in their release", async () => {
  const text = (name: string) =>
    `# Release: prod_beta\nNOTES:\n---\n# Source: rzp/charts/prod_gamma\n# Release: prod_${name}\nÄnderung 雨 ${name}\n`;
  using repository = createRepository({
    files: {
      "charts/services": undefined,
      "environments/dev": undefined,
      ...Object.fromEntries(
        names.map((name) => [`charts/services/${name}/values.ts`, service(text(name))]),
      ),
      "environments/prod/environment.ts": environment(names),
    },
  });
  const helm = await ensureHelm();
  if ("code" in helm) throw new Error(helm.message);
  const tree = readTree(repository.root);
  const items = (await releasesOf(tree)).map((release) =>
    renderItem(tree, release, toHelmValues(release)),
  );

  const together = await renderReleases({ root: repository.root, helm: helm.path }, items);
  expect(together.problems).toEqual([]);
  expect([...together.documents.keys()].sort()).toEqual(names.map((name) => `prod_${name}`));
  for (const item of items) {
    const alone = await renderReleases({ root: repository.root, helm: helm.path }, [item]);
    const textsOf = ({ documents }: typeof alone) =>
      splitManifests(documents.get(chartName(item)) ?? "").map((manifest) => manifest.text);
    expect(textsOf(together)).toEqual(textsOf(alone));
    expect(textsOf(together).join("")).toContain(`Änderung 雨 ${item.service}`);
  }
});

test("a file that is saved while it is rendered is rendered as it was read", async () => {
  using repository = createRepository();
  const config = "charts/services/recyclarr/config/recyclarr.yml";
  repository.write(config, "as: read\n");
  const helm = await ensureHelm();
  if ("code" in helm) throw new Error(helm.message);
  const tree = readTree(repository.root);
  const items = (await releasesOf(tree))
    .filter((release) => release.service.name === "recyclarr")
    .map((release) => renderItem(tree, release, toHelmValues(release)));
  repository.write(config, "as: saved\n");
  const { documents } = await renderReleases({ root: repository.root, helm: helm.path }, items);
  expect(documents.get("prod_recyclarr")).toContain("as: read");
  expect(documents.get("prod_recyclarr")).not.toContain("as: saved");
});
