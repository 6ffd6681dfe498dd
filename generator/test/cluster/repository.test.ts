/** The git repository of the local cluster, inside that of a person. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createRepository } from "../../cluster/argo-cd/repository.ts";

let outer: string;
beforeEach(async () => {
  outer = mkdtempSync(path.join(tmpdir(), "rzp-outer-"));
  await execa("git", ["init", "--quiet"], { cwd: outer });
  mkdirSync(path.join(outer, ".cluster/served"), { recursive: true });
});
afterEach(() => rmSync(outer, { recursive: true, force: true }));

const create = () =>
  createRepository(path.join(outer, ".cluster/served"), path.join(outer, ".cluster/tree"), "main");

test("a push tells its commit and the files it changed", async () => {
  const { tree, push } = await create();
  writeFileSync(path.join(tree, "one"), "1");
  const first = await push("one");
  expect(first.files).toEqual(["one"]);
  writeFileSync(path.join(tree, "two"), "2");
  const second = await push("two");
  expect(second.files).toEqual(["two"]);
  const bare = path.join(outer, ".cluster/served/platform.git");
  const { stdout } = await execa("git", ["-C", bare, "rev-parse", "refs/heads/main"]);
  expect(stdout).toBe(second.commit);
});

test("a push after the cluster is gone never commits what a person has in theirs", async () => {
  const { tree, push } = await create();
  rmSync(path.join(tree, ".git"), { recursive: true });
  writeFileSync(path.join(outer, "mine"), "not yet committed");
  await expect(push("as rendered")).rejects.toThrow(/not a git repository/);
  const { stdout } = await execa("git", ["status", "--porcelain", "mine"], { cwd: outer });
  expect(stdout).toBe("?? mine");
});
