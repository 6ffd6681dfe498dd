/** A comment that sends a reader to a file, and the map of the code, name one that is there: files move, and the compiler reads neither. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../support/repository.ts";

const filesBelow = (folder: string): string[] =>
  readdirSync(path.join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesBelow(file);
    return entry.isFile() ? [file] : [];
  });

const code = ["generator", "provisioning", "charts/rzp-lib"].flatMap(filesBelow);
const files = [...code, ...filesBelow("charts/services"), ...filesBelow("environments")];

/** Every file as people may call it: with all of its folders, or the last of them, or none. */
const names = new Set(
  [...files, ...readdirSync(projectRoot)].flatMap((file) => {
    const parts = file.split("/");
    return parts.map((_, index) => parts.slice(index).join("/"));
  }),
);

const comment = /(?:^|\s)\/\/ .*|\/\*[\s\S]*?\*\//g;
const fileName = /(?<![\w<>./-])[\w./-]+\.(?:ts|mts|tpl)(?![\w(])/g;

/** In: text for people. Out: the files it names that are nowhere. */
const absentIn = (text: string): string[] =>
  (text.match(fileName) ?? []).filter((name) => !names.has(name));

const sources = code.filter(
  (file) =>
    file.endsWith(".tpl") ||
    (/^(generator|provisioning)\/(src|cluster|drill|bench)\/.*\.ts$/.test(file) &&
      !file.endsWith(".test.ts")),
);

test("comments", () => {
  const absent = sources.flatMap((file) =>
    (readFileSync(path.join(projectRoot, file), "utf8").match(comment) ?? [])
      .flatMap(absentIn)
      .map((name) => `${file}: ${name}`),
  );
  expect(absent).toEqual([]);
  expect(sources.length).toBeGreaterThan(700);
});

test("the map of the code", () => {
  expect(absentIn(readFileSync(path.join(projectRoot, "ARCHITECTURE.md"), "utf8"))).toEqual([]);
});

test("a file that is nowhere is told, one that is called without its first folders is not", () => {
  expect(absentIn("see `resolve/component-rules.ts`, `rules/component.ts`, service.ts.")).toEqual([
    "resolve/component-rules.ts",
  ]);
});
