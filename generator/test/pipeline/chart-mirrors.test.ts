/** A cluster's mirrors in the values of a chart that Argo CD fetches: what Argo CD gets, and what plain Helm gets, say the same. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { createRepository } from "../support/repository.ts";

const certManager = "charts/services/cert-manager/values.ts";
const home = "environments/clusters/home.ts";

test("images that the values name come from the mirror in both, and the authored ones stay without", async () => {
  using repository = createRepository();
  const read = (file: string) => readFileSync(path.join(repository.root, file), "utf8");
  const changed = (file: string, before: string, after: string) => {
    const text = read(file);
    expect(text).toContain(before);
    repository.write(file, text.replace(before, after));
  };
  const valuesOf = async () => {
    expect((await repository.run(["render"])).exitCode).toBe(0);
    const { spec } = parse(read("kubernetes/prod/_argocd/application-prod.cert-manager.yaml")) as {
      spec: { sources: { helm: { valuesObject: unknown } }[] };
    };
    const values: unknown = parse(
      read("charts/services/cert-manager/ci/upstream/prod-values.yaml"),
    );
    expect(spec.sources[0]?.helm.valuesObject).toEqual(values);
    return values;
  };
  changed(
    certManager,
    "crds: { enabled: true }",
    'crds: { enabled: true }, image: { repository: "quay.io/jetstack/controller", tag: "v1.21.1" }',
  );
  const image = (repository: string) => ({ image: { repository, tag: "v1.21.1" } });
  expect(await valuesOf()).toMatchObject(image("quay.io/jetstack/controller"));
  changed(home, "addressPool:", 'mirrors: { "quay.io": "registry.lan/quay" },\n  addressPool:');
  expect(await valuesOf()).toMatchObject(image("registry.lan/quay/jetstack/controller"));
});
