/**
 * README.md is run: its blocks marked `sh run` line by line, and its example to the files it names. The
 * block with `npm ci` is not: see working-copy.ts.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { withService } from "../../src/scaffold/edits/environment-file.ts";
import { blocksOf, fileOf, readPage } from "./blocks.ts";
import { createWorkingCopy } from "./working-copy.ts";

const readme = readPage("README.md");
const blocks = blocksOf(readme);

test("the commands do what they say, one after the other", async () => {
  const commands = blocks
    .filter(({ info }) => info === "sh run")
    .flatMap(({ text }) => text.split("\n").filter(Boolean));
  expect(commands.length).toBeGreaterThan(4);
  using copy = createWorkingCopy();
  for (const command of commands) {
    const { exitCode, output } = await copy.type(command);
    expect(exitCode, `${command}\n${output}`).toBe(0);
  }
  expect(existsSync(path.join(copy.root, "charts/services/jellyfin"))).toBe(false);
});

describe("the example", () => {
  const example = blocks.find((block) => fileOf(block) !== undefined);
  const listed = [...readme.matchAll(/^\| `([^`]+\.yaml)` \|/gm)].map(([, file]) => file ?? "");

  test("is about fifteen lines", () => {
    expect(example?.text.trimEnd().split("\n").length).toBeLessThanOrEqual(16);
  });

  test("gives exactly the files of the table", async () => {
    using copy = createWorkingCopy();
    const write = (file: string, text: string) => {
      mkdirSync(path.dirname(path.join(copy.root, file)), { recursive: true });
      writeFileSync(path.join(copy.root, file), text);
    };
    // What is written down and not rendered yet is no work of the example.
    await copy.type("npm run render");
    const environment = "environments/prod/environment.ts";
    write("charts/services/notes/values.ts", example?.text ?? "");
    write(
      environment,
      withService(readFileSync(path.join(copy.root, environment), "utf8"), "notes"),
    );
    const before = new Set(filesBelow(path.join(copy.root, "kubernetes/prod")));
    const { exitCode, output } = await copy.type("npm run render");
    expect(exitCode, output).toBe(0);
    const created = filesBelow(path.join(copy.root, "kubernetes/prod")).filter(
      (file) => !before.has(file),
    );
    expect(created).toEqual(listed.toSorted());
    for (const file of ["cluster-postgres.yaml", "networkpolicy-postgres-consumers.yaml"]) {
      expect(
        readFileSync(path.join(copy.root, "kubernetes/prod/postgres", file), "utf8"),
        file,
      ).toMatch(/\bnotes\b/);
    }
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}
