/** An environment keeps its name: what it bears is on the cluster, and a new one would find it taken. */
import { environmentFile, environmentOfRendered, renderedFolder } from "../model/paths.ts";
import type { Release } from "../model/platform.ts";
import type { ExistingFile, WritePlan } from "../output/files.ts";
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
