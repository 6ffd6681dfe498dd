import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import config, { beside } from "../../../oxlint.config.ts";
import { projectRoot } from "../support/repository.ts";

const Restricted = z.looseObject({
  files: z.array(z.string()),
  rules: z.looseObject({
    "no-restricted-imports": z.tuple([
      z.literal("error"),
      z.object({ patterns: z.array(z.looseObject({ regex: z.string() })) }),
    ]),
  }),
});

/** Folder of generator/src to what its files may not import. */
const refused = new Map(
  (config.overrides ?? []).flatMap((override) => {
    const { success, data } = Restricted.safeParse(override);
    if (!success) return [];
    const { patterns } = data.rules["no-restricted-imports"][1];
    return data.files.map((files) => {
      const folder = /^generator\/src\/(\w+)\//.exec(files)?.[1] ?? files;
      return [folder, patterns.map(({ regex }) => new RegExp(regex))] as const;
    });
  }),
);

const isRefused = (folder: string, specifier: string) =>
  refused.get(folder)?.some((pattern) => pattern.test(specifier));

test("every folder but those that put stages together says what it may import", () => {
  const folders = readdirSync(path.join(projectRoot, "generator/src"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(folders.filter((folder) => !refused.has(folder))).toEqual(["commands"]);
});

test("what lies beside the folders is refused to all that do not say that they import it", () => {
  const files = readdirSync(path.join(projectRoot, "generator/src")).filter((name) =>
    name.endsWith(".ts"),
  );
  expect(files.sort()).toEqual(beside);
});

test("ARCHITECTURE.md names the folders that are functions of their input", () => {
  const pure = [...refused.keys()].filter((folder) => isRefused(folder, "node:fs"));
  const text = readFileSync(path.join(projectRoot, "ARCHITECTURE.md"), "utf8");
  const [, named = ""] = /a file system or a process in\s+`([^`]*)`/.exec(text) ?? [];
  expect(named.split(" ").sort()).toEqual(pure.sort());
});

describe("an import", () => {
  test.each([
    ["values", "../resolve/service.ts"],
    ["overlay", "../resolve/connections.ts"],
    ["split", "../argocd/tree.ts"],
    ["problems", "../load/tree.ts"],
    ["scaffold", "../pipeline.ts"],
    ["check", "../../print-problems.ts"],
    ["check", "../../commands/check.ts"],
    ["check", "../../judge.ts"],
    ["resolve", "../remembered.ts"],
    ["values", "../thread.ts"],
    ["model", "../problems/problem.ts"],
    ["tools", "../commands/check.ts"],
    ["resolve", "node:fs"],
  ])("of a file in %s: %s is refused", (folder, specifier) => {
    expect(isRefused(folder, specifier)).toBe(true);
  });

  test.each([
    ["values", "../model/names.ts"],
    ["values", "../release/ports.ts"],
    ["values", "./compact.ts"],
    ["check", "../finding.ts"],
    ["check", "../../model/data.ts"],
    ["render", "node:fs"],
    ["render", "../tools/helm-carrier.ts"],
    ["tools", "../print-problems.ts"],
    ["tools", "../judge.ts"],
    ["load", "../thread.ts"],
    ["write", "../thread.ts"],
    ["validate", "../problems/judge.ts"],
  ])("of a file in %s: %s is allowed", (folder, specifier) => {
    expect(isRefused(folder, specifier)).toBe(false);
  });
});

test("what the network proof expects takes types of the generator and no code", () => {
  const folder = path.join(projectRoot, "generator/test/tools/verify/network");
  const taken = ["declared", "ends", "watched", "expected"].flatMap((name) => {
    const text = readFileSync(path.join(folder, `${name}.ts`), "utf8");
    return text.match(/^import (?!type )[^;]*\/src\/[^;]*;/gm) ?? [];
  });
  expect(taken).toEqual([]);
});
