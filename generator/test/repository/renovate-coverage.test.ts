/** No image and no chart escapes updates: Renovate's patterns find everything the files name. */
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { evaluateFiles } from "../../src/load/evaluate.ts";
import { catalogueNames } from "../../src/scaffold/new-service/catalogue.ts";
import { readCrdModules } from "../../src/tools/crd-list.ts";
import { goTools } from "../../src/tools/go-tools.ts";
import { projectRoot } from "../support/repository.ts";

interface Manager {
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
}
interface PackageRule {
  readonly matchFileNames?: readonly string[];
  readonly matchManagers?: readonly string[];
  readonly matchPackageNames?: readonly string[];
  readonly enabled?: boolean;
}
const { customManagers, enabledManagers, packageRules } = runInNewContext(
  `(${readFileSync(path.join(projectRoot, "renovate.json5"), "utf8")})`,
) as {
  customManagers: readonly Manager[];
  enabledManagers: readonly string[];
  packageRules: readonly PackageRule[];
};

/** `name version` of everything Renovate would update in a file. */
function found(file: string, text: string): string[] {
  return customManagers
    .filter(({ managerFilePatterns }) =>
      managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(file)),
    )
    .flatMap(({ matchStrings }) =>
      matchStrings.flatMap((pattern) =>
        [...text.matchAll(new RegExp(pattern, "g"))].map(
          ({ groups }) => `${groups?.["depName"]} ${groups?.["currentValue"]}`,
        ),
      ),
    );
}

/** Images and charts as the file itself, once it has run, names them. */
function named(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const here = Object.entries(value).flatMap(([key, child]) =>
    key === "image" ? imageNamed(child) : [],
  );
  const chart =
    "from" in value && "version" in value && typeof value.from === "string"
      ? [`${value.from.slice(value.from.lastIndexOf("/") + 1)} ${String(value.version)}`]
      : [];
  return [...here, ...chart, ...Object.values(value).flatMap(named)];
}

/** An image as one text, or as charts take it, in parts; those of one part only are the chart's own version. */
function imageNamed(image: unknown): string[] {
  if (typeof image === "string") return [image.replace(/@.*$/, "").replace(/:([^:/]+)$/, " $1")];
  const { registry, repository, tag } = (image ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof repository !== "string" || typeof tag !== "string") return [];
  const name = typeof registry === "string" ? `${registry}/${repository}` : repository;
  return [`${name} ${tag.replace(/@.*$/, "")}`];
}

test.for<[string, unknown, readonly string[]]>([
  ["text", { image: "ghcr.io/a/b:1.2@sha256:0" }, ["ghcr.io/a/b 1.2"]],
  ["parts", { values: { image: { repository: "ghcr.io/a/b", tag: "1.2" } } }, ["ghcr.io/a/b 1.2"]],
  ["three parts", { image: { registry: "quay.io", repository: "a", tag: "1" } }, ["quay.io/a 1"]],
  ["a part alone", { image: { tag: "1.2" }, other: { image: { repository: "a/b" } } }, []],
  ["no image", { image: null, images: "ghcr.io/a/b:1.2" }, []],
])("what a file names: %s", ([, value, expected]) => {
  expect(named(value)).toEqual(expected);
});

const files = catalogueNames().map((name) => `generator/catalogue/${name}/values.ts`);
const { values } = await evaluateFiles(projectRoot, files);

test.for(files)("%s", (file) => {
  const updated = found(file, readFileSync(path.join(projectRoot, file), "utf8"));
  const wanted = [...new Set(named(values.get(file)))];
  expect(wanted.length).toBeGreaterThan(0);
  for (const one of wanted)
    expect(
      updated.map((entry) =>
        entry.replace(/^.*\/(?=[^/]+ [^/]*$)/, (prefix) => (one.includes("/") ? prefix : "")),
      ),
    ).toContain(one);
});

test("every image that RZP itself names is found", () => {
  // Those of the model, and of what is generated from it, are examples.
  const sources = globSync("generator/src/**/*.ts", { cwd: projectRoot }).filter(
    (file) => !/\.(?:test|generated)\.ts$|^generator\/src\/model\//.test(file),
  );
  const images = sources.flatMap((file) => {
    const text = readFileSync(path.join(projectRoot, file), "utf8");
    return [...text.matchAll(/"((?:docker|ghcr|quay)\.io\/[^"\s]+):([^"\s]+)"/g)]
      .filter(([, name = ""]) => !name.startsWith("ghcr.io/me/"))
      .map(([, name = "", version = ""]) => ({ file, text, image: `${name} ${version}` }));
  });
  expect(images.length).toBeGreaterThan(4);
  expect(
    images
      .filter(({ file, text, image }) => !found(file, text).includes(image))
      .map(({ file, image }) => `${file}: ${image}`),
  ).toEqual([]);
});

test("every module that CRDs are taken from is found", () => {
  const file = "tools/crds/crds.json";
  const text = readFileSync(path.join(projectRoot, file), "utf8");
  const modules = readCrdModules(text).map(({ module }) => module.replace("@", " "));
  expect(modules.length).toBeGreaterThan(0);
  expect(found(file, text)).toEqual(modules);
});

test("no other file below tools holds pins", () => {
  const known = /(?:^|\/)(?:go\.(?:mod|sum)|Cargo\.(?:toml|lock)|requirements\.(?:in|txt))$/;
  const ours = /\.(?:go|rs)$|^tools\/(?:crds|[a-z-]+\/(?:stubs|trimmed|schema))\//;
  expect(
    globSync("tools/*/**/*", { cwd: projectRoot, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)))
      .filter((name) => !known.test(name) && !ours.test(name)),
  ).toEqual([]);
});

/** Files that pin outside tools and libraries, and the managers of Renovate that read them without being told where. */
const managerOf = (file: string): string =>
  Object.entries({ "package.json": "npm", "go.mod": "gomod", "Cargo.toml": "cargo" })
    .filter(([name]) => path.basename(file) === name)
    .map(([, manager]) => manager)[0] ??
  (existsSync(path.join(projectRoot, file.replace(/txt$/, "in")))
    ? "pip-compile"
    : "pip_requirements");

test("every file with pins has a manager that is on and not told to leave it", () => {
  const pins = [
    "package.json",
    "provisioning/package.json",
    ...globSync("tools/*/{go.mod,Cargo.toml,requirements.txt}", { cwd: projectRoot }),
  ];
  const modules = new Set(Object.values(goTools).map(({ module }) => `tools/${module}/go.mod`));
  expect(pins).toEqual(expect.arrayContaining([...modules]));
  const left = pins.filter((file) => {
    const manager = managerOf(file);
    const isOff = packageRules.some(
      ({ enabled, matchFileNames, matchManagers, matchPackageNames }) =>
        enabled === false &&
        matchPackageNames === undefined &&
        (matchManagers ?? [manager]).includes(manager) &&
        (matchFileNames ?? []).some((pattern) => path.matchesGlob(file, pattern)),
    );
    return isOff || !enabledManagers.includes(manager);
  });
  // A person changes that one, together with the npm package: see renovate.json5.
  expect(left).toEqual(["tools/proxmoxve/go.mod"]);
});
