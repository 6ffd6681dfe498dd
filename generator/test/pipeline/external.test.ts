/** What a service names and does not make itself is said to the library, which looks for all other names. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readTree } from "../../src/load/tree.ts";
import { buildPlatform } from "../../src/pipeline.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { only, renderAlone } from "../charts/support.ts";
import { createRepository } from "../support/repository.ts";

/** The values of a service that is enabled besides sonarr. */
async function valuesOf(text: string) {
  using repository = createRepository();
  repository.write("charts/services/tried/values.ts", text);
  const prod = "environments/prod/environment.ts";
  const environment = readFileSync(`${repository.root}/${prod}`, "utf8");
  repository.write(prod, environment.replace('"sonarr"', '"sonarr", "tried"'));
  const { value, problems } = await buildPlatform(readTree(repository.root));
  const release = value?.releases.find(({ service }) => service.name === "tried");
  if (release === undefined) throw new Error(problems.map(({ message }) => message).join("\n"));
  return toHelmValues(release).service;
}

test("a claim that is adopted is external, one of its own is not", async () => {
  const values = await valuesOf(`import { defineService, state } from "#rzp";
export default defineService({ tier: "media", about: "Tried with an adopted claim",
  image: "ghcr.io/example/app:1.0.0", ports: { http: 8080 }, health: { http: "/" },
  storage: { old: state({ at: "/old", size: "1Gi", adopt: "app-data" }), new: state({ at: "/new", size: "1Gi" }) } });
`);
  expect(values.workloads["main"]?.pod?.volumes).toEqual({
    old: { claim: "app-data", external: true },
    new: { claim: "new" },
  });
  const rendered = await renderAlone(values);
  expect(only(rendered, "Deployment")["spec"].template.spec.volumes).toEqual([
    { name: "new", persistentVolumeClaim: { claimName: "new" } },
    { name: "old", persistentVolumeClaim: { claimName: "app-data" } },
  ]);
});

test("a claim that is adopted goes the whole way: nobody renders it, and no rule misses it", async () => {
  using repository = createRepository();
  const file = "charts/services/sonarr/values.ts";
  const sonarr = readFileSync(`${repository.root}/${file}`, "utf8");
  repository.write(file, sonarr.replace("config: state({", 'config: state({ adopt: "old-config",'));
  expect(await repository.run(["render"])).toMatchObject({ exitCode: 0, stderr: "" });
  const rendered = `${repository.root}/kubernetes/prod/sonarr`;
  expect(readFileSync(`${rendered}/deployment-sonarr.yaml`, "utf8")).toContain(
    "claimName: old-config",
  );
  expect(existsSync(`${rendered}/persistentvolumeclaim-config.yaml`)).toBe(false);
});

test("the Service of an upstream chart is external to the routes that lead to it", async () => {
  const values = await valuesOf(`import { defineChart } from "#rzp";
export default defineChart({ tier: "media", about: "Tried with a chart",
  chart: { from: "oci://ghcr.io/example/charts/tried", version: "1.0.0", values: {} },
  components: { web: { pods: { app: "tried" }, ports: { http: 8080 } } },
  routes: { web: { host: "tried", to: "web/http", audience: "internal", signIn: "own" } } });
`);
  const [rule] = values.routes["web"]?.rules ?? [];
  expect(rule?.backend).toMatchObject({ port: 8080, external: true });
  expect(only(await renderAlone(values), "HTTPRoute")["spec"].rules[0].backendRefs).toHaveLength(1);
});
