/** What `npm run cluster` says to a person who asks for what cannot be. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { startProgram, stopPrograms } from "../../cluster/process.ts";
import { writeState } from "../../cluster/state.ts";
import { createRepository, projectRoot, type Repository } from "../support/repository.ts";

async function cluster({ root }: Repository, ...args: string[]) {
  const entry = path.join(projectRoot, "generator/cluster/cli.ts");
  const env = { NO_COLOR: "1", INIT_CWD: root };
  const { exitCode, stdout, stderr } = await execa(process.execPath, [entry, ...args], {
    cwd: root,
    env,
    reject: false,
  });
  return { exitCode, stdout, stderr };
}

test.for([
  [["dwon"], 'does not know "dwon"', 'Did you mean "down"?'],
  [
    [],
    "needs to know what to do",
    "npm run cluster -- up [--environment dev] [--watch] | down | status",
  ],
  [["up", "--follow"], 'does not know "--follow"', "npm run cluster -- up"],
  [["up", "dev"], 'does not know "dev"', "npm run cluster -- up"],
  [["up", "--environment"], 'does not know "--environment"', "npm run cluster -- up"],
  [["down", "--watch"], 'does not know "--watch"', "npm run cluster -- up"],
  [["up", "--environment", "pord"], "pord", "prod"],
  [
    ["up", "--environment", "dev"],
    "dev runs on a cluster whose operators are those of prod",
    "npm run cluster -- up --environment",
  ],
  [["status"], "No local cluster is up.", "npm run cluster -- up"],
] as const)("%s", async ([args, message, fix]) => {
  using repository = createRepository();
  const { exitCode, stderr } = await cluster(repository, ...args);
  expect(stderr).toContain(message);
  expect(stderr).toContain(fix);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(exitCode).toBe(2);
});

test("down twice is no mistake", async () => {
  using repository = createRepository();
  expect(await cluster(repository, "down")).toEqual({
    exitCode: 0,
    stdout: "no local cluster was up",
    stderr: "",
  });
});

test("down in a folder that is something else leaves it alone", async () => {
  using repository = createRepository({ files: { ".cluster/mine": "x" } });
  const { exitCode, stderr } = await cluster(repository, "down");
  expect(stderr).toContain("CLUSTER_FOREIGN");
  expect(exitCode).toBe(2);
});

test("a cluster that is up is not started again, and a kubeconfig that leads elsewhere is refused", async () => {
  using repository = createRepository();
  const folder = path.join(repository.root, ".cluster");
  mkdirSync(path.join(folder, "of-a-local-cluster"), { recursive: true });
  await startProgram(folder, {
    name: "etcd",
    command: process.execPath,
    args: ["-e", "setInterval(() => {}, 1000)"],
  });
  writeState(folder, {
    environment: "dev",
    url: "https://127.0.0.1:1",
    addresses: { git: "", charts: "" },
  });
  const elsewhere = "clusters: [{ cluster: { server: 'https://10.0.0.1:6443' } }]";
  writeFileSync(path.join(folder, "kubeconfig"), elsewhere);
  try {
    expect((await cluster(repository, "up")).stderr).toContain("The local cluster is up (dev).");
    const { exitCode, stderr } = await cluster(repository, "status");
    expect(stderr).toContain("leads to https://10.0.0.1:6443");
    expect(exitCode).toBe(2);
    expect((await cluster(repository, "down")).stdout).toBe("ended: etcd");
  } finally {
    await stopPrograms(folder);
  }
});

test("a disk that takes nothing is a problem, not a bug", async () => {
  using repository = createRepository();
  // A file where the folder should be, as a full or read-only disk cannot be had here.
  writeFileSync(path.join(repository.root, ".cluster"), "");
  const { exitCode, stderr } = await cluster(repository, "down");
  expect(stderr).toContain("CLUSTER_NOT_STARTED");
  expect(exitCode).toBe(2);
});

test("what nobody rendered is not started", async () => {
  using repository = createRepository();
  const { exitCode, stderr } = await cluster(repository, "up", "--environment", "prod");
  expect(stderr).toContain("Nothing of prod is rendered");
  expect(stderr).toContain("npm run render");
  expect(exitCode).toBe(2);
});

test("a start that broke off does not count as one that is up", async () => {
  using repository = createRepository();
  const folder = path.join(repository.root, ".cluster");
  mkdirSync(path.join(folder, "of-a-local-cluster"), { recursive: true });
  const args = ["-e", "setInterval(() => {}, 1000)"];
  await startProgram(folder, { name: "etcd", command: process.execPath, args });
  expect((await cluster(repository, "up", "--environment", "prod")).stderr).toContain(
    "Nothing of prod is rendered",
  );
  expect((await cluster(repository, "down")).stdout).toBe("ended: etcd");
});
