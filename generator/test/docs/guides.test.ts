/**
 * Every file the guides show is a file RZP takes: a block whose first line is a path is put into a copy of this
 * repository, over the blocks before it on its page; one marked `ts fields` into a service around it.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readTree } from "../../src/load/tree.ts";
import { buildPlatform } from "../../src/pipeline.ts";
import { withService } from "../../src/scaffold/edits/environment-file.ts";
import { callCommand } from "../support/call.ts";
import { blocksOf, fileOf, projectRoot, readPage } from "./blocks.ts";
import type { Block } from "./blocks.ts";
import { createWorkingCopy } from "./working-copy.ts";

const guides = readdirSync(path.join(projectRoot, "docs"))
  .filter((name) => name.startsWith("guide-"))
  .map((name) => `docs/${name}`);
const enabledIn = "environments/dev/environment.ts";
const shown = guides
  .map((guide) => ({ guide, blocks: filesShownIn(readPage(guide)) }))
  .filter(({ blocks }) => blocks.length > 0);

function filesShownIn(page: string): (Block & { readonly file: string })[] {
  return blocksOf(page).flatMap((block) => {
    // Of a repository of its own: see own-repository.test.ts.
    if (block.info === "ts own") return [];
    const file = block.info === "ts fields" ? "charts/services/shown/values.ts" : fileOf(block);
    return file === undefined ? [] : [{ ...block, file }];
  });
}

// The guides change a few services of this repository each: the others are rendered once for all of them.
const cache = mkdtempSync(path.join(tmpdir(), "rzp-guides-"));
afterAll(() => rmSync(cache, { recursive: true }));

test("guides show files", () => {
  expect(shown.map(({ guide }) => guide)).toEqual(
    expect.arrayContaining([
      "docs/guide-charts.md",
      "docs/guide-environment.md",
      "docs/guide-service.md",
    ]),
  );
});

describe.for(shown)("$guide", ({ blocks }) => {
  test("shows files that are right", async () => {
    using copy = createWorkingCopy(isNotRendered);
    const write = (file: string, text: string) => {
      mkdirSync(path.dirname(path.join(copy.root, file)), { recursive: true });
      writeFileSync(path.join(copy.root, file), text);
    };
    const unchecked = new Map<string, number>();
    for (const block of blocks) {
      // A file is checked before the page shows another state of it; the last state of all is rendered.
      if (unchecked.has(block.file)) await expectRight(copy.root, [...unchecked.values()]);
      if (unchecked.has(block.file)) unchecked.clear();
      unchecked.set(block.file, block.line);
      write(block.file, block.info === "ts fields" ? around(block) : block.text);
      const service = /^charts\/services\/([^/]+)\/values\.ts$/.exec(block.file)?.[1];
      if (service !== undefined)
        write(
          enabledIn,
          withService(readFileSync(path.join(copy.root, enabledIn), "utf8"), service),
        );
    }
    const { exitCode, stderr } = await callCommand(["check"], {
      cwd: copy.root,
      env: { ...process.env, RZP_CACHE: cache },
    });
    expect(exitCode, stderr).toBe(0);
  });
});

/** Without the rendered tree there is nothing to compare names with, and much less to copy. */
const isNotRendered = (file: string) => !file.startsWith("kubernetes/");

async function expectRight(root: string, lines: readonly number[]): Promise<void> {
  const { problems } = await buildPlatform(readTree(root));
  const told = problems.map(({ code, message, place }) => `${code} ${place.file} ${message}`);
  expect(told, `blocks of lines ${lines.join(", ")}`).toEqual([]);
}

/** A whole file for fields that are shown alone. */
function around({ text }: Block): string {
  return `import * as rzp from "#rzp";
const { because, cache, cluster, database, file, from, hostPath, lan, pod, scratch, secret, share, state, token } = rzp;
export default rzp.defineService({ tier: "apps", about: "A service around what is shown", image: "ghcr.io/example/shown:1.0.0", ports: { http: 8080 }, health: { http: "/" },
${text}
});
`;
}
