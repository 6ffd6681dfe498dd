/** What holds for every command: help, formats for machines, a reader that has seen enough. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, test } from "vitest";
import { createRepository, projectRoot } from "../support/repository.ts";

test.for([{ args: [] }, { args: ["help"] }, { args: ["render", "--help"] }])(
  "$args prints how it is used, and nothing is done",
  async ({ args }) => {
    using repository = createRepository();
    const { exitCode, stdout, stderr } = await repository.run(args);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("npm run render -- --check");
  },
);

test("a command that is misspelt: the mistake, then how it is used, on stderr", async () => {
  using repository = createRepository();
  const { exitCode, stdout, stderr } = await repository.run(["lsit"]);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^There is no command `lsit`\. Did you mean `list`\?\n\nrzp: /);
});

test.for(["json", "sarif"])(
  "check --format %s prints one document even when there is nothing to tell",
  async (format) => {
    using repository = createRepository();
    const { exitCode, stdout, stderr } = await repository.run(["check", "--format", format]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  },
);

test("a reader that closes the pipe is no bug", async () => {
  using repository = createRepository();
  const cli = path.join(projectRoot, "generator/src/cli.ts");
  const child = spawn(process.execPath, [cli, "list"], {
    cwd: repository.root,
    env: { ...process.env, RZP_CACHE: path.join(repository.root, ".cache") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (text) => (stderr += String(text)));
  const [code] = (await once(child, "exit")) as [number | null];
  expect([code, stderr]).toEqual([0, ""]);
});
