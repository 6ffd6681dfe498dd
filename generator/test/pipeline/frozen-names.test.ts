/** Names, claims and selectors of a service that stays may not change against the committed tree. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { markedFile } from "../../src/output/marker.ts";
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

/** A repository of git in which the base is committed, or what git is told to do before. */
async function committed(before: readonly (readonly string[])[] = [["add", "."], commit]) {
  const repository = createRepository();
  const git = (...args: string[]) => execa("git", args, { cwd: repository.root });
  repository.write(".gitignore", ".cache\n.rzp\nnode_modules\n");
  await repository.run(["render"]);
  for (const args of [["init", "--quiet"], ...before]) await git(...args);
  return { repository, git };
}
const commit =
  "-c user.name=somebody -c user.email=somebody@example.com commit --quiet --message Everything".split(
    " ",
  );

const devSonarr = "environments/dev/sonarr.ts";
const home = "environments/clusters/home.ts";
const dev = "environments/dev/environment.ts";

describe("refused until a migration says otherwise, at the field that changed", () => {
  test.for<{
    what: string;
    file?: string;
    search: string;
    replacement: string;
    /** File, line and column of the head. */
    place: string;
    message: string;
    expected: string;
  }>([
    {
      what: "a claim that shrinks",
      search: 'size: "5Gi"',
      replacement: 'size: "4Gi"',
      place: `${sonarr}:11:42`,
      message: "persistentvolumeclaim `config`: spec.resources.requests.storage would change",
      expected: "found     4Gi\n  expected  5Gi or more",
    },
    {
      what: "a claim that an overlay shrinks",
      file: devSonarr,
      search: 'size: "1Gi"',
      replacement: 'size: "512Mi"',
      place: `${devSonarr}:5:30`,
      message: "persistentvolumeclaim `config`: spec.resources.requests.storage would change",
      expected: "found     512Mi\n  expected  1Gi or more",
    },
    {
      what: "a claim of another class",
      search: 'size: "5Gi"',
      replacement: 'size: "5Gi", class: "bulk"',
      place: `${sonarr}:11:56`,
      message: "persistentvolumeclaim `config`: spec.storageClassName would change",
      expected: "found     longhorn-bulk\n  expected  longhorn",
    },
    {
      what: "a class that the cluster renames",
      file: home,
      search: 'standard: "longhorn"',
      replacement: 'standard: "ceph"',
      place: `${home}:13:31`,
      message: "persistentvolumeclaim `config`: spec.storageClassName would change",
      expected: "found     ceph\n  expected  longhorn",
    },
    {
      what: "a share that is somewhere else",
      file: home,
      search: 'path: "/volume1/media"',
      replacement: 'path: "/volume2/media"',
      place: `${home}:14:20`,
      message: "persistentvolume `media-sonarr-media`: spec.nfs.path would change",
      expected: "found     /volume2/media\n  expected  /volume1/media",
    },
    {
      what: "a share that grows",
      file: home,
      search: 'size: "20Ti"',
      replacement: 'size: "30Ti"',
      place: `${home}:14:73`,
      message: "persistentvolumeclaim `media`: spec.resources.requests.storage would change",
      expected: "found     30Ti\n  expected  20Ti: a claim of a share cannot grow",
    },
    {
      what: "a claim with another name",
      file: "charts/services/prowlarr/values.ts",
      search: "config: state(",
      replacement: "settings: state(",
      place: "charts/services/prowlarr/values.ts:9:3",
      message: "persistentvolumeclaim `config` of prowlarr is in use and would go",
      expected:
        "found     persistentvolumeclaim `settings` instead\n  expected  persistentvolumeclaim `config`, as rendered in kubernetes/<environment>/prowlarr/persistentvolumeclaim-config.yaml",
    },
    {
      what: "a claim that an overlay takes away",
      file: devSonarr,
      search: 'remove: ["storage.media"]',
      replacement: 'remove: ["storage.media", "storage.config"]',
      place: `${devSonarr}:7:29`,
      message: "persistentvolumeclaim `config` of sonarr is in use and would go",
      expected: "no persistentvolumeclaim `config` is rendered any more",
    },
    {
      what: "a service that changes its tier",
      search: 'tier: "media"',
      replacement: 'tier: "apps"',
      place: `${sonarr}:4:9`,
      message: "namespace `media-sonarr` of sonarr is in use and would go",
      expected: 'pins: { namespace: "media-sonarr" }',
    },
    {
      what: "an environment that changes its prefix",
      file: dev,
      search: 'prefix: "dev"',
      replacement: 'prefix: "trial"',
      place: `${dev}:5:11`,
      message: "namespace `dev-media-sonarr` of sonarr is in use and would go",
      expected: "found     namespace `trial-media-sonarr` instead",
    },
    {
      what: "a workload of another kind",
      search: 'size: "small",',
      replacement: 'size: "small",\n  runs: { as: "daemonSet" },',
      place: `${sonarr}:8:9`,
      message: "deployment `sonarr` of sonarr is in use and would go",
      expected: "found     daemonset `sonarr` instead",
    },
  ])("$what", async ({ file = sonarr, search, replacement, place, message, expected }) => {
    const { first, exitCode, stderr, repository } = await renderTwice(file, search, replacement);
    using _ = repository;
    expect(first).toBe(0);
    expect(stderr).toMatch(
      new RegExp(`${place}  error  FROZEN_\\w+  \\(.*\\)\n  ${escaped(message)}\n`),
    );
    expect(stderr).toContain(expected);
    expect(exitCode).toBe(2);
  });

  const fixed = baseFile(home).replace("  shares:", '  storageFixed: ["standard"],\n  shares:');
  const larger = baseFile(sonarr).replace('size: "5Gi"', 'size: "6Gi"');

  test("a claim that grows where volumes of its class cannot", async () => {
    using repository = createRepository({ files: { [home]: fixed } });
    await repository.run(["render"]);
    repository.write(sonarr, larger);
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${sonarr}:11:42  error  FROZEN_CLAIM  (prod)\n`);
    expect(stderr).toContain(
      `found     6Gi\n  expected  5Gi: volumes of class longhorn cannot grow (storageFixed of ${home})`,
    );
  });

  test("a database cluster that grows there", async () => {
    using repository = createRepository({ files: { [home]: fixed } });
    await repository.run(["render"]);
    const postgres = "charts/services/postgres/values.ts";
    repository.write(postgres, baseFile(postgres).replace('"20Gi"', '"30Gi"'));
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("cluster `postgres`: spec.storage.size would change");
    expect(stderr).toContain("expected  20Gi: volumes of class longhorn cannot grow");
  });

  test("one of another class grows there all the same", async () => {
    using repository = createRepository({
      files: { [home]: fixed.replace('["standard"]', '["bulk"]') },
    });
    await repository.run(["render"]);
    repository.write(sonarr, larger);
    expect((await repository.run(["render"])).exitCode).toBe(0);
  });

  test("what follows from another namespace is not told again", async () => {
    const { stderr, repository } = await renderTwice(sonarr, 'tier: "media"', 'tier: "apps"');
    using _ = repository;
    expect(stderr.match(/error {2}/g)).toHaveLength(2);
    expect(stderr.match(/namespace `(dev-)?media-sonarr` of sonarr/g)).toHaveLength(2);
  });
});

describe("of the claim templates of a StatefulSet the field that changed is told", () => {
  test.for<{
    what: string;
    search: string;
    replacement: string;
    /** Line and column. */
    place: string;
    field: string;
    told: string;
  }>([
    {
      what: "one that grows",
      search: 'size: "5Gi"',
      replacement: 'size: "6Gi"',
      place: "12:42",
      field: "spec.volumeClaimTemplates.config.spec.resources.requests.storage",
      told: "found     6Gi\n  expected  5Gi\n",
    },
    {
      what: "one of another class",
      search: 'size: "5Gi"',
      replacement: 'size: "5Gi", class: "bulk"',
      place: "12:56",
      field: "spec.volumeClaimTemplates.config.spec.storageClassName",
      told: "found     longhorn-bulk\n  expected  longhorn\n",
    },
    {
      what: "one more",
      search: "    media: share",
      replacement: '    more: state({ at: "/more", size: "1Gi" }),\n    media: share',
      place: "11:12",
      field: "spec.volumeClaimTemplates",
      told: "found     config, more\n  expected  config\n",
    },
  ])("$what", async ({ search, replacement, place, field, told }) => {
    using repository = createRepository();
    const text = baseFile(sonarr).replace("  ports:", '  runs: { as: "statefulSet" },\n  ports:');
    repository.write(sonarr, text);
    expect((await repository.run(["render"])).exitCode).toBe(0);
    repository.write(sonarr, text.replace(search, replacement));
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(stderr).toContain(`${sonarr}:${place}  error  FROZEN_CLAIM  (`);
    expect(stderr).toContain(`  statefulset \`sonarr\`: ${field} would change\n`);
    expect(stderr).toContain(told);
    expect(exitCode).toBe(2);
  });
});

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

