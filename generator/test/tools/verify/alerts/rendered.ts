/** The rules of rendered environments as plain files for promtool, and what each says. */
import { execa } from "execa";
import { globSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { load } from "js-yaml";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";

export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Group {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly rules: readonly Rule[];
}

export interface RuleFile {
  readonly environment: string;
  /** The plain file, absolute. */
  readonly file: string;
  readonly groups: readonly Group[];
  /** A file for each group, by its name: a test evaluates no more than it needs. */
  readonly files: ReadonlyMap<string, string>;
}

/** Every PrometheusRule of a repository, the platform's too. */
export function ruleFiles(root: string): RuleFile[] {
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-rules-"));
  return globSync("kubernetes/*/*/prometheusrule*.yaml", { cwd: root })
    .sort()
    .map((name) => {
      const { spec } = load(readFileSync(path.join(root, name), "utf8")) as {
        spec: { groups: Group[] };
      };
      const file = path.join(folder, name.replaceAll("/", "."));
      writeFileSync(file, JSON.stringify(spec));
      const files = spec.groups.map((group) => {
        const own = `${file}.${group.name}`;
        writeFileSync(own, JSON.stringify({ groups: [group] }));
        return [group.name, own] as const;
      });
      return {
        environment: name.split("/")[1] ?? "",
        file,
        groups: spec.groups,
        files: new Map(files),
      };
    });
}

/** Runs a tool; a failure is no exception, as it is the answer. */
export async function runTool(name: "promtool" | "sloth", args: readonly string[]) {
  const tool = await ensureTool(name);
  if (typeof tool !== "string") throw new Error(tool.message);
  const { exitCode, stdout, stderr } = await execa(tool, args, { reject: false });
  return { exitCode, output: `${stdout}\n${stderr}` };
}

/** In: a file for it, what promtool tests. Out: what it says of that. */
export function testRules(file: string, tests: object): ReturnType<typeof runTool> {
  writeFileSync(file, JSON.stringify(tests));
  return runTool("promtool", ["test", "rules", file]);
}
