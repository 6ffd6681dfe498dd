/** How people call `npm run infra`: what it does not know is told, as a mistake and not as a bug. */
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { names, options } from "../src/usage.ts";
import { repositoryRoot } from "../../generator/src/commands/repository-paths.ts";

const cli = path.join(repositoryRoot(), "provisioning/src/cli.ts");
const infra = async (...args: readonly string[]) => {
  const { exitCode, stderr } = await execa(process.execPath, [cli, ...args], { reject: false });
  return { exitCode, stderr };
};

test.for([
  [["preveiw", "home"], 'does not know "preveiw"', 'Did you mean "preview"?'],
  [[], "needs to know what to do", "npm run infra -- preview|up|"],
  [["preview", "home", "now"], 'does not know "now"', "npm run infra -- "],
  [["status", "home", "--allow", "worker-1"], 'does not know "--allow"', "npm run infra -- "],
  [["up", "home", "--until"], 'does not know "--until without cluster"', "up: [--until cluster]"],
  [
    ["up", "home", "--until", "services"],
    'does not know "--until services"',
    "up: [--until cluster]",
  ],
  [["preview", "home", "--until", "cluster"], 'does not know "--until"', "up: [--until cluster]"],
  [["up", "home", "--allow"], 'does not know "--allow without a name"', "[--allow <name>]..."],
  [["restore", "home", "--from"], 'does not know "--from without a file"', "npm run infra -- "],
] as const)("%j", async ([args, message, fix]) => {
  const { exitCode, stderr } = await infra(...args);
  expect(stderr).toContain("TOOL_USAGE");
  expect(stderr).toContain(message);
  expect(stderr).toContain(fix);
  expect(exitCode).toBe(2);
});

test("--help tells what each command and each option is for", async () => {
  const { exitCode, stdout } = await execa(process.execPath, [cli, "--help"]);
  expect(exitCode).toBe(0);
  for (const name of names) expect(stdout).toMatch(new RegExp(`^  ${name} +\\S+ \\S+`, "m"));
  for (const option of Object.keys(options))
    expect(stdout).toMatch(new RegExp(`^  --${option} <?[a-z]+>? +\\S+ \\S+`, "m"));
});
