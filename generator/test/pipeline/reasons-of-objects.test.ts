/** An object that reaches beyond its service, from what one environment says to what is rendered and told. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createRepository } from "../support/repository.ts";

const first =
  'kubernetesObject({ apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", value: 10 })';
const reason = "films come before everything else here";
const overlay = "environments/prod/sonarr.ts";
const bringing = (written: string) =>
  createRepository({
    files: {
      [overlay]: `import { because, kubernetesObject, overlay } from "#rzp";

export default overlay("sonarr", { objects: { first: ${written} } });
`,
    },
  });

test("with a reason it is rendered as it is, and the reason is told", async () => {
  using repository = bringing(`because(${first}, "${reason}")`);
  expect(await repository.run(["render"])).toMatchObject({ exitCode: 0 });
  const read = (file: string) =>
    readFileSync(path.join(repository.root, "kubernetes/prod", file), "utf8");
  expect(read("sonarr/priorityclass.scheduling.k8s.io-first.yaml")).toContain("value: 10\n");
  expect(read("sonarr/namespace-media-sonarr.yaml")).toContain(reason);
  expect(read("_argocd/appproject-prod-media.yaml")).toMatch(
    /kind: "?PriorityClass"?\n\s+name: "?first"?\n/,
  );
  const { stdout } = await repository.run(["explain", "sonarr"]);
  expect(stdout).toContain(reason);
});

test("without one nothing is rendered, and what it may be written as is told", async () => {
  using repository = bringing(first);
  const { exitCode, stderr } = await repository.run(["render"]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^environments\/prod\/sonarr\.ts:3:\d+ {2}error {2}MANIFEST_UNDECLARED/);
  expect(stderr).toContain(
    'write objects: { first: because(kubernetesObject({ … }), "say why here") }',
  );
});

test("a chart says which kinds it brings, and they are its own to configure", async () => {
  const file = "charts/services/cert-manager/values.ts";
  using repository = createRepository();
  const text = readFileSync(path.join(repository.root, file), "utf8");
  repository.write(file, text.replace(', brings: ["cert-manager.io"]', ""));
  expect((await repository.run(["check"])).stderr).toContain(
    `fix       say brings: ["cert-manager.io"] beside the chart's version, if it installs the definitions; else`,
  );
  repository.write(file, text);
  expect((await repository.run(["check"])).stderr).not.toContain("MANIFEST_UNDECLARED");
});
