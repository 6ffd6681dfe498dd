/** The reference pages: complete, with links that lead somewhere, and as the model has them today. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { Cluster } from "../../src/model/cluster.ts";
import { Environment } from "../../src/model/environment.ts";
import { Tiers } from "../../src/model/tiers.ts";
import { overlayOfKind } from "../../src/model/overlay.ts";
import { specOfKind } from "../../src/model/service.ts";
import { HelmValues, ServiceValues } from "../../src/model/values/service.ts";
import { docOf, namedSchemasOf } from "../../src/scaffold/types/schemas.ts";
import { modelFiles } from "../../src/scaffold/model-files.ts";
import { referencePages } from "../../src/scaffold/pages/reference-pages.ts";
import { fieldsIn } from "../support/schemas.ts";
import { projectRoot } from "./blocks.ts";

const pages = new Map(
  referencePages().map(({ path: file, content }) => [path.basename(file), content]),
);
/** Heading of each section to its text, over all pages. */
const sections = new Map(
  [...pages.values()].flatMap((content) =>
    content
      .split(/^## /m)
      .slice(1)
      .map((text) => [text.slice(0, text.indexOf("\n")), text] as const),
  ),
);
const named = namedSchemasOf([
  ...Object.values(specOfKind),
  ...Object.values(overlayOfKind),
  Tiers,
  Cluster,
  Environment,
  HelmValues,
]);

test("every field of the model is in the section of its schema, with its meaning", () => {
  const fields = fieldsIn([...named, ["service", ServiceValues]]);
  const missing = fields.filter(({ of: section, field, type }) => {
    const meaning = docOf(type).description ?? "";
    const rows = sections.get(section)?.split("\n") ?? [];
    return !rows.some(
      (row) =>
        (row.startsWith(`| \`${field}\` |`) || row.includes(`.${field}\` |`)) &&
        row.includes(meaning.replaceAll("|", "\\|")),
    );
  });
  expect(missing.map(({ of, field }) => `${of}.${field}`)).toEqual([]);
  expect(fields.length).toBeGreaterThan(400);
});

test("every schema with a name has one section", () => {
  const headings = [...pages.values()].flatMap((content) =>
    [...content.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading ?? ""),
  );
  expect(headings.toSorted()).toEqual([...new Set(headings)].toSorted());
  expect([...named.keys()].filter((name) => !headings.includes(name))).toEqual([]);
});

describe.for([...pages])("%s", ([name, content]) => {
  test("is in the repository as the model has it; else run `npm run types`", () => {
    expect(readFileSync(path.join(projectRoot, "docs/reference", name), "utf8")).toBe(content);
  });

  test("links lead to sections that are there", () => {
    const links = [...content.matchAll(/\]\(([a-z]*(?:\.md)?)#([a-z]+)\)/g)].map(
      ([, page = "", anchor = ""]) => ({ page: page === "" ? name : page, anchor }),
    );
    const broken = links.filter(
      ({ page, anchor }) => !(pages.get(page) ?? "").toLowerCase().includes(`\n## ${anchor}\n`),
    );
    expect(broken).toEqual([]);
  });

  test("has whole tables", () => {
    const rows = content.split("\n").filter((line) => line.startsWith("|"));
    expect(rows.filter((row) => row.split(/(?<!\\)\|/).length !== 7)).toEqual([]);
  });
});

test("`npm run types` writes them", () => {
  const written = new Set(modelFiles().map(({ path: file }) => file));
  expect(referencePages().filter(({ path: file }) => !written.has(file))).toEqual([]);
});
