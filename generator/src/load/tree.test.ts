import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { withMarker } from "../../test/support/marked.ts";
import { checkRepository, createRepository } from "../../test/support/repository.ts";
import { readTree } from "./tree.ts";

const helper = "export const image = 1;\n";

test("a module that an authored file imports is read, and so is what that one imports", () => {
  using repository = createRepository({
    files: {
      "charts/services/mine/values.ts":
        'import { image } from "./image.ts";\nimport "../shared.ts";\n',
      "charts/services/mine/image.ts":
        'export { image } from "../../../environments/lib/image.ts";\n',
      "charts/services/shared.ts": helper,
      "environments/lib/image.ts": helper,
    },
  });
  const tree = readTree(repository.root);
  expect(tree.unread).toEqual([]);
  expect(tree.environments).toEqual(["dev", "prod"]);
});

test("a module that overlays share is no overlay, unless it has the name of a service", () => {
  using repository = createRepository({
    files: {
      "environments/dev/sonarr.ts": 'import { size } from "./sizes.ts";\nimport "./prowlarr.ts";\n',
      "environments/dev/prowlarr.ts": helper,
      "environments/dev/sizes.ts": helper,
    },
  });
  const tree = readTree(repository.root);
  expect(tree.overlays.get("dev")).toEqual(["prowlarr", "sonarr"]);
  expect(tree.sources.has("environments/dev/sizes.ts")).toBe(false);
  expect(tree.unread).toEqual([]);
});

test("a file under config/ is text if it is UTF-8, whatever characters it holds", () => {
  const config = "charts/services/sonarr/config";
  using repository = createRepository({
    files: { [`${config}/b-signs.txt`]: "a \uFFFD, ä, \0\n" },
  });
  repository.write(`${config}/a-logo.png`, Buffer.from("89504e47", "hex"));
  repository.write(`${config}/c-latin.txt`, Buffer.from("Größe", "latin1"));
  expect(readTree(repository.root).configFiles.get("sonarr")).toEqual([
    { file: "config/a-logo.png", bytes: expect.any(Number) as number, isText: false },
    { file: "config/b-signs.txt", bytes: 13, isText: true },
    { file: "config/c-latin.txt", bytes: expect.any(Number) as number, isText: false },
  ]);
});

test("what is generated, hidden, mounted or a note beside authored files is no mistake", () => {
  using repository = createRepository({
    files: {
      "charts/services/gone/values.yaml": withMarker(
        "charts/services/gone/values.ts",
        "#",
        "a: 1\n",
      ),
      "charts/services/.cache/notes.ts": helper,
      "charts/services/sonarr/config/script.ts": helper,
      "charts/services/sonarr/registry.d.ts": helper,
      "charts/services/sonarr/values.test.ts": helper,
      "charts/services/sonarr/README.md": "# Sonarr\n",
      "charts/services/sonarr/notes.yaml": "later: true\n",
      "environments/dev/sizes.test.ts": helper,
      "environments/dev/plan.png": "",
      "environments/dev/made.yaml": withMarker("environments/dev/environment.ts", "#", "a: 1\n"),
      "environments/clusters/home.lock.yaml": "damaged\n",
      "environments/README.md": "# Environments\n",
    },
  });
  const { root } = repository;
  symlinkSync("../../rzp-lib", path.join(root, "charts/services/gone/charts"), "dir");
  const tree = readTree(root);
  expect(tree.unread).toEqual([]);
  expect(tree.services).not.toContain("gone");
});

test("a link that leads nowhere is not there, and is named where facts belong", () => {
  using repository = createRepository();
  const links = [
    "charts/services/.#sonarr",
    "charts/services/gone",
    "charts/services/recyclarr/config/gone.yml",
    "charts/services/sonarr/.#values.ts",
    "environments/gone",
  ];
  const named = [
    "environments/clusters/gone.ts",
    "environments/dev/gone.ts",
    "environments/gone.yaml",
  ];
  const before = readTree(repository.root);
  for (const link of [...links, ...named]) symlinkSync("nowhere", path.join(repository.root, link));
  symlinkSync(
    "round.yml",
    path.join(repository.root, "charts/services/recyclarr/config/round.yml"),
  );
  expect(readTree(repository.root)).toEqual({ ...before, unread: named });
});

test("a link that leads nowhere, where a file is read, is told as one", async () => {
  using repository = createRepository();
  const { root } = repository;
  symlinkSync("nowhere", path.join(root, "environments/dev/prowlarr.ts"));
  repository.write("charts/services/recyclarr/values.ts", undefined);
  symlinkSync("nowhere", path.join(root, "charts/services/recyclarr/values.ts"));
  const found = await checkRepository(root);
  expect(found.map(({ code, place, message }) => [code, place.file, message])).toContainEqual([
    "FILE_UNREAD",
    "environments/dev/prowlarr.ts",
    "nobody reads environments/dev/prowlarr.ts",
  ]);
  expect(found.map(({ fix }) => fix)).toContain(
    "it is a link that leads nowhere: let it lead to a file, or delete it",
  );
  expect(found.some(({ message }) => message.includes("is a folder"))).toBe(false);
});

test("a folder where a file belongs, and a file where a folder belongs, are neither", () => {
  using repository = createRepository({ files: { "charts/services/sonarr/config": "a: 1\n" } });
  mkdirSync(path.join(repository.root, "environments/clusters/home.lock.yaml"));
  const tree = readTree(repository.root);
  expect(tree.locks.size).toBe(0);
  expect(tree.configFiles.get("sonarr")).toEqual([]);
});

test("an unread file makes its folder known, not an environment that is described", () => {
  using repository = createRepository({ files: { "environments/qa/notes.txt": "later\n" } });
  const tree = readTree(repository.root);
  expect(tree.unread).toEqual(["environments/qa/notes.txt"]);
  expect(tree.environments).toEqual(["dev", "prod", "qa"]);
  expect(tree.sources.has("environments/qa/environment.ts")).toBe(false);
});
