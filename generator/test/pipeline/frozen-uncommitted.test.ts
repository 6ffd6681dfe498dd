/** What git does not know is on no cluster, and may change. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { baseFile } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";
import { commit, committed, sonarr } from "./frozen.ts";

describe("what git does not know is on no cluster", () => {
  const trial = "charts/services/trial/values.ts";
  const newTrial = ["new-service", "trial", "--image", "ghcr.io/me/trial:1.0.0", "--port", "9000"];
  const replaced = ({ repository }: { repository: Repository }, search: string, by: string) => {
    const text = readFileSync(path.join(repository.root, trial), "utf8");
    expect(text).toContain(search);
    repository.write(trial, text.replace(search, by));
    return repository.run(["render"]);
  };

  test("a service of today changes its tier, its volumes and its kind of workload", async () => {
    const made = await committed();
    using repository = made.repository;
    await repository.run(newTrial);
    expect((await repository.run(["render"])).exitCode).toBe(0);
    for (const [search, by] of [
      ['tier: "apps"', 'tier: "media"'],
      ["defineService", "defineService, state"],
      [
        "  ports:",
        '  storage: { data: state({ at: "/data", size: "2Gi", backup: false, because: "a trial" }) },\n  ports:',
      ],
      ["{ data: state", "{ files: state"],
      ['size: "2Gi"', 'size: "1Gi"'],
      ["  ports:", '  runs: { as: "statefulSet" },\n  ports:'],
    ] as const) {
      const { exitCode, stderr } = await replaced(made, search, by);
      expect(stderr).not.toContain("error");
      expect(exitCode).toBe(0);
    }
  });

  test("until it is committed, not when it is only added", async () => {
    const made = await committed();
    using repository = made.repository;
    await repository.run(newTrial);
    await repository.run(["render"]);
    await made.git("add", ".");
    expect((await replaced(made, 'tier: "apps"', 'tier: "media"')).exitCode).toBe(0);
    await made.git("add", ".");
    await made.git(...commit);
    const { exitCode, stderr } = await replaced(made, 'tier: "media"', 'tier: "apps"');
    expect(exitCode).toBe(2);
    expect(stderr).toContain("namespace `dev-media-trial` of trial is in use and would go");
  });

  const shrunk = baseFile(sonarr).replace('size: "5Gi"', 'size: "4Gi"');
  const claim = "kubernetes/prod/sonarr/persistentvolumeclaim-config.yaml";

  test("what is committed is in use, also where somebody deleted it here", async () => {
    using repository = (await committed()).repository;
    repository.write("kubernetes", undefined);
    repository.write(sonarr, baseFile(sonarr).replace('tier: "media"', 'tier: "apps"'));
    const prowlarr = "charts/services/prowlarr/values.ts";
    repository.write(prowlarr, baseFile(prowlarr).replace("config: state", "all: state"));
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("namespace `media-sonarr` of sonarr is in use and would go");
    expect(stderr).toContain("persistentvolumeclaim `config` of prowlarr is in use and would go");
  });

  test("one deleted file is compared with the last commit", async () => {
    using repository = (await committed()).repository;
    repository.write(claim, undefined);
    repository.write(sonarr, shrunk);
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("found     4Gi\n  expected  5Gi or more");
  });

  test("a conflict in a generated file changes nothing of that", async () => {
    using repository = (await committed()).repository;
    const text = readFileSync(path.join(repository.root, claim), "utf8");
    repository.write(
      claim,
      text.replace(/^( +storage: .*)$/m, "<<<<<<< HEAD\n$1\n=======\n$1 \n>>>>>>> branch"),
    );
    repository.write(sonarr, shrunk);
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("found     4Gi\n  expected  5Gi or more");
    repository.write(sonarr, baseFile(sonarr));
    expect((await repository.run(["render"])).exitCode).toBe(0);
    expect(readFileSync(path.join(repository.root, claim), "utf8")).toBe(text);
  });

  test("generated files that were deleted and are wanted as they were come back", async () => {
    using repository = (await committed()).repository;
    repository.write("kubernetes", undefined);
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
  });

  test("a migration is told to go once it is committed, and lets nothing through any more", async () => {
    const made = await committed();
    using repository = made.repository;
    const meant = (text: string) =>
      text.replace(
        "  routes:",
        '  migrations: { "persistentvolumeclaim/config": "copied by hand" },\n  routes:',
      );
    repository.write(sonarr, meant(shrunk));
    for (const _ of ["at first", "until it is committed"]) {
      const { exitCode, stderr } = await repository.run(["render"]);
      expect(stderr).toBe("");
      expect(exitCode).toBe(0);
    }
    await made.git("add", ".");
    await made.git(...commit);
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`${sonarr}:24:17  warning  MIGRATION_IDLE\n`);
    expect(stderr).toContain("found     `persistentvolumeclaim/config` as it was committed");
  });

  test("a migration that names nothing is told at once", async () => {
    using repository = (await committed()).repository;
    const misnamed = baseFile(sonarr).replace(
      "  routes:",
      '  migrations: { "persistentvolumeclaim/confg": "copied by hand" },\n  routes:',
    );
    repository.write(sonarr, misnamed);
    const { exitCode, stderr } = await repository.run(["check"]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("found     no object `persistentvolumeclaim/confg` of sonarr");
  });

  test("a repository without a commit has nothing in use", async () => {
    using repository = (await committed([])).repository;
    repository.write(sonarr, baseFile(sonarr).replace('tier: "media"', 'tier: "apps"'));
    expect((await repository.run(["render"])).exitCode).toBe(0);
  });

  test("rendered files that git ignores may be in use", async () => {
    const made = await committed([]);
    using repository = made.repository;
    repository.write(".gitignore", "kubernetes\n");
    repository.write(sonarr, baseFile(sonarr).replace('tier: "media"', 'tier: "apps"'));
    expect((await repository.run(["render"])).exitCode).toBe(2);
  });
});
