/** Names, claims and selectors of a service that stays may not change against the committed tree. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { baseFile, createRepository } from "../support/repository.ts";
import { dev, home, renderTwice, sonarr } from "./frozen.ts";

const devSonarr = "environments/dev/sonarr.ts";

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
