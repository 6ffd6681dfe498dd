/** `npm run capacity`: places every pod on the nodes of its cluster, and again with each node gone. */
import { clusterText } from "../capacity/bars.ts";
import { simulateCluster } from "../capacity/check.ts";
import { demandsOf } from "../capacity/cluster.ts";
import { listCluster } from "../capacity/listing.ts";
import { exitCodeOf } from "../problems/exit-code.ts";
import { placeProblems } from "../problems/place.ts";
import { unknownEnvironment } from "../scaffold/unknown-names.ts";
import type { Invocation } from "./arguments.ts";
import { askedPlatform } from "./platform.ts";
import { printProblems } from "../print-problems.ts";

/** Exit code: 0 where `check` finds nothing about capacity, 1 it finds something, 2 mistakes in authored files. */
export async function capacity(invocation: Invocation): Promise<0 | 1 | 2> {
  const { environment, format } = invocation;
  const platform = await askedPlatform(invocation);
  if (platform === undefined) return 2;
  const { tree, releases } = platform;
  const clusters = demandsOf(releases)
    .filter(({ environments }) => environment === undefined || environments.includes(environment))
    .map((demand) => ({ demand, ...simulateCluster(demand, "bars") }));
  if (environment !== undefined && clusters.length === 0) {
    printProblems(tree.root, [unknownEnvironment(environment, tree)], format);
    return 2;
  }
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
  if (format === "human") printProblems(tree.root, found, format);
  return exitCodeOf(found);
}
