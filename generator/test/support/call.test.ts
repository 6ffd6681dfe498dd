/** A command that is called in the test's process does what it does in one of its own. */
import { expect, test } from "vitest";
import { createRepository } from "./repository.ts";

const wrong = { "charts/services/sonarr/values.ts": "export default {}\n" };

test.for([["list"], ["check"], ["lsit"], ["check", "--format", "json"]])(
  "%j ends and prints as in a process",
  async (args) => {
    using repository = createRepository({ files: wrong });
    expect(await repository.run(args)).toEqual(await repository.start(args));
  },
);

test("calls that overlap have a folder, an environment and streams each, and leave nothing", async () => {
  using right = createRepository();
  using other = createRepository({ files: wrong });
  const before = [process.cwd(), process.env["RZP_HELM"], process.env["RZP_CACHE"]];
  const [found, missing, listed] = await Promise.all([
    other.run(["check"]),
    right.run(["check"], { env: { RZP_HELM: "/nowhere/helm" } }),
    right.run(["list"], { cwd: "charts/services" }),
  ]);
  expect(found).toMatchObject({ exitCode: 2, stdout: "" });
  expect(found.stderr).not.toContain("HELM_MISSING");
  expect(missing).toMatchObject({ exitCode: 2, stdout: "" });
  expect(missing.stderr).toContain("HELM_MISSING");
  expect(listed).toMatchObject({ exitCode: 0, stderr: "" });
  expect(listed.stdout).toContain("sonarr");
  expect([process.cwd(), process.env["RZP_HELM"], process.env["RZP_CACHE"]]).toEqual(before);
});
