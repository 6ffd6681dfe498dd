/** Releases for tests that look at them all: of a build that failed there are none, and such a test would pass. */
import type { Evaluation } from "../../src/load/evaluate.ts";
import type { Release } from "../../src/model/platform.ts";
import type { SourceTree } from "../../src/model/tree.ts";
import { buildPlatform } from "../../src/pipeline.ts";

/** In: a tree, and what its files export unless they are run. Out: its releases; throws where there is a mistake. */
export async function releasesOf(
  tree: SourceTree,
  evaluated?: Evaluation | Promise<Evaluation>,
): Promise<readonly Release[]> {
  const { value, problems } = await buildPlatform(tree, evaluated);
  if (value === undefined)
    throw new Error(problems.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return value.releases;
}
