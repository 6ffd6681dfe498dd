/** What `check` finds: a pod that fits nowhere, a cluster that is too small, one that does not stand the loss of a node. */
import { clusterFile, environmentFile } from "../model/paths.ts";
import type { Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { alwaysFits } from "./ample.ts";
import { demandsOf } from "./cluster.ts";
import type { ClusterDemand } from "./cluster.ts";
import { misfits } from "./misfits.ts";
import { takesWorkloads } from "./nodes.ts";
import { candidatesOf } from "./place.ts";
import { simulate } from "./verdict.ts";
import type { Scenario } from "./verdict.ts";
import { leftOver, proofText } from "./words.ts";

/** Problems: POD_FITS_NOWHERE, GPU_NOWHERE, CAPACITY_EXCEEDED, CAPACITY_NODE_LOSS. */
export function checkCapacity(releases: readonly Release[]): Problem[] {
  return demandsOf(releases).flatMap((demand) => {
    const { pods, nodes } = demand;
    const gone = nodesToLose(demand).length > 0 ? 1 : 0;
    return alwaysFits(pods, nodes, candidatesOf(pods, nodes), gone)
      ? []
      : simulateCluster(demand).problems;
  });
}

/** How many checks these are. They wait until all files are right. */
export const capacityRuleCount = 4;

/** In: a cluster and what it is asked for. Out: how it goes, with all nodes and without each, and what is wrong with it. */
export function simulateCluster(demand: ClusterDemand): {
  readonly scenarios: readonly Scenario[];
  readonly problems: readonly Problem[];
} {
  if (demand.nodes.length === 0) return { scenarios: [], problems: [] };
  const scenarios = simulate(demand.pods, demand.nodes, nodesToLose(demand));
  // A pod that fits nowhere makes every sum wrong, and is told by itself.
  const pods = scenarios[0]?.verdict.says === "cannot" ? misfits(demand) : [];
  return { scenarios, problems: pods.length > 0 ? pods : findings(demand, scenarios) };
}

/** A cluster of one node for workloads cannot stand its loss, and nobody expects it to. */
function nodesToLose({ nodes }: Pick<ClusterDemand, "nodes">): readonly string[] {
  return nodes.filter(takesWorkloads).length > 1 ? nodes.map(({ name }) => name) : [];
}

/** What is wrong with a cluster, told at the environment that carries it. */
function findings({ name, carrier }: ClusterDemand, scenarios: readonly Scenario[]): Problem[] {
  const [whole, ...losses] = scenarios;
  if (carrier === undefined || whole === undefined) return [];
  const file = environmentFile(carrier.name);
  const larger = `a node more, or a larger one, in ${clusterFile(name)}`;
  if (whole.verdict.says === "cannot")
    return [
      problemAt("CAPACITY_EXCEEDED", file, ["cluster"], {
        message: `the pods of \`${name}\` cannot all run: ${proofText(whole.verdict.proof)}`,
        found: JSON.stringify(name),
        expected: "room for every pod of its environments, and for a restore drill",
        fix: `write smaller sizes, a lower \`requests\` in an environment, or ${larger}; \`npm run capacity\` shows each node`,
      }),
    ];
  const failed = losses.filter(({ verdict }) => verdict.says !== "fits");
  const [worst] = failed.toSorted((a, b) => severity(b) - severity(a));
  if (worst === undefined || carrier.environment.spareNode !== undefined) return [];
  return [
    problemAt("CAPACITY_NODE_LOSS", file, [], {
      message: `without ${failed.map(({ without }) => without).join(", or without ")} not every pod of \`${name}\` would run: ${reasonOf(worst)}`,
      expected: "room for every pod when any one node is gone",
      fix: `write smaller sizes, or ${larger}; or say why not: spareNode: because(false, "…")`,
    }),
  ];
}

const severity = ({ verdict }: Scenario) => (verdict.says === "cannot" ? 1 : 0);

const reasonOf = ({ verdict, shown }: Scenario) =>
  verdict.says === "cannot" ? proofText(verdict.proof) : leftOver(shown.unplaced);
