/** Same input, same bytes: any order of files, any locale, time zone and working directory. */
import { mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import path from "node:path";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { evaluateFiles } from "../../src/load/evaluate.ts";
import { authoredFiles, readTree } from "../../src/load/tree.ts";
import { asTree } from "../../src/model/data.ts";
import { buildPlatform } from "../../src/pipeline.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { createRepository, projectRoot } from "../support/repository.ts";

function fingerprint(root: string): string {
  const hash = createHash("sha256");
  for (const folder of ["kubernetes", "charts/services"]) {
    const files = readdirSync(path.join(root, folder), {
      recursive: true,
      withFileTypes: true,
    }).filter((entry) => entry.isFile());
    for (const file of files.map((entry) => path.join(entry.parentPath, entry.name)).sort())
      hash.update(path.relative(root, file)).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Whatever order files are read and run in, and services are listed in. */
async function valuesInOrder(turn: <T>(list: readonly T[]) => T[]): Promise<string> {
  const read = readTree(projectRoot);
  const { values } = await evaluateFiles(read.root, authoredFiles(read));
  const turned = <V>(map: ReadonlyMap<string, V>) => new Map(turn([...map]));
  const tree = {
    ...read,
    sources: turned(read.sources),
    services: turn(read.services),
    clusters: turn(read.clusters),
    environments: turn(read.environments),
    overlays: new Map(turn([...read.overlays]).map(([name, list]) => [name, turn(list)])),
    configFiles: turned(read.configFiles),
  };
  const listed = [...values].map(([file, value]) => {
    const { spec } = asTree(value);
    const { services } = asTree(spec);
    const turnedList = Array.isArray(services) ? { services: turn(services) } : {};
    const isEnvironment = asTree(value)["rzp"] === "environment";
    return [
      file,
      isEnvironment ? { ...asTree(value), spec: { ...asTree(spec), ...turnedList } } : value,
    ] as const;
  });
  const platform = await buildPlatform(tree, { values: turned(new Map(listed)), problems: [] });
  expect(platform.problems).toEqual([]);
  const texts = (platform.value?.releases ?? []).map(
    (release) =>
      `${release.facts.name}/${release.service.name} ${JSON.stringify(toHelmValues(release))}`,
  );
  expect(texts.length).toBeGreaterThan(50);
  return [...texts.sort(), ...[...(platform.value?.locks ?? [])].map(String).sort()].join("\n");
}

/** In a process of its own where it is to have another environment, and once as it usually is. */
async function rendered(
  options: {
    how?: "start" | "run";
    cwd?: string;
    env?: Record<string, string>;
    prepare?: (root: string) => void;
  } = {},
): Promise<string> {
  using repository = createRepository();
  options.prepare?.(repository.root);
  const { exitCode, stderr } = await repository[options.how ?? "run"](["render"], {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: options.env }),
  });
  expect([exitCode, stderr]).toEqual([0, ""]);
  return fingerprint(repository.root);
}

describe("the rendered tree", async () => {
  const usual = await rendered({ how: "start" });

  test("is the same in another locale and time zone", async () => {
    expect(
      await rendered({
        how: "start",
        env: { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Pacific/Kiritimati" },
      }),
    ).toBe(usual);
  });

  test("is the same from another working directory", async () => {
    expect(await rendered({ cwd: "charts/services/sonarr" })).toBe(usual);
  });

  test("is the same whatever order the file system lists files in", async () => {
    const shuffle = (root: string) => {
      const services = path.join(root, "charts/services");
      mkdirSync(path.join(root, "aside"));
      const names = readdirSync(services);
      for (const name of names)
        renameSync(path.join(services, name), path.join(root, "aside", name));
      for (const name of names.toReversed())
        renameSync(path.join(root, "aside", name), path.join(services, name));
    };
    expect(await rendered({ prepare: shuffle })).toBe(usual);
  });

  test("is made of the same values in whatever order authored files come", async () => {
    const asRead = await valuesInOrder((list) => [...list]);
    expect(await valuesInOrder((list) => list.toReversed())).toBe(asRead);
    const half = <T>(list: readonly T[]) => [
      ...list.filter((_, index) => index % 2 === 1),
      ...list.filter((_, index) => index % 2 === 0),
    ];
    expect(await valuesInOrder(half)).toBe(asRead);
  });

  test("is the same when all of it is rendered again", async () => {
    using repository = createRepository();
    await repository.run(["render"]);
    const first = fingerprint(repository.root);
    const again = await repository.run(["render", "--no-cache"]);
    expect(again.stdout).toMatch(/^0 created, 0 changed, 0 removed, \d+ unchanged\n?$/);
    expect(fingerprint(repository.root)).toBe(first);
    expect(first).toBe(usual);
  });
});
