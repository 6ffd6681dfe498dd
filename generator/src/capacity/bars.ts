/** What people read in the terminal: a bar per node, and a verdict for each node that may go. */
import { sum } from "../release/room.ts";
import type { ClusterDemand } from "./cluster.ts";
import type { NodeState } from "./filters.ts";
import { takesWorkloads } from "./nodes.ts";
import type { Scenario } from "./verdict.ts";
import { cores, memory, plural, verdictText } from "./words.ts";

const width = 16;

export function clusterText(demand: ClusterDemand, scenarios: readonly Scenario[]): string {
  return [heading(demand), ...scenarios.flatMap((scenario) => ["", ...scenarioLines(scenario)]), ""]
    .concat(notes(demand))
    .map((line) => `${line}\n`)
    .join("");
}

function heading({ name, environments, nodes, pods }: ClusterDemand): string {
  const taking = nodes.filter(takesWorkloads).length;
  const asks = sum(pods.map(({ set }) => set.asks));
  return `${name}: ${environments.join(", ")} on ${plural(nodes.length, "node")}, ${taking} for workloads; ${plural(pods.length, "pod")} ask for ${cores(asks.cpu)} cores, ${memory(asks.memory)}`;
}

function scenarioLines(scenario: Scenario): string[] {
  const { without, verdict, shown } = scenario;
  const name = without === undefined ? "all nodes" : `without ${without}`;
  return [`${name}: ${verdictText(verdict, scenario)}`, ...barLines(shown.nodes)];
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

function notes({ reserve, unknown, nodes }: ClusterDemand): string[] {
  return [
    reserve === undefined
      ? "No room is kept for a restore drill: no service keeps data."
      : `Room is kept for a restore drill of ${reserve.service}, the largest service with data (${plural(reserve.pods.length, "pod")}).`,
    ...(nodes.filter(takesWorkloads).length < 2
      ? ["Only one node takes workloads: nothing runs without it."]
      : []),
    ...(unknown.length === 0
      ? []
      : [`Not counted, since nothing says what their pods ask for: ${unknown.join(", ")}.`]),
  ];
}
