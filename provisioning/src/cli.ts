#!/usr/bin/env node
/** `npm run infra -- preview|up|destroy|status|backup|restore|unlock|token <cluster> [--allow <name>] [--from <file>]`. */
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { repositoryRoot } from "../../generator/src/commands/repository-paths.ts";
import type { Problem } from "../../generator/src/problems/problem.ts";
import { nearest } from "../../generator/src/problems/suggest.ts";
import { runCommand } from "../../generator/src/tools/command.ts";
import { toolProblem } from "../../generator/src/tools/problems.ts";
import { startTimer } from "./commands/timer.ts";

const names = [
  "preview",
  "up",
  "destroy",
  "status",
  "backup",
  "restore",
  "unlock",
  "token",
] as const;
const usage = `npm run infra -- ${names.join("|")} <cluster> [--allow <name>] [--from <file>]`;

const root = repositoryRoot();
await runCommand(root, async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    options: { allow: { type: "string", multiple: true }, from: { type: "string" } },
  });
  const [word = "", cluster = "", ...more] = positionals;
  const name = names.find((one) => one === word);
  const unknown = Object.keys(values).find((option) => !["allow", "from"].includes(option));
  if (name === undefined) return [wrongUsage(word)];
  if (unknown !== undefined) return [wrongUsage(`--${unknown}`)];
  if (more[0] !== undefined) return [wrongUsage(more[0])];
  if (!existsSync(path.join(import.meta.dirname, "../node_modules/@pulumi/pulumi")))
    return [notInstalled()];
  const commands = await import("./commands/commands.ts");
  const allow = (values["allow"] ?? []).filter((one) => typeof one === "string");
  const phases = startTimer((line) => void process.stderr.write(`${line}\n`));
  const from = typeof values["from"] === "string" ? { from: values["from"] } : {};
  return commands[name]({ root, cluster, allow, phases, ...from });
});

function wrongUsage(word: string): Problem {
  const near = nearest(word, names);
  return toolProblem("TOOL_USAGE", {
    file: "package.json",
    message:
      word === ""
        ? "npm run infra needs to know what to do."
        : `npm run infra does not know "${word}".`,
    expected: usage,
    fix: near === undefined ? usage : `Did you mean "${near}"?`,
  });
}

const notInstalled = (): Problem =>
  toolProblem("TOOL_MISSING", {
    file: "provisioning/package.json",
    message: "What makes machines is not installed: it has packages of its own.",
    expected: "provisioning/node_modules",
    fix: "npm ci --prefix provisioning --ignore-scripts",
  });
