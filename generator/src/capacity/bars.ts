/** What people read in the terminal: a bar per node, and a verdict for each node that may go. */
import { bytesWords, coresWords, countWords } from "../model/units.ts";
import { sum } from "../release/resources/amounts.ts";
import type { ClusterDemand } from "./cluster.ts";
import type { NodeState } from "./filters.ts";
import type { Pod } from "./model.ts";
import { takesWorkloads } from "./nodes.ts";
import type { Scenario } from "./verdict.ts";
import { cores, memory, podNames, verdictText } from "./words.ts";

const width = 16;

export function clusterText(demand: ClusterDemand, scenarios: readonly Scenario[]): string {
  const [whole, ...losses] = scenarios;
  const blocks =
    whole === undefined
      ? []
      : [
          scenarioLines(whole),
          ...lossesWithoutEffect(whole, losses),
          ...losses.filter((loss) => hasEffect(whole, loss)).map(scenarioLines),
        ];
  return [heading(demand), ...blocks.flatMap((lines) => ["", ...lines]), "", ...notes(demand)]
    .map((line) => `${line}\n`)
    .join("");
}

/** Whether it goes otherwise than with all nodes: another verdict, or a pod that must move. What runs on every node goes with its node. */
const hasEffect = (whole: Scenario, { without, verdict }: Scenario) =>
  verdict.says !== whole.verdict.says ||
  [...whole.shown.at].some(([pod, { name }]) => name === without && pod.node === undefined);

/** One line for all nodes nobody would miss. */
function lossesWithoutEffect(whole: Scenario, losses: readonly Scenario[]): string[][] {
  const names = losses.flatMap((loss) => (hasEffect(whole, loss) ? [] : [loss.without]));
  const { says } = whole.verdict;
  return names.length === 0
    ? []
    : [[`without ${names.join(", ")}: ${says}${says === "fits" ? "" : ", as with all nodes"}`]];
}

function heading({ name, environments, nodes, pods }: ClusterDemand): string {
  const taking = nodes.filter(takesWorkloads).length;
  return `${name}: ${environments.join(", ")} on ${countWords(nodes.length, "node")}, ${taking} for workloads; ${countWords(pods.length, "pod")} ask for ${asksText(pods)}`;
}

function scenarioLines(scenario: Scenario): string[] {
  const { without, verdict, shown } = scenario;
  const name = without === undefined ? "all nodes" : `without ${without}`;
  return [
    `${name}: ${verdictText(verdict, scenario)}`,
    ...barLines(shown.nodes),
    ...(shown.unplaced.length === 0
      ? []
      : [`  left over: ${podNames(shown.unplaced)} (${asksText(shown.unplaced)})`]),
  ];
}

/** `2.1 cores and 4Gi` */
function asksText(pods: readonly Pod[]): string {
  const asks = sum(pods.map(({ set }) => set.asks));
  return `${coresWords(asks.cpu)} and ${bytesWords(asks.memory)}`;
}

function barLines(nodes: readonly NodeState[]): string[] {
  const rows = nodes.map(({ node, used }) => ({
    name: node.name,
    cpu: cell(used.cpu, node.room.cpu, cores),
    memory: cell(used.memory, node.room.memory, memory),
    pods: `${used.pods}/${node.pods} pods`,
  }));
  const widest = (of: (row: (typeof rows)[number]) => string) =>
    Math.max(0, ...rows.map((row) => of(row).length));
  const [name, cpu, room] = [
    widest((row) => row.name),
    widest((row) => row.cpu),
    widest((row) => row.memory),
  ];
  return rows.map(
    (row) =>
      `  ${row.name.padEnd(name)}  cpu ${row.cpu.padEnd(cpu)}  memory ${row.memory.padEnd(room)}  ${row.pods}`,
  );
}

function cell(used: number, there: number, words: (amount: number) => string): string {
  const share = there === 0 ? 1 : Math.min(1, used / there);
  const full = Math.ceil(share * width);
  return `${"█".repeat(full)}${"░".repeat(width - full)} ${words(used)}/${words(there)}`;
}

function notes({ reserve, unknown, assumed, nodes }: ClusterDemand): string[] {
  return [
    reserve === undefined
      ? "No room is kept for a restore drill: no service keeps data."
      : `Room is kept for a restore drill of ${reserve.service}, the largest service with data: ${countWords(reserve.pods.length, "pod")} once more, ${asksText(reserve.pods)}.`,
    ...(nodes.filter(takesWorkloads).length < 2
      ? ["Only one node takes workloads: nothing runs without it."]
      : []),
    ...(assumed.length === 0
      ? []
      : [
          `Counted by what the LimitRange of their namespace gives one container, since nothing says what their pods ask for: ${assumed.join(", ")}.`,
        ]),
    ...(unknown.length === 0
      ? []
      : [`Not counted, since nothing says what their pods ask for: ${unknown.join(", ")}.`]),
  ];
}
