/** Environments that would take a new service over and cannot run it as it is: they leave it out, and why is told. */
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Environment } from "../model/environment.ts";
import { environmentFile, overlayFile } from "../model/paths.ts";
import type { SourceTree } from "../model/tree.ts";
import { mergeProblems } from "../problems/merge.ts";
import type { Problem } from "../problems/problem.ts";
import { withoutInherited } from "../scaffold/edits/environment-file.ts";
import type { Invocation } from "./arguments.ts";
import { planRender } from "./plan-render.ts";

export interface Excluded {
  readonly environment: string;
  /** What is wrong with it there. */
  readonly why: readonly string[];
}

/** A new service, and what becomes of it and the others. */
export interface Joining {
  readonly name: string;
  /** Environments that would take it over. */
  readonly heirs: readonly string[];
  /** Whether a problem is that another service is still to come. */
  readonly isAwaited: (problem: Problem) => boolean;
}

/** In: an environment. Out: it and those that take its services over. */
export function takersOf(
  environments: ReadonlyMap<string, Environment>,
  environment: string,
): string[] {
  const takesOver = (name: string): boolean => {
    const base = environments.get(name)?.extends;
    return name === environment || (base !== undefined && takesOver(base));
  };
  return [...environments.keys()].filter(takesOver);
}

/**
 * In: the tree as it was before, where the new service is written by now; environments that say nothing of it. Out: those
 * that leave it out from now on. None where something is wrong in another environment too: that is to be mended, not left out.
 * That another service is still to come is no mistake of this one.
 */
export async function exclude(
  before: SourceTree,
  { name, heirs, isAwaited }: Joining,
  invocation: Invocation,
): Promise<Excluded[]> {
  if (heirs.length === 0) return [];
  const { problems } = await planRender(before.root, invocation);
  const errors = mergeProblems(problems.filter((problem) => !isAwaited(problem))).filter(
    ({ severity }) => severity === "error",
  );
  const isOfHeirs = errors.every(
    ({ environments = [] }) =>
      environments.length > 0 && environments.every((one) => heirs.includes(one)),
  );
  if (errors.length === 0 || !isOfHeirs) return [];
  const excluded = heirs.flatMap((environment) => {
    const mine = errors.filter(({ environments }) => environments?.includes(environment));
    return mine.length === 0 ? [] : [{ environment, why: mine.map(({ message }) => message) }];
  });
  for (const { environment } of excluded) {
    const file = environmentFile(environment);
    const text = withoutInherited(before.sources.get(file) ?? "", name);
    writeFileSync(path.join(before.root, file), text);
    // It was written for where the service runs.
    rmSync(path.join(before.root, overlayFile(environment, name)), { force: true });
  }
  const others = heirs.filter((heir) => excluded.every(({ environment }) => environment !== heir));
  return [...excluded, ...(await exclude(before, { name, heirs: others, isAwaited }, invocation))];
}

/** In: those that leave the new service out. Out: lines that tell it, and how it comes to run there. */
export const exclusionText = (excluded: readonly Excluded[]): string =>
  excluded
    .map(
      ({ environment, why }) =>
        `  ${environment} leaves it out, in without of ${environmentFile(environment)}: ${why.join("; ")}\n  to let it run there, take it out of that list and render: what to mend is told then\n`,
    )
    .join("");
