import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { checkRepository, createRepository } from "./repository.ts";

test("the base repository has no mistakes", async () => {
  using repository = createRepository();
  expect(await checkRepository(repository.root)).toEqual([]);
});

test("a file can be added, changed and left out", async () => {
  using repository = createRepository({
    files: {
      "charts/services/sonarr/values.ts": undefined,
      "charts/services/mine/values.ts": "export default {}",
    },
  });
  expect(existsSync(path.join(repository.root, "charts/services/sonarr/values.ts"))).toBe(false);
  const problems = await checkRepository(repository.root);
  expect(problems.map(({ code, place }) => [place.file, code])).toContainEqual([
    "charts/services/mine/values.ts",
    "FILE_WRONG_KIND",
  ]);
});

test("the command runs in a folder below the root", async () => {
  using repository = createRepository();
  const result = await repository.run(["list"], { cwd: "charts/services/sonarr" });
  expect(result).toMatchObject({ exitCode: 0, stderr: "" });
  expect(result.stdout).toContain("sonarr");
});

test("a repository is gone at the end", () => {
  let root = "";
  {
    using repository = createRepository();
    root = repository.root;
  }
  expect(existsSync(root)).toBe(false);
});
