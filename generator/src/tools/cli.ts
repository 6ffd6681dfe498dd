#!/usr/bin/env node
/**
 * The commands around the outside tools: `npm run tools [-- name…]` builds and installs them,
 * `lint-charts`, `validate` and `secret-scan` run them over the tree.
 */
import { nearest } from "../problems/suggest.ts";
import { ensureTool, isToolName, toolList, type ToolName } from "./ensure-tool.ts";
import { currentHost, type Host } from "./host.ts";
import { runCommand } from "./command.ts";
import { lintCharts } from "./lint-charts.ts";
import { isProblem, toolProblem, withoutRepeats } from "./problems.ts";
import type { Problem } from "../problems/problem.ts";
import { secretScanCommand } from "./secret-scan.ts";
import { validateCommand } from "./validate.ts";

type Command = (args: readonly string[], host: Host) => Promise<readonly Problem[]>;

const commands: Readonly<Record<string, Command>> = {
  "lint-charts": (_args, host) => lintCharts(host),
  validate: validateCommand,
  "secret-scan": secretScanCommand,
};

const host = currentHost();

await runCommand(host.root, ([first = "", ...rest]) => {
  const command = Object.hasOwn(commands, first) ? commands[first] : undefined;
  return command === undefined ? toolsCommand([first, ...rest]) : command(rest, host);
});

async function toolsCommand(args: readonly string[]): Promise<readonly Problem[]> {
  const words = args.filter((word) => word !== "");
  if (words.some((word) => word === "--help" || word === "-h")) {
    process.stdout.write(usage());
    return [];
  }
  const unknown = words.filter((word) => !isToolName(word));
  if (unknown.length > 0) return unknown.map(unknownTool);
  return provideAll(words.length > 0 ? words.filter(isToolName) : usualTools());
}

/** Helm comes from npm on most machines, so it is built only when asked for. */
function usualTools(): ToolName[] {
  return Object.keys(toolList)
    .filter(isToolName)
    .filter((name) => name !== "helm");
}

/** One after the other: Go uses every core by itself. A failure does not stop the others. */
async function provideAll(names: readonly ToolName[]): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const name of names) {
    const path = await ensureTool(name, host);
    if (isProblem(path)) problems.push(path);
    else process.stdout.write(`${name} ${path}\n`);
  }
  return withoutRepeats(problems);
}

function unknownTool(word: string): Problem {
  const names = Object.keys(toolList);
  const near = nearest(word, names);
  return toolProblem("TOOL_UNKNOWN", {
    file: "tools",
    message: `There is no tool "${word}".`,
    expected: names.join(", "),
    fix: near === undefined ? "Name one of these." : `Did you mean "${near}"?`,
  });
}

function usage(): string {
  const rows = Object.entries(toolList).map(
    ([name, { purpose }]) => `  ${name.padEnd(18)}${purpose}`,
  );
  return ["npm run tools [-- name…]   (without a name: all but helm)", ...rows, ""].join("\n");
}
