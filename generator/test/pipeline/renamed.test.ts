/** A service that was renamed takes what stays of the one before; all others take nothing from anybody. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { baseFile, createRepository } from "../support/repository.ts";

const values = "charts/services/sonarr/values.ts";
const base = baseFile(values);

/** Renders sonarr with a pin. Out: the text of its Application in prod. */
async function applicationWith(tier: string, namespace: string): Promise<string> {
  using repository = createRepository();
  const pinned = `tier: "${tier}",\n  pins: { namespace: "${namespace}" },`;
  repository.write(values, base.replace('tier: "media",', pinned));
  expect((await repository.run(["render"])).exitCode).toBe(0);
  const file = "kubernetes/prod/_argocd/application-prod.sonarr.yaml";
  return readFileSync(path.join(repository.root, file), "utf8");
}

test("it may have what bears the name of another Application", async () => {
  const text = await applicationWith("media", "media-series");
  expect(text).toContain("- ServerSideApply=true");
  expect(text).not.toContain("FailOnSharedResource");
});

test("one that only changed its tier may not", async () => {
  expect(await applicationWith("apps", "media-sonarr")).toContain("- FailOnSharedResource=true");
});
