/** How people call `npm run infra`: what it does not know is told, as a mistake and not as a bug. */
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
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
  [["restore", "home", "--from"], 'does not know "--from without a file"', "npm run infra -- "],
] as const)("%j", async ([args, message, fix]) => {
  const { exitCode, stderr } = await infra(...args);
  expect(stderr).toContain("TOOL_USAGE");
  expect(stderr).toContain(message);
  expect(stderr).toContain(fix);
  expect(exitCode).toBe(2);
});
