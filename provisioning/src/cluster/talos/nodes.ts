/** Asks nodes, one question a function: through talosctl, each node at its own address. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Talosctl } from "./talosctl.ts";
import { TalosctlFailed } from "./talosctl.ts";

export interface NodeClient {
  readonly talosctl: Talosctl;
  /** A file with what a client shows; undefined while there are no secrets. */
  readonly talosconfig: string | undefined;
}

/**
 * `maintenance`: it has no configuration. `ours`: it has one of this cluster. `foreign`: it answers, and wants another authority's
 * certificate. `away`: it does not answer.
 */
export type NodeState = "maintenance" | "ours" | "foreign" | "away";

/** Where Talos listens ("Network Connectivity"). */
export const apiPort = 50_000;

const quick = { seconds: 10 };

/** Arguments that lead to one node, and to no other first. */
export const at = ({ talosconfig }: NodeClient, address: string): string[] => [
  ...(talosconfig === undefined ? [] : [`--talosconfig=${talosconfig}`]),
  `--endpoints=${address}`,
  `--nodes=${address}`,
];

export async function stateOf(client: NodeClient, address: string): Promise<NodeState> {
  const { talosctl, talosconfig } = client;
  const said: string[] = [];
  const asks = [
    ...(talosconfig === undefined ? [] : [{ state: "ours", args: at(client, address) } as const]),
    { state: "maintenance", args: ["--insecure", `--nodes=${address}`] } as const,
  ];
  for (const { state, args } of asks) {
    try {
      await talosctl(["version", ...args], quick);
      return state;
    } catch (error) {
      said.push(messageOf(error));
    }
  }
  // Who refuses whoever comes without the right certificate may do so in the middle of a word (broken pipe).
  return said.some(isSilence) ? "away" : "foreign";
}

const isSilence = (text: string): boolean =>
  /connection refused|no route|i\/o timeout|no answer within|DeadlineExceeded/i.test(text);

/** Out: version it runs; undefined where it does not answer. */
export async function versionOf(client: NodeClient, address: string): Promise<string | undefined> {
  const text = await quietly(client.talosctl(["version", ...at(client, address)], quick));
  return text === undefined ? undefined : /NODE:[\s\S]*?Tag:\s+(v\S+)/.exec(text)?.[1];
}

/** Out: what changes with each start; undefined where it does not answer. */
export async function bootOf(client: NodeClient, address: string): Promise<string | undefined> {
  const args = ["read", "/proc/sys/kernel/random/boot_id", ...at(client, address)];
  return (await quietly(client.talosctl(args, quick)))?.trim();
}

/** Out: names of etcd's members as this one knows them; undefined where its etcd does not answer. */
export async function membersOf(
  client: NodeClient,
  address: string,
): Promise<readonly string[] | undefined> {
  const text = await quietly(client.talosctl(["etcd", "members", ...at(client, address)], quick));
  const rows = text === undefined ? [] : rowsOf(text);
  return rows.length === 0 ? undefined : rows.map((row) => row["HOSTNAME"] ?? "");
}

/** Out: services that are not well, of those that have a health; undefined where it does not answer. */
export async function illServices(
  client: NodeClient,
  address: string,
): Promise<readonly string[] | undefined> {
  const text = await quietly(client.talosctl(["service", ...at(client, address)], quick));
  if (text === undefined) return undefined;
  const watched = rowsOf(text).filter(({ SERVICE }) => SERVICE === "kubelet" || SERVICE === "etcd");
  if (watched.length === 0) return ["kubelet"];
  return watched.flatMap(({ SERVICE = "", HEALTH }) => (HEALTH === "OK" ? [] : [SERVICE]));
}

/** In: a table whose columns are apart by two blanks or more. */
function rowsOf(text: string): Record<string, string>[] {
  const [head = "", ...rows] = text.trim().split("\n");
  const names = head.split(/\s{2,}/);
  return rows.map((row) => {
    const cells = row.split(/\s{2,}/);
    return Object.fromEntries(
      names.map((name, index) => [name.trim(), (cells[index] ?? "").trim()]),
    );
  });
}

/** Out: what was said; undefined where talosctl failed. */
async function quietly(asked: Promise<string>): Promise<string | undefined> {
  return asked.catch((error: unknown) => {
    messageOf(error);
    return undefined;
  });
}

/** Throws what is a bug. */
function messageOf(error: unknown): string {
  if (!(error instanceof TalosctlFailed)) throw error;
  return error.message;
}

export interface Patience {
  readonly minutes: number;
  /** Hears what is waited for, each time that changes. */
  readonly report: (line: string) => void;
  /** Between two looks. */
  readonly everyMs?: number;
}

/** Waits until nothing is waited for. In: who says what is. Out: what still is when time is up; nothing when all is well. */
export async function untilNothing(
  look: () => Promise<readonly string[]>,
  { minutes, report, everyMs = 2_000 }: Patience,
): Promise<readonly string[]> {
  const until = performance.now() + minutes * 60_000;
  let told = "";
  for (;;) {
    const waiting = await look();
    if (waiting.length === 0 || performance.now() > until) return waiting;
    const line = waiting.join("; ");
    if (line !== told) report(`waiting: ${line}`);
    told = line;
    await sleep(everyMs);
  }
}
