import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { examples } from "./examples.ts";
import { fileMistakes } from "./file-mistakes.ts";
import { mistakes, type Mistake } from "./mistakes.ts";
import {
  compile,
  createProject,
  valuesFile,
  writeFile,
  type Diagnostic,
  type Project,
} from "./project.ts";

let project: Project;
let diagnostics: readonly Diagnostic[];

// One run of the compiler over all files: starting it costs more than what it checks.
beforeAll(async () => {
  project = createProject();
  for (const [index, mistake] of mistakes.entries())
    writeFile(project.root, mistakeFile(index), unmarked(planted(mistake)));
  for (const [index, { source }] of fileMistakes.entries())
    writeFile(project.root, fileMistakeFile(index), unmarked(source));
  diagnostics = await compile(project.root);
}, 60_000);
afterAll(() => rmSync(project.root, { recursive: true }));

const mistakeFile = (index: number): string => `mistakes/service-${index}.ts`;
const fileMistakeFile = (index: number): string => `mistakes/file-${index}.ts`;
const unmarked = (text: string): string => text.replaceAll(/[«»]/g, "");
const of = (file: string): readonly Diagnostic[] =>
  diagnostics.filter((diagnostic) => diagnostic.file === file);

function planted({ in: example, instead, written }: Mistake): string {
  const [before, after, ...more] = examples[example].split(instead);
  if (after === undefined || more.length > 0)
    throw new Error(`${JSON.stringify(instead)} is not once in ${example}`);
  return `${before}${written}${after}`;
}

/** The word between the marks, and where it stands when they are gone. */
function marked(source: string): { line: number; column: number } | undefined {
  const start = source.indexOf("«");
  if (start === -1) return undefined;
  const before = source.slice(0, start).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

function expectMistake(file: string, source: string, says: string | undefined): void {
  const found = of(file);
  expect(
    found.map(({ message }) => message),
    "one finding",
  ).toHaveLength(1);
  const [{ line, column, message } = { line: 0, column: 0, message: "" }] = found;
  const place = marked(source);
  if (place !== undefined) expect({ line, column, message }).toMatchObject(place);
  if (says !== undefined) expect(message).toContain(says);
}

test("a project with services of every kind compiles", () => {
  const authored = diagnostics.filter(({ file }) => !file.startsWith("mistakes/"));
  expect(authored).toEqual([]);
  expect([...project.services.keys()].map(valuesFile)).toHaveLength(Object.keys(examples).length);
});

describe("the compiler points at", () => {
  test.for(mistakes.map((mistake, index) => ({ ...mistake, index })))("$what in $in", (mistake) => {
    expectMistake(mistakeFile(mistake.index), planted(mistake), mistake.says);
  });

  test.for(fileMistakes.map((mistake, index) => ({ ...mistake, index })))(
    "$what",
    ({ index, source, says }) => {
      expectMistake(fileMistakeFile(index), source, says);
    },
  );
});
