/** An environment keeps its name and stays on its cluster. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { markedFile } from "../../src/output/marker.ts";
import { baseFile, createRepository } from "../support/repository.ts";
import type { Repository } from "../support/repository.ts";
import { commit, committed, dev, home } from "./frozen.ts";

const devSonarr = "environments/dev/sonarr.ts";

describe("an environment keeps its name", () => {
  /** Renders the base, then gives dev another name, and another prefix where one is said. */
  async function renamed(prefix = "dev", name = "trial") {
    const repository = createRepository();
    await repository.run(["render"]);
    for (const file of ["environment.ts", "sonarr.ts"]) {
      const text = baseFile(`environments/dev/${file}`);
      repository.write(
        `environments/${name}/${file}`,
        text.replace('prefix: "dev"', `prefix: "${prefix}"`),
      );
    }
    repository.write("environments/dev", undefined);
    return { repository, ...(await repository.run(["render"])) };
  }

  test("one that takes its namespaces along is refused, and nobody is told to delete them", async () => {
    const { repository, exitCode, stdout, stderr } = await renamed();
    using _ = repository;
    expect(exitCode).toBe(2);
    expect(stderr.match(/error {2}\w+/g)).toEqual(["error  FROZEN_NAME"]);
    expect(stderr).toContain("environments/trial/environment.ts:");
    expect(stderr).toContain("environment `dev` is in use and would go");
    expect(stderr).toContain("git mv environments/trial environments/dev");
    expect(stdout).not.toContain("kubectl");
  });

  test("one with namespaces of its own is another one, and the old ones are listed", async () => {
    const { repository, exitCode, stdout, stderr } = await renamed("trial");
    using _ = repository;
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/kubectl delete namespace dev-media-sonarr$/m);
    expect(stdout).not.toContain("kubectl delete namespace trial");
  });
});

describe("an environment stays on its cluster", () => {
  const root = "kubernetes/dev/_argocd/application-dev.yaml";
  const attic = "environments/clusters/attic.ts";
  const onAttic = baseFile(dev).replace('cluster: "home"', 'cluster: "attic"');

  /** Adds a cluster with another class and moves dev there. */
  function move(repository: Repository, storageClass = "ceph") {
    const text = baseFile(home).replace('carrier: "prod"', 'carrier: "dev"');
    repository.write(
      attic,
      text.replace('standard: "longhorn"', `standard: ${JSON.stringify(storageClass)}`),
    );
    repository.write(dev, onAttic);
    return repository.run(["render"]);
  }
  const read = (repository: Repository) => readFileSync(path.join(repository.root, root), "utf8");

  test("moved without word, it is told at its field, and not what follows from it", async () => {
    using repository = (await committed()).repository;
    const before = read(repository);
    const { exitCode, stdout, stderr } = await move(repository);
    expect(exitCode).toBe(2);
    expect(stderr.match(/error {2}\w+/g)).toEqual(["error  FROZEN_NAME"]);
    expect(stderr).toContain(`${dev}:4:12  error  FROZEN_NAME`);
    expect(stderr).toContain("environment `dev` is in use on cluster `home`");
    expect(stderr).toContain("found     `attic`, where it would begin with empty volumes");
    expect(stderr).toContain('keep cluster: "home"');
    expect(stderr).toContain("docs/guide-environment.md");
    expect(stderr).toContain("git rm -r kubernetes/dev");
    expect(stdout).not.toContain("kubectl");
    expect(read(repository)).toBe(before);
  });

  test("what changes in another environment is told all the same", async () => {
    using repository = (await committed()).repository;
    const prod = "environments/prod/sonarr.ts";
    repository.write(
      prod,
      baseFile(devSonarr).replace(
        /overlay\("sonarr", \{[^]*/,
        'overlay("sonarr", { storage: { config: { size: "4Gi" } } });\n',
      ),
    );
    const { stderr } = await move(repository);
    expect(stderr.match(/error {2}\w+.*/g)).toEqual([
      "error  FROZEN_NAME",
      "error  FROZEN_CLAIM  (prod)",
    ]);
  });

  test("files that are only deleted here are in use as they were", async () => {
    using repository = (await committed()).repository;
    repository.write("kubernetes/dev", undefined);
    const { exitCode, stderr } = await move(repository);
    expect(exitCode).toBe(2);
    expect(stderr.match(/error {2}\w+/g)).toEqual(["error  FROZEN_NAME"]);
  });

  test("a commit without its files says that it is meant", async () => {
    const { repository: made, git } = await committed();
    using repository = made;
    await git("rm", "-r", "--quiet", "kubernetes/dev");
    await git(...commit);
    const { exitCode, stderr } = await move(repository);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(read(repository)).toContain("    rzp.local/cluster: attic\n");
    await git("add", ".");
    await git(...commit);
    expect((await repository.run(["render"])).exitCode).toBe(0);
  });

  test("one that was rendered and never committed may move", async () => {
    using repository = (await committed([])).repository;
    const { exitCode, stderr } = await move(repository);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
  });

  describe("a tree from before roots named their cluster", () => {
    async function unnamed() {
      const { repository, git } = await committed([]);
      const [, ...body] = read(repository)
        .replace(/^ +rzp.local\/cluster: .*\n/m, "")
        .split("\n");
      const file = markedFile({ path: root, source: dev, comment: "#", body: body.join("\n") });
      repository.write(root, file.content);
      await git("add", ".");
      await git(...commit);
      return repository;
    }

    test("gets the name", async () => {
      using repository = await unnamed();
      expect(read(repository)).not.toContain("rzp.local/cluster");
      const { exitCode, stderr } = await repository.run(["render"]);
      expect(stderr).toBe("");
      expect(exitCode).toBe(0);
      expect(read(repository)).toContain("    rzp.local/cluster: home\n");
    });

    test("says nothing of a move", async () => {
      using repository = await unnamed();
      const { exitCode, stderr } = await move(repository, "longhorn");
      expect(stderr).toBe("");
      expect(exitCode).toBe(0);
    });
  });

  test("what else changes at its root is free", async () => {
    using repository = (await committed()).repository;
    repository.write(dev, baseFile(dev).replace("refs/heads/main", "refs/heads/trial"));
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
  });

  test("a new one is on whichever it says", async () => {
    using repository = createRepository();
    repository.write("environments/dev", undefined);
    await repository.run(["render"]);
    repository.write(devSonarr, baseFile(devSonarr));
    const { exitCode, stderr } = await move(repository);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(read(repository)).toContain("    rzp.local/cluster: attic\n");
  });
});
