/**
 * The Kubernetes versions that rendered objects are checked against: each environment's is that of its
 * cluster, and only those whose schemas the validator carries can be asked for.
 */
import { evaluateFiles } from "../load/evaluate.ts";
import { clusterFile, renderedEnvironment } from "../model/paths.ts";
import { authoredFiles, readTree } from "../load/tree.ts";
import type { EnvironmentFacts } from "../model/platform.ts";
import { model } from "../judge.ts";
import { overlayEnvironment } from "../overlay/environment.ts";
import type { OverlaidEnvironment } from "../overlay/environment.ts";
import { mergeProblems } from "../problems/merge.ts";
import { placeProblems } from "../problems/place.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { validateTree } from "../validate/tree.ts";
import { toolProblem } from "./problems.ts";

/**
 * The minor versions whose schemas kubectl-validate carries; any other it would fetch from the internet,
 * unpinned. A test compares them with the pinned module.
 */
const carriedMinors = { oldest: 23, newest: 35 } as const;

export interface KubernetesVersions {
  /** Environment to its version, as `1.35`. */
  readonly versions: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** What was asked for by the flag goes for every environment. Problems: TOOL_NO_SCHEMAS. */
export function sameVersion(version: string, environments: readonly string[]): KubernetesVersions {
  if (isCarried(version))
    return { versions: new Map(environments.map((name) => [name, version])), problems: [] };
  const problem = toolProblem("TOOL_NO_SCHEMAS", {
    file: "package.json",
    ...noSchemas(version),
    fix: `say another --kubernetes-version, or none: then it is that of the cluster`,
  });
  return { versions: new Map(), problems: [problem] };
}

/**
 * Reads the version of each environment's cluster. In: the root, the environments that have rendered
 * files. Out: versions of those that can be checked. Problems: TOOL_NO_SCHEMAS, ENVIRONMENT_UNKNOWN, and
 * those of the authored files when an environment or its cluster cannot be read.
 */
export async function clusterVersions(
  root: string,
  environments: readonly string[],
): Promise<KubernetesVersions> {
  const tree = readTree(root);
  const evaluated = await evaluateFiles(root, authoredFiles(tree));
  const read = validateTree(tree, evaluated.values, model);
  const versions = new Map<string, string>();
  const problems: Problem[] = [];
  const unread: OverlaidEnvironment[] = [];
  for (const name of environments) {
    const overlaid = overlayEnvironment(tree, read.authored, name, model);
    const facts = overlaid.result?.facts;
    if (!tree.environments.includes(name)) problems.push(noEnvironment(name));
    else if (facts === undefined) unread.push(overlaid);
    else {
      const version = minorOf(facts.cluster.kubernetesVersion);
      if (isCarried(version)) versions.set(name, version);
      else problems.push(clusterRefused(facts, version));
    }
  }
  // Mistakes elsewhere in the authored files are for `npm run check` to tell.
  const told = unread.length === 0 ? [] : [{ ...evaluated, rejections: [] }, read, ...unread];
  const placed = await placeProblems(tree.sources, {
    problems: [...problems, ...told.flatMap((one) => one.problems)],
    rejections: told.flatMap((one) => one.rejections),
  });
  return { versions, problems: mergeProblems(placed) };
}

const minorOf = (version: string) => version.split(".").slice(0, 2).join(".");

const carriedVersions = Array.from(
  { length: carriedMinors.newest - carriedMinors.oldest + 1 },
  (_, index) => `1.${carriedMinors.oldest + index}`,
);

/** Says whether the validator has schemas of a version such as `1.35`. */
export const isCarried = (version: string) => carriedVersions.includes(version);

function noSchemas(version: string) {
  return {
    message: `kubectl-validate has no schemas of Kubernetes ${version}, so objects for it cannot be checked`,
    found: version,
    expected: `one of: ${carriedVersions.join(", ")}`,
  };
}

function clusterRefused({ clusterName, name }: EnvironmentFacts, version: string): Problem {
  const text = {
    ...noSchemas(version),
    fix: `pin a kubectl-validate that has them in tools/kubernetes/go.mod; until then: npm run validate -- --kubernetes-version 1.${carriedMinors.newest}`,
  };
  return problemAt("TOOL_NO_SCHEMAS", clusterFile(clusterName), ["kubernetesVersion"], text, name);
}

function noEnvironment(name: string): Problem {
  return toolProblem("ENVIRONMENT_UNKNOWN", {
    file: renderedEnvironment(name),
    message: `there is no environment \`${name}\`, so nobody knows which Kubernetes its objects are for`,
    fix: "render again, which removes its files: npm run render",
  });
}
