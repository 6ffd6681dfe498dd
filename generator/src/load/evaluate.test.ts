import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evaluateFiles } from "./evaluate.ts";

let root: string;

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "rzp-evaluate-"));
  writeFileSync(path.join(root, "package.json"), '{ "type": "module" }');
});
afterAll(() => rmSync(root, { recursive: true }));

async function evaluated(text: string) {
  writeFileSync(path.join(root, "values.ts"), text);
  const { values, problems } = await evaluateFiles(root, ["values.ts"]);
  return problems[0] ?? values.get("values.ts");
}

test.each([
  ["JavaScript", "export default { port: 80 };"],
  ["a type", "const port: number = 80;\nexport default { port };"],
  ["a type after a value", "export default { port: 80 } satisfies object;"],
  [
    "what is a comparison in JavaScript",
    "const [same, number] = [(value) => value, 1];\nexport default { port: same<number>(80) };",
  ],
])("%s is run for what it means in TypeScript", async (_what, text) => {
  expect(await evaluated(text)).toEqual({ port: 80 });
});

test.each([
  ["JavaScript", 'export default { port: 80 };\nthrow new Error("no");', { line: 2, column: 7 }],
  ["TypeScript", 'const no: string = "no";\nthrow new Error(no);', { line: 2, column: 7 }],
  ["broken", "export default { port: };", { line: 1, column: 24 }],
])("a mistake in %s has its place", async (_what, text, place) => {
  expect(await evaluated(text)).toMatchObject({
    code: "FILE_THROWS",
    place: { file: "values.ts", ...place },
  });
});

test("a file sees no environment variables, and takes none from who runs it", async () => {
  const before = { ...process.env };
  expect(await evaluated("export default { seen: Object.keys(process.env) };")).toEqual({
    seen: [],
  });
  expect(await evaluated('export default { port: process.env["PATH"] ?? 80 };')).toEqual({
    port: 80,
  });
  expect(process.env).toEqual(before);
});
