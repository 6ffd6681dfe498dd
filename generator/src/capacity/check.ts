/** What `check` finds: a pod that fits nowhere, a cluster that is too small, one that does not stand the loss of a node. */
import { environmentFile } from "../model/paths.ts";
import type { Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { alwaysFits } from "./ample.ts";
import { largestAskers } from "./askers.ts";
import { demandsOf } from "./cluster.ts";
import type { ClusterDemand } from "./cluster.ts";
import { misfits } from "./misfits.ts";
import { takesWorkloads } from "./nodes.ts";
import { candidatesOf } from "./place.ts";
import { remedyOf } from "./remedies.ts";
import { simulate } from "./verdict.ts";
import type { Scenario } from "./verdict.ts";
import { countWords } from "../model/units.ts";
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

/** In: a cluster and what is asked of it; `bars` where its bars are printed above, so that messages need not repeat reasons. Out: whether all pods run, with all nodes and without each, and what is wrong. */
export function simulateCluster(
  demand: ClusterDemand,
  beside: "alone" | "bars" = "alone",
): {
  readonly scenarios: readonly Scenario[];
  readonly problems: readonly Problem[];
} {
  if (demand.nodes.length === 0) return { scenarios: [], problems: [] };
  const scenarios = simulate(demand.pods, demand.nodes, nodesToLose(demand));
  // A pod that fits nowhere makes every sum wrong, and is told by itself.
  const pods = scenarios[0]?.verdict.says === "cannot" ? misfits(demand) : [];
  return { scenarios, problems: pods.length > 0 ? pods : findings(demand, scenarios, beside) };
}

/** A cluster of one node for workloads cannot stand its loss, and nobody expects it to. */
function nodesToLose({ nodes }: Pick<ClusterDemand, "nodes">): readonly string[] {
  return nodes.filter(takesWorkloads).length > 1 ? nodes.map(({ name }) => name) : [];
}

/** What is wrong with a cluster, told at the environment that carries it. */
function findings(
  demand: ClusterDemand,
  scenarios: readonly Scenario[],
  beside: "alone" | "bars",
): Problem[] {
  const { name, carrier } = demand;
  const [whole, ...losses] = scenarios;
  if (carrier === undefined || whole === undefined) return [];
  const file = environmentFile(carrier.name);
  const because = (text: string) => (beside === "bars" ? "" : text);
  if (whole.verdict.says !== "fits") {
    const smaller = "write smaller sizes, a lower `requests` in an environment";
    return [
      problemAt("CAPACITY_EXCEEDED", file, ["cluster"], {
        message: `the pods of \`${name}\` ${whole.verdict.says === "cannot" ? "cannot" : "may not"} all run${because(`: ${reasonOf(whole)}`)}`,
        found: JSON.stringify(name),
        expected: `room for every pod of its environments, and for a restore drill${whole.verdict.says === "tight" ? ", in whatever order they come" : ""}`,
        fix: `${remedyOf(whole, demand, smaller)}${because("; `npm run capacity` shows each node")}`,
        related: askersOf(demand, whole),
      }),
    ];
  }
  // With all nodes everything fits, so each of these fails because its node is gone.
  const failed = losses.filter(({ verdict }) => verdict.says !== "fits");
  const [worst] = failed.toSorted((a, b) => severity(b) - severity(a));
  if (worst === undefined || carrier.environment.spareNode !== undefined) return [];
  return [
    problemAt("CAPACITY_NODE_LOSS", file, [], {
      message:
        beside === "bars"
          ? `not every pod of \`${name}\` would run ${failed.map(nameOf).join(", nor ")}`
          : `not every pod of \`${name}\` would run ${lossesText(failed)}`,
      expected: "room for every pod when any one node is gone",
      fix: `${remedyOf(worst, demand, "write smaller sizes")}; or say why not: spareNode: because(false, "say why here")`,
      related: askersOf(demand, worst),
    }),
  ];
}

const severity = ({ verdict }: Scenario) => (verdict.says === "cannot" ? 1 : 0);
const nameOf = ({ without }: Scenario) => `without ${without}`;

const toldLosses = 3;

/** Each node with its own reason, those with the same one together. */
function lossesText(failed: readonly Scenario[]): string {
  const reasons = [...Map.groupBy(failed, reasonOf)];
  const more = reasons.slice(toldLosses).flatMap(([, mine]) => mine);
  const told = reasons
    .slice(0, toldLosses)
    .map(([reason, mine]) => `${mine.map(nameOf).join(", nor ")}: ${reason}`);
  return [...told, ...(more.length === 0 ? [] : [more.map(nameOf).join(", nor ")])].join("; nor ");
}

const reasonOf = ({ verdict, shown, placed, tried }: Scenario) =>
  verdict.says === "cannot"
    ? proofText(verdict.proof)
    : `in ${tried - placed} of ${countWords(tried, "order")} in which they may come, as when they come ${verdict.says === "tight" ? verdict.orders[0] : ""}, ${leftOver(shown.unplaced)}`;

/** Of a sum those that are in it, of a port those that take it; of one pod only its own service; all where it depends on the order. */
function askersOf(demand: ClusterDemand, { verdict }: Scenario) {
  if (verdict.says !== "cannot") return largestAskers(demand, demand.pods, "memory");
  const { proof } = verdict;
  if (proof.kind === "port") {
    const pods = new Set(proof.clashes.flatMap((clash) => clash.pods));
    return largestAskers(demand, [...pods], "pods");
  }
  return proof.kind === "sum"
    ? largestAskers(demand, proof.pods, proof.resource)
    : largestAskers(demand, [proof.pod], "memory");
}
