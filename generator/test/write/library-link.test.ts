/** A link that cannot be made stops a render before anything is written. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { libraryLink, linkLibrary } from "../../src/write/library-link.ts";
import { createRepository } from "../support/repository.ts";

test("all links are made, or none", () => {
  using repository = createRepository();
  const blocked = path.join(repository.root, path.dirname(libraryLink("vector")));
  writeFileSync(blocked, "a file where the folder should be");
  const { problems } = linkLibrary(repository.root, ["sonarr", "vector"]);
  expect(problems).toMatchObject([
    { code: "WRITE_FAILED", place: { file: libraryLink("vector") } },
  ]);
  expect(existsSync(path.join(repository.root, libraryLink("sonarr")))).toBe(false);
});

test("a render writes nothing then, and says so", async () => {
  using repository = createRepository();
  const link = path.join(repository.root, libraryLink("vector"));
  mkdirSync(path.dirname(path.dirname(link)), { recursive: true });
  writeFileSync(path.dirname(link), "a file where the folder should be");
  const { exitCode, stderr } = await repository.run(["render"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Nothing was changed.");
  expect(existsSync(path.join(repository.root, "kubernetes/prod"))).toBe(false);
});
