/** `remove` takes a service out whole or not at all. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createRepository, projectRoot } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";
import { runWithMounts } from "../write/support.ts";

/** Authored files by name, and every path below RZP's own folders. */
function stateOf({ root }: Repository): unknown {
  return ["charts/services", "environments", ".rzp"]
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .filter((file) => !file.endsWith(".gitignore") && !file.includes("/.rzp/lock"))
        .map((file) => [path.relative(root, file), readFileSync(file, "utf8")]),
    );
}

test("when what stays cannot be rendered, the service and the environments are as before", async () => {
  using repository = createRepository();
  const before = stateOf(repository);
  const { exitCode, stdout, stderr } = await repository.run(["remove", "vector"], {
    env: { RZP_HELM: "/nowhere/helm" },
  });
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("HELM_MISSING");
  expect(stateOf(repository)).toEqual(before);
});

test.each([
  ["with a typo", "export default {}\n"],
  ["that does not run", "export default defineService({\n"],
  ["whose values.ts is gone", undefined],
])("a service %s can be removed", async (_, text) => {
  using repository = createRepository();
  await repository.run(["render"]);
  repository.write("charts/services/vector/values.ts", text);
  const { exitCode, stdout, stderr } = await repository.run(["remove", "vector"]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("kubectl delete namespace observability-vector");
  expect(existsSync(path.join(repository.root, "charts/services/vector"))).toBe(false);
});

test("a service with a typo that others consume stays, and who consumes it is told", async () => {
  using repository = createRepository({
    files: { "charts/services/prowlarr/values.ts": "export default {}\n" },
  });
  const before = stateOf(repository);
  const { exitCode, stderr } = await repository.run(["remove", "prowlarr"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("charts/services/sonarr/values.ts");
  expect(stateOf(repository)).toEqual(before);
});

test("a tree with a mistake in it is left alone: the mistake is told", async () => {
  using repository = createRepository({
    files: { "charts/services/sonarr/values.ts": "export default {}\n" },
  });
  const before = stateOf(repository);
  const { exitCode, stderr } = await repository.run(["remove", "vector"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("FILE_WRONG_KIND");
  expect(stateOf(repository)).toEqual(before);
});

test("when the file system refuses half way, the service and the environments are as before", async () => {
  using repository = createRepository();
  const before = stateOf(repository);
  const folder = path.join(repository.root, "environments");
  const { output } = runWithMounts(`
    mount --bind ${folder} ${folder}; mount -o remount,bind,ro ${folder}
    cd ${repository.root}
    ${process.execPath} ${path.join(projectRoot, "generator/rzp.js")} remove vector || echo "code $?"
  `);
  expect(output).toContain("WRITE_NOT_WRITABLE");
  expect(output).toContain("Everything is as it was.");
  expect(output).toContain("code 2");
  expect(stateOf(repository)).toEqual(before);
});