describe("a database goes with a login, and not by itself", () => {
  const postgres = "charts/services/postgres/values.ts";
  const login = 'postgres: { login: "sonarr" }';
  const withLarge = (text: string) => text.replace('"postgres", ', '"large", "postgres", ');

  test("another login would begin with an empty one", async () => {
    const { exitCode, stderr, repository } = await renderTwice(
      sonarr,
      login,
      'postgres: { login: "shows" }',
    );
    using _ = repository;
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${sonarr}:22:34  error  FROZEN_NAME  (dev, prod)\n`);
    expect(stderr).toContain("database `sonarr` of sonarr at postgres is in use and would go");
    expect(stderr).toContain("found     login `shows` at postgres");
    expect(stderr).toContain('consumes: { postgres: { login: "sonarr" } }');
  });

  test("another server would, too", async () => {
    using repository = createRepository({
      files: { "charts/services/large/values.ts": baseFile(postgres) },
    });
    for (const file of [dev, "environments/prod/environment.ts"])
      repository.write(file, withLarge(baseFile(file)));
    expect((await repository.run(["render"])).exitCode).toBe(0);
    repository.write(
      sonarr,
      baseFile(sonarr)
        .replace(login, 'large: { login: "sonarr" }')
        .replaceAll('from("postgres"', 'from("large"'),
    );
    const { exitCode, stderr } = await repository.run(["render"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${sonarr}:22:31  error  FROZEN_NAME  (dev, prod)\n`);
    expect(stderr).toContain("found     login `sonarr` at large");
  });

  test("none at all leaves what is there, so it is said", async () => {
    const none = baseFile(sonarr)
      .replace(`${login}, `, "")
      .replaceAll(/ +SONARR__POSTGRES.*\n/g, "");
    const { exitCode, stderr, repository } = await renderTwice(sonarr, baseFile(sonarr), none);
    using _ = repository;
    expect(exitCode).toBe(2);
    expect(stderr).toContain("found     no login any more");
    const meant =
      '  migrations: { "database/sonarr": "nothing in it is wanted any more" },\n  routes:';
    repository.write(sonarr, none.replace("  routes:", meant));
    const after = await repository.run(["render"]);
    expect(after.exitCode).toBe(0);
    expect(after.stdout).toContain("DROP DATABASE");
  });

  test("a server with another name has other databases", async () => {
    using repository = createRepository();
    await repository.run(["render"]);
    repository.write("charts/services/postgres", undefined);
    repository.write(
      "charts/services/pg/values.ts",
      baseFile(postgres).replace(
        'tier: "data",',
        'tier: "data",\n  pins: { namespace: "data-postgres" },',
      ),
    );
    for (const file of [dev, "environments/prod/environment.ts"])
      repository.write(file, baseFile(file).replace('"postgres"', '"pg"'));
    for (const file of [sonarr, "charts/services/immich/values.ts"])
      repository.write(
        file,
        baseFile(file).replace("postgres: {", "pg: {").replaceAll('from("postgres"', 'from("pg"'),
      );
    const { exitCode, stdout, stderr } = await repository.run(["render"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("database `sonarr` of sonarr at postgres is in use and would go");
    expect(stderr).toContain("database `immich` of immich at postgres is in use and would go");
    expect(stdout).not.toContain("kubectl");
  });
});

test("the same in several environments is told once", async () => {
  const { stderr, repository } = await renderTwice(
    "charts/services/prowlarr/values.ts",
    "config: state(",
    "settings: state(",
  );
  using _ = repository;
  expect(stderr.match(/FROZEN_NAME  .*/g)).toEqual(["FROZEN_NAME  (dev, prod)"]);
});

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

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
      const after = await repository.run(["render"]);
      expect(after.exitCode).toBe(0);
      expect(after.stdout).toContain(
        "  prod, cluster home: persistentvolumeclaim config: copy what is in it away while nothing runs (`stopped: true`), and back afterwards\n    kubectl delete persistentvolumeclaim config --namespace media-sonarr",
      );
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
    repository.write("charts/services/recyclarr/config/recyclarr.yml", undefined);
    repository.write(
      "environments/prod/environment.ts",
      baseFile("environments/prod/environment.ts").replace('"recyclarr", ', ""),
    );
    expect((await repository.run(["render"])).exitCode).toBe(0);
  });
});
