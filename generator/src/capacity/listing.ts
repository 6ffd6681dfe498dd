/** The same for machines: numbers are thousandths of a core and bytes. */
import type { ClusterDemand } from "./cluster.ts";
import type { Scenario, Verdict } from "./verdict.ts";
import { proofText } from "./words.ts";

export interface ListedCluster {
  readonly cluster: string;
  readonly environments: readonly string[];
  readonly pods: number;
  readonly reserve: { readonly service: string; readonly pods: readonly string[] } | null;
  /** Objects with pods that nobody knows: they are not counted. */
  readonly unknown: readonly string[];
  /** Components of charts whose requests nobody says: they are counted by what their namespace gives one container. */
  readonly assumed: readonly string[];
  readonly scenarios: readonly ListedScenario[];
}

interface ListedScenario {
  /** The node that is gone; null for none. */
  readonly without: string | null;
  readonly verdict: Verdict["says"];
  readonly proof?: string;
  readonly orders: { readonly placed: number; readonly tried: number };
  readonly nodes: readonly ListedNode[];
  readonly unplaced: readonly string[];
}

interface ListedNode {
  readonly name: string;
  readonly cpu: Use;
  readonly memory: Use;
  readonly pods: Use;
}
interface Use {
  readonly asked: number;
  readonly allocatable: number;
}

export function listCluster(
  { name, environments, pods, reserve, unknown, assumed }: ClusterDemand,
  scenarios: readonly Scenario[],
): ListedCluster {
  return {
    cluster: name,
    environments,
    pods: pods.length,
    reserve:
      reserve === undefined
        ? null
        : { service: reserve.service, pods: reserve.pods.map((pod) => pod.name) },
    unknown,
    assumed,
    scenarios: scenarios.map(listScenario),
  };
}

function listScenario({ without, verdict, placed, tried, shown }: Scenario): ListedScenario {
  return {
    without: without ?? null,
    verdict: verdict.says,
    ...(verdict.says === "cannot" ? { proof: proofText(verdict.proof) } : {}),
    orders: { placed, tried },
    nodes: shown.nodes.map(({ node, used }) => ({
      name: node.name,
      cpu: { asked: used.cpu, allocatable: node.room.cpu },
      memory: { asked: used.memory, allocatable: node.room.memory },
      pods: { asked: used.pods, allocatable: node.pods },
    })),
    unplaced: shown.unplaced.map((pod) => pod.name),
  };
}
