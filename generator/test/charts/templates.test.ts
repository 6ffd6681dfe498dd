/** Rules every template of the library keeps. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { reservedLabels } from "../../src/model/names.ts";
import { library } from "./support.ts";

const folder = join(library, "templates");
const templates = readdirSync(folder).map((file) => ({
  file,
  text: readFileSync(join(folder, file), "utf8"),
}));
/** Templates without their comments. */
const code = (text: string) => text.replaceAll(/\{\{-?\s*\/\*.*?\*\/\s*-?\}\}/gs, "");
const actions = (text: string) => code(text).match(/\{\{.*?\}\}/gs) ?? [];

/** Every kind with what the header of its template says of values. */
const kinds = templates.flatMap(({ file, text }) =>
  [...text.matchAll(/define "rzp-lib\.kind\.(.*?)"/g)].map(({ 1: kind = "", index }) => {
    const header = text.slice(text.lastIndexOf("{{/*", index), index);
    return { file, kind, header: /From values:[^]*(?=Call:)/.exec(header)?.[0] ?? "" };
  }),
);

/** A kind has a file of tests, but for two that differ in nothing else than their names. */
const testOf = (kind: string) =>
  ["tcproute", "udproute"].includes(kind) ? "port-routes.test.ts" : `${kind}.test.ts`;

const banned: Record<string, RegExp> = {
  "reads the cluster, the release, the chart or its place":
    /\.(Capabilities|Release|Chart|Template|Subcharts)\b/,
  "evaluates text from values": /\btpl\b/,
  "asks the cluster": /\blookup\b/,
  "is different every time":
    /\b(rand\w+|now|date\w*|ago|uuidv4|genPrivateKey|genCA\w*|gen\w*Cert\w*|htpasswd|bcrypt|derivePassword|getHostByName)\b/,
  "reads the environment": /(^|[\s(|])(env|expandenv)\s+["$.]/,
  "tells null from absent, which plain Helm does not": /\bhasKey\b/,
  "parses what it printed": /\bfrom(Yaml|Json|Toml)\w*\b/,
  "lists keys in no order": /\bkeys [^|)]*\)?\s*(?=\}\})/,
  "changes what it was given":
    /\b(set|unset|merge|mergeOverwrite|mustMerge\w*) (\.|\$\.|\$service|\$values)/,
};

/** How a test of a kind has them: cases of one render by name, and what Helm says of values that are wrong. */
const cases = {
  absent: /^ +absent[:,]/m,
  minimal: /^ +minimal[:,]/m,
  full: /^ +full[:,]/m,
  refusal: /\b(refusal|schemaRefusal)\(/,
};

/** Fields a header says the template reads: `claims.<name>.{size, class}`. */
const fieldsIn = (header: string): readonly string[] =>
  (header.match(/\{[^]*\}/)?.[0] ?? "").match(/(?<!<)\b[a-z]\w*\b(?!>)/gi) ?? [];

describe("templates of rzp-lib", () => {
  test.each(Object.entries(banned))("none %s", (_, pattern) => {
    const found = templates.flatMap(({ file, text }) =>
      actions(text)
        .filter((action) => pattern.test(action))
        .map((action) => `${file}: ${action}`),
    );
    expect(found).toEqual([]);
  });

  test("have a header before every define, with an example call", () => {
    const found = templates.flatMap(({ file, text }) =>
      [...text.matchAll(/\{\{- define "(.*?)" -?\}\}/g)].flatMap((define) => {
        const before = text.slice(0, define.index).trimEnd();
        const header = before.endsWith("*/}}") ? before.slice(before.lastIndexOf("{{/*")) : "";
        return /(include|template) "(.*?)"/.exec(header)?.[2] === define[1]
          ? []
          : [`${file}: ${define[1]}`];
      }),
    );
    expect(found).toEqual([]);
  });

  test("define names under rzp-lib only, each once", () => {
    const names = templates.flatMap(({ text }) =>
      [...text.matchAll(/define "(.*?)"/g)].map(([, name]) => name ?? ""),
    );
    expect(names.filter((name) => !name.startsWith("rzp-lib."))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test("include what is defined, and define what is included", () => {
    const all = templates.map(({ text }) => code(text)).join("\n");
    const defined = new Set([...all.matchAll(/define "(.*?)"/g)].map(([, name]) => name));
    const included = new Set(
      [...all.matchAll(/(?:include|template) "(.*?)"/g)].map(([, name]) => name),
    );
    expect([...included].filter((name) => !defined.has(name))).toEqual([]);
    expect(
      [...defined].filter((name) => name !== "rzp-lib.service" && !included.has(name)),
    ).toEqual([]);
  });

  test("are small files of one kind each, and every kind has its test", () => {
    expect(
      templates.filter(({ text }) => text.split("\n").length > 240).map(({ file }) => file),
    ).toEqual([]);
    expect(kinds.filter(({ file, kind }) => file !== `_${kind}.tpl`)).toEqual([]);
    const tests = new Set(readdirSync(import.meta.dirname));
    expect(kinds.filter(({ kind }) => !tests.has(testOf(kind)))).toEqual([]);
  });

  test.each(kinds)(
    "$kind is tested absent, minimal, with every field, and refused",
    ({ kind, header }) => {
      const tested = readFileSync(join(import.meta.dirname, testOf(kind)), "utf8");
      const missing = Object.entries(cases).filter(([, pattern]) => !pattern.test(tested));
      expect(missing.map(([name]) => name)).toEqual([]);
      expect(
        fieldsIn(header).filter((field) => !new RegExp(`\\b${field}\\b`).test(tested)),
      ).toEqual([]);
    },
  );
});

test("refuse the labels that the model refuses", () => {
  const [, ours = ""] =
    /define "rzp-lib\.labels\.check"[^]*?\$ours := list(.*?)-\}\}/.exec(
      readFileSync(join(folder, "_labels.tpl"), "utf8"),
    ) ?? [];
  expect(ours.match(/[^\s"]+/g)).toEqual(reservedLabels);
});
