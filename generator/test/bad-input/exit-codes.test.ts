/**
 * What a script sees: exit codes and streams of the command, with good input, bad input and a bad Helm; each exit
 * code once from a process.
 */
import { chmodSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readTree } from "../../src/load/tree.ts";
import { createRepository, projectRoot } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";
import { applyChanges, prod, prowlarr, recyclarr, sonarr, vector } from "./change.ts";

/** A Helm that is a script: `RZP_HELM` for a run. */
function fakeHelm(
  { root }: Repository,
  script: string,
): { readonly env: { readonly RZP_HELM: string } } {
  const file = path.join(root, "helm");
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return { env: { RZP_HELM: file } };
}

const version = 'if [ "$1" = version ]; then echo v4.1.4; exit 0; fi';
/** A finding that only the rendered objects show. */
const badPriority = '  priority: "highest",\n  account:';
const isWritten = ({ root }: Repository) => existsSync(path.join(root, "kubernetes"));

test("0: nothing to tell", async () => {
  using repository = createRepository();
  expect(await repository.start(["check"])).toEqual({
    exitCode: 0,
    stdout: "no mistakes found",
    stderr: "",
  });
});

test("0: a service that runs nowhere is a warning of check and list", async () => {
  using repository = createRepository();
  applyChanges(repository, { in: prod, replace: '"recyclarr", ', by: "" });
  const warning = `${recyclarr}:3:16  warning  SERVICE_NOT_ENABLED\n  recyclarr runs in no environment`;
  for (const command of ["check", "list"]) {
    const { exitCode, stderr } = await repository.run([command]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(warning);
    expect(stderr).not.toContain("more checks");
  }
  const listed = await repository.run(["list", "--format", "json"]);
  expect(JSON.parse(listed.stdout)).toContainEqual(
    expect.objectContaining({ name: "recyclarr", environments: [] }),
  );
});

test("2: a mistake in an authored file, told on stderr; nothing is written", async () => {
  using repository = createRepository();
  applyChanges(repository, { in: sonarr, replace: "image:", by: "imgae:" });
  const checked = await repository.start(["check"]);
  expect(checked).toMatchObject({ exitCode: 2, stdout: "" });
  expect(checked.stderr).toContain(
    "charts/services/sonarr/values.ts:6:3  error  SPEC_UNKNOWN_FIELD",
  );
  expect(checked.stderr).toMatch(
    /1 error in 1 file\n\d+ more checks, of what follows from all files together, wait until these are mended$/,
  );
  expect(await repository.run(["render"])).toMatchObject({ exitCode: 2 });
  expect(isWritten(repository)).toBe(false);
});

test("1: a finding in what is rendered", async () => {
  using repository = createRepository();
  applyChanges(repository, { in: vector, replace: "  account:", by: badPriority });
  const checked = await repository.start(["check"]);
  expect(checked.exitCode).toBe(1);
  expect(checked.stderr).toContain(
    "MANIFEST_DANGLING_REFERENCE  (prod)\n  DaemonSet vector: there is no PriorityClass `highest`",
  );
  expect(checked.stderr).toContain('"highest"');
  expect(checked.stderr).toMatch(/\n3 more checks, .* wait until these are mended$/);
});

test.concurrent.for([
  ["render"],
  ["new-service", "my-app", "--image", "a/b:1", "--port", "80"],
  ["remove", "recyclarr"],
])("1: a finding in what $0 would render; nothing is kept of it", async (command, { expect }) => {
  using repository = createRepository();
  applyChanges(repository, { in: vector, replace: "  account:", by: badPriority });
  const { sources } = readTree(repository.root);
  const { exitCode, stderr } = await repository.run(command);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("1 error in 1 file");
  expect(isWritten(repository)).toBe(false);
  expect(readTree(repository.root).sources).toEqual(sources);
});

test("1: what is rendered is out of date", async () => {
  using repository = createRepository();
  const before = await repository.run(["render", "--check"]);
  expect(before.exitCode).toBe(1);
  expect(before.stderr).toContain("OUTPUT_OUT_OF_DATE");
  expect(isWritten(repository)).toBe(false);
  expect(await repository.run(["render"])).toMatchObject({ exitCode: 0 });
  expect(await repository.run(["render", "--check"])).toMatchObject({ exitCode: 0, stderr: "" });
});

test("1: a stray file that Argo CD would deploy; a render leaves it alone and says it", async () => {
  // Stopped, it has no monitors: one Application deploys all of its folder.
  using repository = createRepository();
  const text = readFileSync(path.join(repository.root, recyclarr), "utf8");
  repository.write(recyclarr, text.replace("  runs:", "  stopped: true,\n  runs:"));
  await repository.run(["render"]);
  repository.write("kubernetes/prod/recyclarr/notes.md", "nothing deploys this\n");
  const harmless = await repository.run(["render", "--check"]);
  expect(harmless.exitCode).toBe(0);
  expect(harmless.stderr).toContain("warning  WRITE_UNKNOWN_FILE");
  repository.write("kubernetes/prod/recyclarr/mine.yaml", "kind: Secret\n");
  const rendered = await repository.run(["render"]);
  expect(rendered.exitCode).toBe(0);
  expect(rendered.stderr).toContain(
    "kubernetes/prod/recyclarr/mine.yaml  warning  WRITE_UNKNOWN_DEPLOYED",
  );
  const checked = await repository.run(["render", "--check"]);
  expect(checked.exitCode).toBe(1);
  expect(checked.stderr).toContain(
    "kubernetes/prod/recyclarr/mine.yaml  error  WRITE_UNKNOWN_DEPLOYED",
  );
  expect(existsSync(path.join(repository.root, "kubernetes/prod/recyclarr/mine.yaml"))).toBe(true);
});

test("2: a command that is not there, with the nearest one", async () => {
  using repository = createRepository();
  const result = await repository.run(["rendr"]);
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain("There is no command `rendr`. Did you mean `render`?");
});

test("2: RZP_HELM names no file", async () => {
  using repository = createRepository();
  const result = await repository.run(["check"], { env: { RZP_HELM: "/nowhere/helm" } });
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain("HELM_MISSING");
  expect(result.stderr).toContain("/nowhere/helm");
});

test("2: a Helm that is too old", async () => {
  using repository = createRepository();
  const result = await repository.run(["check"], fakeHelm(repository, "echo v3.12.0"));
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain("HELM_UNSUPPORTED");
  expect(result.stderr).toContain("3.12.0");
});

test("2: a Helm that is killed half way; nothing is written", async () => {
  using repository = createRepository();
  const result = await repository.run(
    ["render"],
    fakeHelm(repository, `${version}\necho 'apiVersion: v1'\nkill -9 $$`),
  );
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain("HELM_FAILED");
  expect(result.stderr).toContain("SIGKILL");
  expect(isWritten(repository)).toBe(false);
});

test("2: a service the library refuses is named, and the others are still checked", async () => {
  using repository = createRepository();
  applyChanges(repository, { in: vector, replace: "  account:", by: badPriority });
  ownLibrary(repository, "_namespace.tpl", (text) =>
    text.replace(
      '"rzp-lib.kind.namespace" -}}',
      '"rzp-lib.kind.namespace" -}}\n{{- if eq .Values.service.name "prowlarr" }}{{ include "rzp-lib.refuse" (dict "root" . "key" "namespace" "text" "is refused by this test.") }}{{ end -}}',
    ),
  );
  const result = await repository.run(["check"]);
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain(`${prowlarr}:1:1  error  HELM_TEMPLATE_FAILED  (dev, prod)`);
  expect(result.stderr).toContain("is refused by this test.");
  expect(result.stderr).toContain("DaemonSet vector: there is no PriorityClass `highest`");
});

/** Gives the repository a library of its own, with one template changed. */
function ownLibrary(
  { root }: Repository,
  template: string,
  change: (text: string) => string,
): void {
  const library = path.join(root, "charts/rzp-lib");
  rmSync(library);
  cpSync(path.join(projectRoot, "charts/rzp-lib"), library, { recursive: true });
  const file = path.join(library, "templates", template);
  const before = readFileSync(file, "utf8");
  const after = change(before);
  if (after === before) throw new Error(`${template} is not what this test takes it for`);
  writeFileSync(file, after);
}
