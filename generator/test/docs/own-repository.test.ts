/** docs/guide-own-repository.md is done from top to bottom: files are written, commands are run. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { expect, test } from "vitest";
import { checkRepository } from "../support/repository.ts";
import { blocksOf, fileOf, readPage } from "./blocks.ts";
import { createWorkingCopy } from "./working-copy.ts";

test("a clone becomes somebody's own repository", { timeout: 300_000 }, async () => {
  const blocks = blocksOf(readPage("docs/guide-own-repository.md"));
  using copy = createWorkingCopy();
  for (const block of blocks) {
    const file = fileOf(block);
    if (file !== undefined) {
      mkdirSync(path.dirname(path.join(copy.root, file)), { recursive: true });
      writeFileSync(path.join(copy.root, file), block.text);
    }
    const lines = block.info === "sh run" ? block.text.split("\n").filter(Boolean) : [];
    for (const line of lines) {
      const { exitCode, output } = await copy.type(line);
      expect(exitCode, `${line}\n${output}`).toBe(0);
    }
  }
  expect(await checkRepository(copy.root)).toEqual([]);
  const { output } = await copy.type(
    "grep --recursive --extended-regexp '10\\.0\\.10\\.|[^@]example\\.com' charts/services/*/values.ts environments kubernetes",
  );
  expect(output, "nothing of the other house is left").toBe("");
  expect(runsOfCi(copy.root).slice(0, 3)).toEqual([
    "npm ci",
    "npm run check",
    "npm run render -- --check",
  ]);
  expect(existsSync(path.join(copy.root, ".github/workflows/long.yaml"))).toBe(false);
});

/** The commands of its CI, in their order. */
function runsOfCi(root: string): string[] {
  const text = readFileSync(path.join(root, ".github/workflows/ci.yaml"), "utf8");
  const { jobs } = parse(text) as {
    jobs: Record<string, { steps: readonly { readonly run?: string }[] }>;
  };
  return Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .flatMap(({ run }) => run ?? []);
}
