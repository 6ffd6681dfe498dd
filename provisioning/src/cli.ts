#!/usr/bin/env node
/** `npm run infra -- <command> <cluster>`. */
import { existsSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { repositoryRoot } from "../../generator/src/commands/repository-paths.ts";
import type { Problem } from "../../generator/src/problems/problem.ts";
import { runCommand } from "../../generator/src/tools/command.ts";
import { toolProblem, usageProblem } from "../../generator/src/tools/problems.ts";
import { startTimer } from "./timer.ts";
import { help, names, options, usage } from "./usage.ts";

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
    process.stdout.write(help);
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
  if (until !== undefined && until !== "cluster")
    return [wrongUsage(typeof until === "string" ? `--until ${until}` : "--until without cluster")];
  if (more[0] !== undefined && name !== "credential") return [wrongUsage(more[0])];
  if (!existsSync(path.join(import.meta.dirname, "../node_modules/@pulumi/pulumi")))
    return [notInstalled()];
  const commands = await import("./commands/commands.ts");
  return commands[name]({
    root,
    cluster,
    allow: allow.filter((one) => typeof one === "string"),
    words: more,
    input: () => text(process.stdin),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    environment: process.env,
    say: (words) => void process.stdout.write(words),
    phases: startTimer((line) => void process.stderr.write(`${line}\n`)),
  });
});

// Functions, as they are there before the line above has ended.
function wrongUsage(word: string): Problem {
  return usageProblem("npm run infra", { word, words: names, usage });
}

function notInstalled(): Problem {
  return toolProblem("TOOL_MISSING", {
    file: "provisioning/package.json",
    message: "What makes machines is not installed: it has packages of its own.",
    expected: "provisioning/node_modules",
    fix: "npm run infra:install",
  });
}
