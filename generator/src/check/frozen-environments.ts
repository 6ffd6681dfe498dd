/**
 * An environment keeps its name: what it bears is on the cluster, and a new one would find it taken. And it stays on
 * its cluster: what it keeps is there, and another one would begin with nothing.
 */
import { clusterLabel } from "../model/names.ts";
import {
  environmentFile,
  environmentOfRendered,
  renderedEnvironment,
  renderedFolder,
  rootFile,
} from "../model/paths.ts";
import type { Release } from "../model/platform.ts";
import { at } from "../model/reading.ts";
import type { ExistingFile, WritePlan } from "../output/files.ts";
import { readObject } from "../output/read-object.ts";
import { problemAt } from "../problems/report.ts";
import type { FrozenChange } from "./frozen-change.ts";

/** In: the plan, the files there are, the releases. Out: FROZEN_NAME for an environment that goes while one comes that has its namespaces. */
export function renamedEnvironments(
  { writes, removals }: WritePlan,
  existing: readonly ExistingFile[],
  releases: readonly Release[],
): FrozenChange[] {
  const present = new Set(releases.map(({ facts }) => facts.name));
  const isNew = (name: string) =>
    !existing.some(({ path }) => environmentOfRendered(path) === name);
  const gone = namespacesIn(removals).filter(({ environment }) => !present.has(environment));
  if (gone.length === 0) return [];
  const come = namespacesIn(writes.map(({ path }) => path)).filter(({ environment }) =>
    isNew(environment),
  );
  return [...Map.groupBy(gone, ({ environment }) => environment)].flatMap(([old, namespaces]) =>
    namespaces
      .flatMap(({ path, name }) => {
        const taken = come.find((other) => other.name === name);
        return taken === undefined ? [] : [renamed(old, taken.environment, { path, name })];
      })
      .slice(0, 1),
  );
}

const namespaceFile = new RegExp(
  `^${renderedFolder("([^/]+)", "[^/]+")}/namespace-([^/]+)\\.yaml$`,
);

const namespacesIn = (paths: readonly string[]) =>
  paths.flatMap((path) => {
    const [, environment, name] = namespaceFile.exec(path) ?? [];
    return environment === undefined || name === undefined ? [] : [{ path, environment, name }];
  });

function renamed(
  old: string,
  next: string,
  { path, name }: { readonly path: string; readonly name: string },
): FrozenChange {
  const problem = problemAt("FROZEN_NAME", environmentFile(next), [], {
    message: `environment \`${old}\` is in use and would go`,
    found: `\`${next}\` instead, with namespace \`${name}\` and all that \`${old}\` keeps`,
    expected: `environment \`${old}\`: its Applications, stores and machine identities bear its name, and hold what is there`,
    fix: `git mv environments/${next} environments/${old}, and name ${old} where ${next} is named. Is ${next} another one, on another cluster, add it once a commit has taken ${old} away`,
  });
  return { path, problem, isMeant: false };
}

/** Whether a rendered file says on which cluster an environment is. */
export function isRootFile(path: string): boolean {
  const environment = environmentOfRendered(path);
  return environment !== undefined && path === rootFile(environment);
}

/**
 * In: the plan, the files there are. Out: FROZEN_NAME for an environment that would be on another cluster. No word lets it
 * through, but a commit without its files: none of them is in use over there. A root that names no cluster was rendered
 * before roots did, and says nothing.
 */
export function movedEnvironments(
  { writes }: WritePlan,
  existing: readonly ExistingFile[],
): FrozenChange[] {
  return writes
    .filter(({ path }) => isRootFile(path))
    .flatMap(({ path, content }) => {
      const environment = environmentOfRendered(path) ?? "";
      const old = clusterOf(existing.find((file) => file.path === path)?.content ?? "");
      const next = String(clusterOf(content));
      return typeof old !== "string" || old === next ? [] : [moved(environment, old, next)];
    });
}

const clusterOf = (root: string) => at(readObject(root), "metadata", "labels", clusterLabel);

function moved(environment: string, old: string, next: string): FrozenChange {
  const problem = problemAt("FROZEN_NAME", environmentFile(environment), ["cluster"], {
    message: `environment \`${environment}\` is in use on cluster \`${old}\` and would be on another`,
    found: `\`${next}\`, where it would begin with empty volumes and databases while \`${old}\` still runs all of it`,
    expected: `\`${old}\`: its volumes, its databases and what writes its backups stay there`,
    fix: `keep cluster: ${JSON.stringify(old)}. Is the move meant, end it on ${old} first, as docs/guide-environment.md says (Move an environment to another cluster), and take its files out of the last commit: git rm -r ${renderedEnvironment(environment)}, commit, then render. A cluster that only gets another name takes the same commit: change nothing else with it, as nothing is compared then`,
  });
  return { path: rootFile(environment), problem, isMeant: false };
}

/** In: changes of what is in use. Out: the same without those of an environment that would move: they follow from it. */
export function withoutFollowing(changes: readonly FrozenChange[]): FrozenChange[] {
  const roots = changes.map(({ path }) => path).filter(isRootFile);
  const moving = new Set(roots.map(environmentOfRendered));
  return changes.filter(({ path }) => isRootFile(path) || !moving.has(environmentOfRendered(path)));
}
