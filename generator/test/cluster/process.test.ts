/** Programs of the local cluster: started, told apart from others, ended by their id. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { launcher, NotStarted } from "../../cluster/cluster.ts";
import { clearFolder, ForeignFolder, removeFolder } from "../../cluster/folder.ts";
import { freePorts } from "../../cluster/ports.ts";
import {
  killProgram,
  lastLines,
  runningPrograms,
  startProgram,
  stopPrograms,
  type Program,
} from "../../cluster/process.ts";
import { waitFor } from "../../cluster/wait.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "rzp-cluster-"));
});
afterEach(async () => {
  await stopPrograms(folder);
  rmSync(folder, { recursive: true, force: true });
});

const node = (name: string, code: string): Program => ({
  name,
  command: process.execPath,
  args: ["-e", code],
});
const forEver = "setInterval(() => {}, 1000);";
const saysHello = node("one", `console.log("hello"); ${forEver}`);

test("a program runs until it is ended, and its output is kept", async () => {
  await startProgram(folder, saysHello);
  await waitFor(() => lastLines(folder, "one") === "hello", { for: "its output", seconds: 10 });
  expect(runningPrograms(folder)).toEqual(["one"]);
  await stopPrograms(folder);
  expect(runningPrograms(folder)).toEqual([]);
});

test("one that does not listen to SIGTERM is ended all the same", async () => {
  await startProgram(
    folder,
    node("deaf", `process.on("SIGTERM", () => {}); console.log("up"); ${forEver}`),
  );
  await waitFor(() => lastLines(folder, "deaf") === "up", { for: "its output", seconds: 10 });
  await stopPrograms(folder);
  expect(runningPrograms(folder)).toEqual([]);
});

test("only the one that is named is killed", async () => {
  await startProgram(folder, saysHello);
  await startProgram(folder, node("two", forEver));
  await killProgram(folder, "one");
  expect(runningPrograms(folder)).toEqual(["two"]);
});

test("a process that has got the id of one long gone is left alone", async () => {
  await startProgram(folder, saysHello);
  const file = path.join(folder, "pid/one");
  const [pid = ""] = readFileSync(file, "utf8").split(" ");
  writeFileSync(file, `${pid} 1`);
  expect(runningPrograms(folder)).toEqual([]);
  await stopPrograms(folder);
  expect(() => process.kill(Number(pid), 0)).not.toThrow();
  process.kill(-Number(pid), "SIGKILL");
});

test("ending what is not there is no mistake", async () => {
  await stopPrograms(folder);
  await killProgram(folder, "one");
  await removeFolder(path.join(folder, "none"));
  expect(lastLines(folder, "one")).toBe("");
});

test("a program that ends is told with the end of its log: a port that was taken", async () => {
  const { one: port } = await freePorts(["one"]);
  const server = createServer().listen(port, "127.0.0.1");
  const { launch } = launcher(folder, () => undefined);
  const greedy = node("greedy", `require("node:net").createServer().listen(${port}, "127.0.0.1")`);
  const error = await launch(greedy, async () => false).catch((reason: unknown) => reason);
  server.close();
  expect(error).toBeInstanceOf(NotStarted);
  expect(String(error)).toMatch(/greedy to answer: it ended:[^]*EADDRINUSE/);
});

test("a program that is not there is told", async () => {
  const { launch } = launcher(folder, () => undefined);
  const missing = { name: "missing", command: path.join(folder, "none"), args: [] };
  await expect(launch(missing, async () => false)).rejects.toThrow(/none ENOENT/);
});

test("what a crash left never blocks a start", async () => {
  await clearFolder(folder);
  await startProgram(folder, saysHello);
  writeFileSync(path.join(folder, "pid/half"), "");
  await clearFolder(folder);
  expect(runningPrograms(folder)).toEqual([]);
});

test("a folder of something else is not touched", async () => {
  const other = path.join(folder, "other");
  mkdirSync(other);
  writeFileSync(path.join(other, "mine"), "");
  await expect(clearFolder(other)).rejects.toThrow(ForeignFolder);
  expect(readFileSync(path.join(other, "mine"), "utf8")).toBe("");
});

test("free ports are different ones", async () => {
  const ports = Object.values(await freePorts(["a", "b", "c"]));
  expect(new Set(ports).size).toBe(3);
});
