/** The platform a command is asked about. */
import { evaluateCached } from "../load/evaluate-cached.ts";
import { readTree } from "../load/tree.ts";
import type { Platform } from "../model/platform.ts";
import { buildPlatform } from "../pipeline.ts";
import type { Problem } from "../problems/problem.ts";
import { unknownEnvironment } from "../scaffold/unknown-names.ts";
import type { Invocation } from "./arguments.ts";
import { printProblems } from "../print-problems.ts";
import { generatorCache, repositoryRoot } from "./repository-paths.ts";

export interface AskedPlatform extends Platform {
  /** What is said of it and is no mistake. */
  readonly warnings: readonly Problem[];
}

/** In: what was asked. Out: the platform; undefined where mistakes, or an environment that is not there, were told. */
export async function askedPlatform({
  environment,
  format,
}: Invocation): Promise<AskedPlatform | undefined> {
  const root = repositoryRoot();
  const tree = readTree(root);
  const { value, problems } = await buildPlatform(tree, evaluateCached(tree, generatorCache()));
  if (value === undefined) {
    printProblems(root, problems, format);
    return undefined;
  }
  if (environment !== undefined && !tree.environments.includes(environment)) {
    printProblems(root, [unknownEnvironment(environment, tree)], format);
    return undefined;
  }
  return { ...value, warnings: problems };
}
