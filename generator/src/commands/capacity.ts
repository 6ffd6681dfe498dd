/** `npm run capacity`: places every pod on the nodes of its cluster, and again with each node gone. */
import { clusterText } from "../capacity/bars.ts";
import { simulateCluster } from "../capacity/check.ts";
import { demandsOf } from "../capacity/cluster.ts";
import { listCluster } from "../capacity/listing.ts";
import { evaluateCached } from "../load/evaluate-cached.ts";
import { readTree } from "../load/tree.ts";
import { buildPlatform } from "../pipeline.ts";
import { exitCodeOf } from "../problems/exit-code.ts";
import { placeProblems } from "../problems/place.ts";
import { unknownEnvironment } from "../scaffold/unknown-names.ts";
import type { Invocation } from "./arguments.ts";
import { report } from "./report.ts";
import { generatorCache, repositoryRoot } from "./repository-paths.ts";

/** Exit code: 0 where `check` finds nothing about capacity, 1 it finds something, 2 mistakes in authored files. */
export async function capacity(invocation: Invocation): Promise<0 | 1 | 2> {
  const root = repositoryRoot();
  const tree = readTree(root);
  const { environment, format } = invocation;
  const { value, problems } = await buildPlatform(tree, evaluateCached(tree, generatorCache()));
  if (value === undefined) {
    report(root, problems, format);
    return 2;
  }
  if (environment !== undefined && !tree.environments.includes(environment)) {
    report(root, [unknownEnvironment(environment, tree.environments)], format);
    return 2;
  }
  const clusters = demandsOf(value.releases)
    .filter(({ environments }) => environment === undefined || environments.includes(environment))
    .map((demand) => ({ demand, ...simulateCluster(demand, "bars") }));
  process.stdout.write(
    format === "json"
      ? `${JSON.stringify(
          clusters.map(({ demand, scenarios }) => listCluster(demand, scenarios)),
          null,
          2,
        )}\n`
      : clusters.map(({ demand, scenarios }) => clusterText(demand, scenarios)).join("\n"),
  );
  const found = await placeProblems(tree.sources, {
    problems: clusters.flatMap((cluster) => cluster.problems),
    rejections: [],
  });
  // For a machine the answer is the simulation alone.
  if (format === "human") report(root, found, format);
  return exitCodeOf(found);
}
