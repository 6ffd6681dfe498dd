/** What a script sees: exit codes and streams of the real command, with good input, bad input and a bad Helm. */
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createRepository } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";
import { applyChanges, prowlarr, sonarr, vector } from "./change.ts";

/** A Helm that is a script: `RZP_HELM` for a run. */
function fakeHelm({ root }: Repository, script: string): { readonly env: { readonly RZP_HELM: string } } {
  const file = path.join(root, "helm");
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return { env: { RZP_HELM: file } };
}

const version = 'if [ "$1" = version ]; then echo v4.1.4; exit 0; fi';
const isWritten = ({ root }: Repository) => existsSync(path.join(root, "kubernetes"));

test("0: nothing to tell", async () => {
  using repository = createRepository();
  expect(await repository.run(["check"])).toEqual({ exitCode: 0, stdout: "no mistakes found", stderr: "" });
});

test("2: a mistake in an authored file, told on stderr; nothing is written", async () => {
  using repository = createRepository();
  applyChanges(repository, { in: sonarr, replace: "image:", by: "imgae:" });
  const checked = await repository.run(["check"]);
  expect(checked).toMatchObject({ exitCode: 2, stdout: "" });
  expect(checked.stderr).toContain("charts/services/sonarr/values.ts:6:3  error  SPEC_UNKNOWN_FIELD");
  expect(await repository.run(["render"])).toMatchObject({ exitCode: 2 });
  expect(isWritten(repository)).toBe(false);
});

test("1: a finding in what is rendered", async () => {
  using repository = createRepository();
  applyChanges(repository, { in: vector, replace: "  account:", by: '  patches: { "daemonset/vector": { spec: { template: { spec: { priorityClassName: "highest" } } } } },\n  account:' });
  const checked = await repository.run(["check"]);
  expect(checked.exitCode).toBe(1);
  expect(checked.stderr).toContain("MANIFEST_DANGLING_REFERENCE  (prod)\n  DaemonSet vector: there is no PriorityClass `highest`");
  expect(checked.stderr).toContain('"highest"');
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
  const result = await repository.run(["render"], fakeHelm(repository, `${version}\necho 'apiVersion: v1'\nkill -9 $$`));
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain("HELM_FAILED");
  expect(result.stderr).toContain("SIGKILL");
  expect(isWritten(repository)).toBe(false);
});

test("2: a Helm that refuses a template names the service, and the others are still checked", async () => {
  using repository = createRepository();
  applyChanges(repository, { in: vector, replace: "  account:", by: '  patches: { "daemonset/vector": { spec: { template: { spec: { priorityClassName: "highest" } } } } },\n  account:' });
  // Refuses as long as prowlarr of prod is in the batch; without it the real one renders.
  const refusing = `${version}
for last; do :; done
if grep -q 'prod_prowlarr' "$5"; then
  echo 'Error: execution error at (rzp/charts/prod_prowlarr/templates/all.yaml:1:3): service=prowlarr key=image: an image is needed' >&2
  exit 1
fi
exec "$RZP_REAL_HELM" "$@"`;
  const { ensureHelm } = await import("../../src/tools/helm-carrier.ts");
  const helm = await ensureHelm();
  if ("code" in helm) throw new Error(helm.message);
  const fake = fakeHelm(repository, refusing);
  const result = await repository.run(["check"], { env: { ...fake.env, RZP_REAL_HELM: helm.path } });
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain(`${prowlarr}:1:1  error  HELM_TEMPLATE_FAILED  (prod)`);
  expect(result.stderr).toContain("DaemonSet vector: there is no PriorityClass `highest`");
});
