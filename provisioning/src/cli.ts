#!/usr/bin/env node
/** `npm run infra -- <command> <cluster>`. */
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
  "upgrade",
  "destroy",
  "status",
  "backup",
  "restore",
  "forget",
  "unlock",
  "token",
] as const;
const usage = `npm run infra -- ${names.join("|")} <cluster> [--allow <name>] [--from <file>] [--until cluster]`;

/** Options, and the commands that take them. */
const options: Readonly<Record<string, readonly string[]>> = {
  allow: ["preview", "up", "upgrade", "destroy", "forget"],
  from: ["restore"],
  until: ["up"],
};

const root = repositoryRoot();
await runCommand(root, async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    options: {
      allow: { type: "string", multiple: true },
      from: { type: "string" },
      until: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values["help"] === true) {
    process.stdout.write(`${usage}\n`);
    return [];
  }
  const [word = "", cluster = "", ...more] = positionals;
  const name = names.find((one) => one === word);
  if (name === undefined) return [wrongUsage(word)];
  const misplaced = Object.keys(values).find((option) => options[option]?.includes(name) !== true);
  if (misplaced !== undefined) return [wrongUsage(`--${misplaced}`)];
  const allow = [values["allow"] ?? []].flat();
  const { from, until } = values;
  if (allow.some((one) => typeof one !== "string")) return [wrongUsage("--allow without a name")];
  if (from !== undefined && typeof from !== "string") return [wrongUsage("--from without a file")];
  if (until !== undefined && until !== "cluster") return [wrongUsage(`--until ${String(until)}`)];
  if (more[0] !== undefined) return [wrongUsage(more[0])];
  if (!existsSync(path.join(import.meta.dirname, "../node_modules/@pulumi/pulumi")))
    return [notInstalled()];
  const commands = await import("./commands/commands.ts");
  return commands[name]({
    root,
    cluster,
    allow: allow.filter((one) => typeof one === "string"),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    environment: process.env,
    say: (text) => void process.stdout.write(text),
    phases: startTimer((line) => void process.stderr.write(`${line}\n`)),
  });
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
