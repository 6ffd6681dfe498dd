/** Names, claims and selectors of a service that stays may not change against the committed tree. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createRepository, projectRoot } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";

const baseFile = (file: string) =>
  readFileSync(path.join(projectRoot, "generator/test/support/base", file), "utf8");
const sonarr = "charts/services/sonarr/values.ts";

/** Renders the base, then changes one file and renders again. */
async function renderTwice(
  file: string,
  search: string,
  replacement: string,
): Promise<{
  first: number | undefined;
  exitCode: number | undefined;
  stderr: string;
  repository: Repository;
}> {
  const repository = createRepository();
  const first = await repository.run(["render"]);
  const text = baseFile(file);
  expect(text).toContain(search);
  repository.write(file, text.replace(search, replacement));
  const { exitCode, stderr } = await repository.run(["render"]);
  return { first: first.exitCode, exitCode, stderr, repository };
}

describe("refused until a migration says otherwise", () => {
  test.for<{
    what: string;
    file?: string;
    search: string;
    replacement: string;
    message: string;
    expected: string;
  }>([
    {
      what: "a claim that shrinks",
      search: 'size: "5Gi"',
      replacement: 'size: "4Gi"',
      message: "persistentvolumeclaim `config`: spec.resources.requests.storage would change",
      expected: "expected  5Gi or more",
    },
    {
      what: "a claim of another class",
      search: 'size: "5Gi"',
      replacement: 'size: "5Gi", class: "bulk"',
      message: "persistentvolumeclaim `config`: spec.storageClassName would change",
      expected: "expected  longhorn",
    },
    {
      what: "a claim with another name",
      file: "charts/services/prowlarr/values.ts",
      search: "config: state(",
      replacement: "settings: state(",
      message: "persistentvolumeclaim `config` of prowlarr is in use and would go",
      expected: "no persistentvolumeclaim `config` is rendered any more",
    },
    {
      what: "a service that changes its tier",
      search: 'tier: "media"',
      replacement: 'tier: "apps"',
      message: "namespace `media-sonarr` of sonarr is in use and would go",
      expected: 'pins: { namespace: "media-sonarr" }',
    },
    {
      what: "a workload of another kind",
      search: 'size: "small",',
      replacement: 'size: "small",\n  runs: { as: "daemonSet" },',
      message: "deployment `sonarr` of sonarr is in use and would go",
      expected: 'migrations: { "deployment/sonarr"',
    },
  ])("$what", async ({ file = sonarr, search, replacement, message, expected }) => {
    const { first, exitCode, stderr, repository } = await renderTwice(file, search, replacement);
    using _ = repository;
    expect(first).toBe(0);
    expect(stderr).toContain(message);
    expect(stderr).toContain(expected);
    expect(exitCode).toBe(2);
  });
});

describe("allowed", () => {
  test.for([
    { what: "a claim that grows", search: 'size: "5Gi"', replacement: 'size: "6Gi"' },
    {
      what: "a new tier with the namespace pinned",
      search: 'tier: "media"',
      replacement: 'tier: "apps",\n  pins: { namespace: "media-sonarr" }',
    },
    {
      what: "a claim that shrinks with a migration",
      search: 'size: "5Gi"',
      replacement: 'size: "4Gi"',
      migration:
        '  migrations: { "persistentvolumeclaim/config": "copied by hand to a new claim" },\n',
    },
  ])("$what", async ({ search, replacement, migration = "" }) => {
    const { exitCode, stderr, repository } = await renderTwice(sonarr, search, replacement);
    using _ = repository;
    if (migration !== "") {
      expect(exitCode).toBe(2);
      repository.write(
        sonarr,
        baseFile(sonarr).replace(search, replacement).replace("  routes:", `${migration}  routes:`),
      );
      expect((await repository.run(["render"])).exitCode).toBe(0);
      return;
    }
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
  });

  test("a rendered file with an unmerged conflict: it is rendered again", async () => {
    using repository = createRepository();
    await repository.run(["render"]);
    const file = "kubernetes/prod/sonarr/deployment-sonarr.yaml";
    const text = readFileSync(path.join(repository.root, file), "utf8");
    repository.write(
      file,
      text.replace(/^( +image: .*)$/m, "<<<<<<< HEAD\n$1\n=======\n$1-other\n>>>>>>> branch"),
    );
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(stderr).toContain("WRITE_UNMERGED_CONFLICT");
    expect(exitCode).toBe(0);
    expect(readFileSync(path.join(repository.root, file), "utf8")).toBe(text);
  });

  test("a service that goes as a whole", async () => {
    using repository = createRepository();
    await repository.run(["render"]);
    repository.write("charts/services/recyclarr/values.ts", undefined);
    repository.write(
      "environments/prod/environment.ts",
      baseFile("environments/prod/environment.ts").replace('"recyclarr", ', ""),
    );
    expect((await repository.run(["render"])).exitCode).toBe(0);
  });
});
