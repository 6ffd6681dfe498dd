/** The rendered rules, as Prometheus itself reads and evaluates them. */
import path from "node:path";
import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { alertKinds } from "../../../../src/model/alerts.ts";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";
import { createRepository } from "../../../support/repository.ts";
import { everything } from "./everything.ts";
import { testsOf } from "./promtool-tests.ts";
import { ruleFiles, runTool } from "./rendered.ts";

const slow = { timeout: 300_000 };
const root = path.resolve(import.meta.dirname, "../../../../..");
const files = ruleFiles(root);
const carriers: Readonly<Record<string, string>> = { dev: "dev", staging: "dev", prod: "prod" };

beforeAll(() => ensureTool("promtool"), 1_800_000);

const isPlatform = ({ file }: { readonly file: string }) => file.includes("._environment.");
const platformOf = (all: typeof files, environment: string) => {
  const found = all.find((file) => isPlatform(file) && file.environment === environment);
  if (found === undefined) throw new Error(`no rules of the platform in ${environment}`);
  return found;
};

test("promtool finds nothing in the rules of any environment", slow, async () => {
  const names = files.map(({ file }) => file);
  expect(names.length).toBeGreaterThan(40);
  const { exitCode, output } = await runTool("promtool", [
    "check",
    "rules",
    "--lint=all",
    "--lint-fatal",
    ...names,
  ]);
  expect(output).not.toMatch(/FAILED|error/i);
  expect(exitCode).toBe(0);
});

test("promtool refuses an expression that is none, so it has read them", slow, async () => {
  const [first] = files;
  const broken = `${first?.file}.broken`;
  writeFileSync(
    broken,
    JSON.stringify({ groups: [{ name: "a", rules: [{ alert: "A", expr: "up{ == 1" }] }] }),
  );
  expect((await runTool("promtool", ["check", "rules", broken])).exitCode).toBe(1);
});

describe.for(Object.entries(carriers))("%s", ([environment, carrier]) => {
  test("every kind of alert it has is told when it must be, and only then", slow, async () => {
    const tests = testsOf(files, platformOf(files, carrier), environment);
    expect(tests.size).toBeGreaterThan(15);
    const { exitCode, output } = await runTool("promtool", ["test", "rules", ...tests.values()]);
    expect(output).not.toContain("FAILED");
    expect(exitCode).toBe(0);
  });
});

test("every kind there is is told of a service that has everything", slow, async () => {
  using repository = createRepository({ files: everything });
  const { exitCode, stderr } = await repository.run(["render"]);
  expect(stderr).toBe("");
  expect(exitCode).toBe(0);
  const all = ruleFiles(repository.root);
  const ofService = all.filter(
    (file) =>
      isPlatform(file) ||
      file.file.includes(".everything.") ||
      file.file.includes(".velero.") ||
      file.file.includes(".vector.") ||
      file.file.includes(".restore-drill."),
  );
  const tests = testsOf(ofService, platformOf(all, "prod"), "prod");
  expect([...tests.keys()].toSorted()).toEqual(Object.keys(alertKinds).toSorted());
  const { output } = await runTool("promtool", ["test", "rules", ...tests.values()]);
  expect(output).not.toContain("FAILED");
});

test("a test with another expectation fails, so they are judged", slow, async () => {
  const tests = testsOf(files, platformOf(files, "prod"), "prod");
  const file = tests.get("PodNotReady") ?? "";
  writeFileSync(`${file}.wrong`, readFileSync(file, "utf8").replace("node: 2", "node: 3"));
  expect((await runTool("promtool", ["test", "rules", `${file}.wrong`])).exitCode).toBe(1);
});
