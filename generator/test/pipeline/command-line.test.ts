/** What holds for every command: help, formats for machines, a reader that has seen enough. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { createRepository, projectRoot } from "../support/repository.ts";

test.for([{ args: [] }, { args: ["help"] }, { args: ["render", "--help"] }])(
  "$args prints how it is used, and nothing is done",
  async ({ args }) => {
    using repository = createRepository();
    const { exitCode, stdout, stderr } = await repository.start(args);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("npm run render -- --check");
  },
);

test("started by a Node that is too old, it says which one to take", async () => {
  const older = "import module from 'node:module'; delete module.registerHooks;";
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [
      "--import",
      `data:text/javascript,${older}`,
      path.join(projectRoot, "generator/rzp.js"),
      "check",
    ],
    { reject: false },
  );
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(
    /^Node v\S+ is too old for this\. Go through npm, .*: npm run render, .*$/,
  );
});

test("what a command does not take: two lines, and no usage of the others", async () => {
  using repository = createRepository();
  const { exitCode, stdout, stderr } = await repository.start([
    "explain",
    "sonarr",
    "--port",
    "80",
  ]);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(
    /^`explain` does not take --port; .*\nHow it is called: npm run explain -- --help$/,
  );
});

test("a command that is misspelt: the mistake, then how it is used, on stderr", async () => {
  using repository = createRepository();
  const { exitCode, stdout, stderr } = await repository.start(["lsit"]);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^There is no command `lsit`\. Did you mean `list`\?\n\nrzp: /);
});

test.for(["json", "sarif"])(
  "check --format %s prints one document even when there is nothing to tell",
  async (format) => {
    using repository = createRepository();
    const { exitCode, stdout, stderr } = await repository.start(["check", "--format", format]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  },
);

test.for([
  ["explain", "--format", "json"],
  ["explain", "--format=json"],
  ["check", "--format", "sarif", "--nowhere"],
  ["capacity", "--format", "json", "--environment", "prod", "--environment", "dev"],
  ["lsit", "--format", "json"],
])("wrong usage for a program is one document, and words on stderr: %j", async (args) => {
  using repository = createRepository();
  const { exitCode, stdout, stderr } = await repository.run(args);
  expect(exitCode).toBe(2);
  expect(stdout).toContain("COMMAND_USAGE");
  expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  expect(stderr).not.toBe("");
});

test.for([["explain"], ["explain", "--format", "sarif"], ["check", "--format", "yaml"]])(
  "wrong usage for people, or in a format nobody knows: stdout stays empty: %j",
  async (args) => {
    using repository = createRepository();
    const { exitCode, stdout } = await repository.run(args);
    expect([exitCode, stdout]).toEqual([2, ""]);
  },
);

const machineFormats = ["json", "sarif"] as const;

test("render and render --check in a format for machines: stdout holds one document, the summary is on stderr", async () => {
  using repository = createRepository();
  const first = await repository.run(["render", "--format", "json"]);
  expect(JSON.parse(first.stdout)).toEqual({ problems: [], errors: 0, warnings: 0, waiting: 0 });
  expect(first.stderr).toMatch(/^\+ [^]+ created, 0 changed, 0 removed/);
  for (const args of [["render"], ["render", "--check"], ["render", "--no-cache"]])
    for (const format of machineFormats) {
      const { exitCode, stdout, stderr } = await repository.run([...args, "--format", format]);
      expect(exitCode).toBe(0);
      expect(() => JSON.parse(stdout) as unknown).not.toThrow();
      expect(stderr).toMatch(/^(rendered files are up to date|0 created, 0 changed.*)$/);
    }
});

test("how many checks wait is in the JSON", async () => {
  using repository = createRepository({
    files: { "charts/services/sonarr/values.ts": "export default {}\n" },
  });
  const { stdout } = await repository.run(["check", "--format", "json"]);
  expect(JSON.parse(stdout)).toMatchObject({ errors: 1, waiting: expect.any(Number) });
  expect(stdout).not.toContain('"waiting":0');
});

test("the link to the library that is gone: told by --check, made again by a render", async () => {
  using repository = createRepository();
  const folder = path.join(repository.root, "charts/services/sonarr/charts");
  await repository.run(["render"]);
  rmSync(folder, { recursive: true });
  const checked = await repository.run(["render", "--check"]);
  expect(checked.exitCode).toBe(1);
  expect(checked.stderr).toContain("charts/services/sonarr/charts/rzp-lib is missing");
  const { stdout } = await repository.run(["render"]);
  expect(stdout).toContain("+ charts/services/sonarr/charts/rzp-lib");
  expect(existsSync(path.join(folder, "rzp-lib/Chart.yaml"))).toBe(true);
});

test("a reader that closes the pipe is no bug", async () => {
  using repository = createRepository();
  const cli = path.join(projectRoot, "generator/rzp.js");
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

test("of a file that waits in vain only its problem is told", async () => {
  const file = "charts/services/sonarr/values.ts";
  using repository = createRepository({
    files: { [file]: "await new Promise(() => {});\nexport default {};\n" },
  });
  const { exitCode, stderr } = await repository.start(["check"]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^charts\/services\/sonarr\/values\.ts:1:1 {2}error {2}FILE_HANGS/);
});
