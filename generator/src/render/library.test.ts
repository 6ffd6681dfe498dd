/** Whatever Helm is given of the library is in its key, and nothing else. */
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createRepository, projectRoot } from "../../test/support/repository.ts";
import { stagedLibrary, libraryKey } from "./library.ts";

const helm = { path: "", version: "4.1.4" };

function withLibrary() {
  const repository = createRepository({ files: { "charts/rzp-lib": undefined } });
  const library = path.join(repository.root, "charts/rzp-lib");
  cpSync(path.join(projectRoot, "charts/rzp-lib"), library, { recursive: true });
  return { repository, library };
}

test.for(["Chart.yaml", "templates/_labels.tpl", "templates/more/_new.tpl"])("%s", (name) => {
  const { repository, library } = withLibrary();
  using _ = repository;
  const before = libraryKey(repository.root, helm);
  mkdirSync(path.join(library, "templates/more"));
  expect(libraryKey(repository.root, helm)).toBe(before);
  writeFileSync(path.join(library, name), "{{/* another */}}\n");
  expect(libraryKey(repository.root, helm)).not.toBe(before);
  expect(stagedLibrary(repository.root).map((file) => file.name)).toContain(name);
});

test.for([["render"], ["check"], ["render", "--check"]])(
  "without it %j says so, and nothing is written",
  async (command) => {
    using repository = createRepository({ files: { "charts/rzp-lib": undefined } });
    const { exitCode, stderr, stdout } = await repository.run(command);
    expect([exitCode, `${stdout}${stderr}`]).toEqual([
      2,
      expect.stringContaining("the library chart is not there"),
    ]);
    expect(existsSync(path.join(repository.root, "kubernetes"))).toBe(false);
  },
);

test("what an editor leaves beside a template is none", () => {
  const { repository, library } = withLibrary();
  using _ = repository;
  const before = libraryKey(repository.root, helm);
  symlinkSync("me@host.1:2", path.join(library, "templates/.#_labels.tpl"));
  writeFileSync(path.join(library, "templates/._labels.tpl.swp"), "b0VIM");
  expect(libraryKey(repository.root, helm)).toBe(before);
});
