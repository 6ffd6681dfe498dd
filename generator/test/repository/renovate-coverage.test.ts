/** No image and no chart escapes updates: Renovate's patterns find everything the files name. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { evaluateFiles } from "../../src/load/evaluate.ts";
import { catalogueNames } from "../../src/scaffold/catalogue.ts";
import { projectRoot } from "../support/repository.ts";

interface Manager {
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
}
const { customManagers } = runInNewContext(
  `(${readFileSync(path.join(projectRoot, "renovate.json5"), "utf8")})`,
) as { customManagers: readonly Manager[] };

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
    key === "image" && typeof child === "string"
      ? [child.replace(/@.*$/, "").replace(/:([^:/]+)$/, " $1")]
      : [],
  );
  const chart =
    "from" in value && "version" in value && typeof value.from === "string"
      ? [`${value.from.slice(value.from.lastIndexOf("/") + 1)} ${String(value.version)}`]
      : [];
  return [...here, ...chart, ...Object.values(value).flatMap(named)];
}

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
