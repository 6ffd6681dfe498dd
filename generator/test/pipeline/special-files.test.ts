/** A pipe gives nothing until somebody writes to it: who reads one waits for ever. Each command is a process, which can wait alone. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { baseFile, createRepository } from "../support/repository.ts";

function withPipe(file: string) {
  const repository = createRepository();
  const pipe = path.join(repository.root, file);
  rmSync(pipe, { force: true });
  expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
  return repository;
}

test.concurrent.each([
  "charts/services/recyclarr/config/pipe",
  "charts/services/sonarr/values.ts",
  "charts/services/sonarr/more.ts",
  "environments/dev/environment.ts",
  "environments/dev/prowlarr.ts",
  "environments/clusters/away.ts",
])("%s is told, by both commands, and nothing else is", async (file) => {
  using repository = withPipe(file);
  for (const command of ["check", "render"]) {
    const { exitCode, stderr } = await repository.start([command]);
    expect(stderr).toContain(`${file} is a pipe, a socket or a device, so nobody reads it`);
    expect(stderr).toContain("1 error in 1 file");
    expect(exitCode).toBe(2);
  }
});

test.each(["charts/services/sonarr/more.ts", "more.ts"])(
  "%s is told where a file imports it, by both commands",
  async (pipe) => {
    using repository = withPipe(pipe);
    const values = "charts/services/sonarr/values.ts";
    const to = path.relative(path.dirname(values), pipe);
    const from = to.startsWith(".") ? to : `./${to}`;
    repository.write(values, `import { more } from "${from}";\n${baseFile(values)}`);
    for (const command of ["check", "render"]) {
      const { exitCode, stderr } = await repository.start([command]);
      expect(stderr).toContain(`${pipe} is a pipe, a socket or a device`);
      expect(stderr).toContain(values);
      expect(exitCode).toBe(2);
    }
  },
);

test("one beside generated files hinders nobody", async () => {
  using repository = withPipe("charts/services/sonarr/.pipe");
  await repository.start(["render"]);
  expect(spawnSync("mkfifo", [path.join(repository.root, "kubernetes/dev/pipe.yaml")]).status).toBe(
    0,
  );
  const { exitCode, stderr } = await repository.start(["render"]);
  expect(stderr).toContain("WRITE_UNKNOWN_FILE");
  expect(exitCode).toBe(0);
});
