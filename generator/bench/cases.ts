/** What is measured: the situations a person renders in. */
import { appendFileSync } from "node:fs";
import path from "node:path";
import { measure, runCommand } from "./measure.ts";
import type { Figures } from "./measure.ts";
import { environmentFile } from "./platform.ts";
import { projectRoot, writeFiles } from "./repository.ts";
import type { BenchRepository } from "./repository.ts";
import { hubFile, serviceFiles } from "./services.ts";

/** A change of an authored file, another one in every run. */
export interface EditCase {
  readonly name: string;
  readonly edit: (root: string, count: number, run: number) => void;
  /** What the summary of the render must say, so that nothing is measured that did not happen. */
  readonly expected: RegExp;
}

const changed = /^0 created, [1-9]\d* changed, 0 removed/m;
const nothing = /^0 created, 0 changed, 0 removed/m;

/** The renders that are measured after a complete one, in their order. */
export const editCases: readonly EditCase[] = [
  { name: "unchanged", edit: () => undefined, expected: nothing },
  { name: "one-edit", edit: editOne, expected: changed },
  {
    name: "hub-edit",
    edit: (root, _count, run) => writeFiles(root, hubFile(8100 + run)),
    expected: changed,
  },
  {
    name: "environment-edit",
    edit: (root, count, run) => writeFiles(root, environmentFile("dev", count, 0.26 + run / 100)),
    expected: changed,
  },
  // No output changes, but nothing that was rendered with another library may be used again.
  {
    name: "library-edit",
    edit: (root, _count, run) =>
      appendFileSync(
        path.join(root, "charts/rzp-lib/templates/_service.tpl"),
        `{{/* Edit ${run} */}}\n`,
      ),
    expected: nothing,
  },
];

/** One variable of one service. */
function editOne(root: string, count: number, run: number): void {
  const file = "charts/services/web-0/values.ts";
  const text = serviceFiles(count)[file] ?? "";
  writeFiles(root, { [file]: text.replace('LEVEL: "info"', `LEVEL: "level-${run}"`) });
}

/** Runs the command as a person does, and checks what it says. */
export async function render(
  { root, cache }: BenchRepository,
  expected: RegExp,
  env: Readonly<Record<string, string>> = {},
): Promise<Figures> {
  let summary = "";
  const figures = await measure(async () => {
    summary = await runCommand({
      program: process.execPath,
      args: [path.join(projectRoot, "generator/rzp.js"), "render"],
      cwd: root,
      env: { RZP_CACHE: cache, ...env },
    });
  });
  if (!expected.test(summary)) throw new Error(`not the expected outcome:\n${summary.slice(-500)}`);
  return figures;
}
