import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { isOlder } from "../../src/tools/go.ts";
import { splitByGroup } from "../../src/tools/validate.ts";

const folder = resolve(import.meta.dirname, "../../src/tools");

async function command(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ exitCode: number | undefined; stderr: string }> {
  const { exitCode, stderr } = await execa(process.execPath, [join(folder, "cli.ts"), ...args], {
    reject: false,
    env,
  });
  return { exitCode, stderr };
}

test("isOlder compares numbers, not text", () => {
  expect(isOlder("1.9", "1.26.0")).toBe(true);
  expect(isOlder("1.26.8", "1.26.0")).toBe(false);
  expect(isOlder("1.26", "1.26.0")).toBe(false);
  expect(isOlder("3.10.4", "3.10")).toBe(false);
});

test("splitByGroup keeps a group together and loses nothing", () => {
  const files = ["b", "a", "", "b", "a", ""].map((group, index) => ({
    file: `f${index}`,
    environment: "prod",
    text: "",
    hash: "",
    groups: [group],
  }));
  const parts = splitByGroup(files).map((part) => part.map((file) => file.groups[0]));
  expect(parts).toEqual([
    ["a", "a", "b"],
    ["b", "", ""],
  ]);
  expect(splitByGroup([])).toEqual([]);
  expect(splitByGroup(files.slice(0, 1))).toHaveLength(1);
});

describe("the commands", () => {
  test("tools: an unknown name is exit code 2, with the nearest one", async () => {
    const result = await command(["actionlnt"]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('Did you mean "actionlint"?');
    expect(result.stderr).not.toContain("    at ");
  });

  test("tools: an unknown name that is like none gets the list of names", async () => {
    const { exitCode, stderr } = await command(["frobnicate"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("tools  error  TOOL_UNKNOWN");
    expect(stderr).toContain("Name one of these.");
    expect(stderr).not.toContain("Did you mean");
  });

  test("tools: without Go and Python it is exit code 2, and each is said once", async () => {
    const empty = await mkdtemp(join(tmpdir(), "rzp-empty-"));
    const result = await command(["ct", "actionlint", "yamllint", "yamale"], {
      RZP_TOOLS_CACHE: empty,
      PATH: empty,
    });
    await rm(empty, { recursive: true });
    expect(result.exitCode).toBe(2);
    expect(result.stderr.match(/Install Go/g)).toHaveLength(1);
    expect(result.stderr.match(/Install Python/g)).toHaveLength(1);
    expect(result.stderr).not.toContain("    at ");
  });

  test.for([
    ["validate", ["--kubernetes-version", "new"], "is no Kubernetes version"],
    ["validate", ["--what"], "Unknown option"],
    ["secret-scan", ["--what"], "is not understood"],
  ] as const)("%s %s is wrong usage", async ([file, args, said]) => {
    const result = await command([file, ...args]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(said);
  });
});
