/** Has etcd begun, once in the life of a cluster. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Problem } from "../../../../generator/src/problems/problem.ts";
import type { Site } from "./cluster.ts";
import { at, membersOf, type NodeClient } from "./nodes.ts";
import { nodeRefuses, notWhole } from "./problems.ts";
import type { KeptSecrets } from "./secrets.ts";
import { TalosctlFailed } from "./talosctl.ts";

/**
 * Who is to begin was written down before the first control plane got its configuration. Where nobody is, etcd began in an earlier run,
 * and is waited for: a second one would split the cluster. Problems: TALOS_FAILED, TALOS_NOT_WHOLE.
 */
export async function beginEtcd(
  { wanted, patience, order }: Site,
  client: NodeClient,
  { begins }: KeptSecrets,
): Promise<readonly Problem[]> {
  const members = wanted.nodes.filter(({ controlPlane }) => controlPlane);
  const first = members.find(({ name }) => name === begins);
  const until = performance.now() + patience.minutes * 60_000;
  let told = "";
  for (;;) {
    const known = await Promise.all(members.map(({ address }) => membersOf(client, address)));
    if (known.some((names) => names !== undefined)) return [];
    if (first !== undefined) {
      const refused = await bootstrap(client, first.address);
      if (refused === undefined) order.say(`${first.name} begins etcd\n`);
      else if (!isExpected(refused)) return [nodeRefuses(wanted.name, first.name, refused)];
    }
    if (performance.now() > until)
      return [notWhole(wanted.name, ["etcd of no control plane answers"], patience.minutes)];
    if (told === "") patience.report((told = "waiting: etcd of no control plane answers"));
    await sleep(patience.everyMs ?? 2_000);
  }
}

async function bootstrap(client: NodeClient, address: string): Promise<TalosctlFailed | undefined> {
  try {
    await client.talosctl(["bootstrap", ...at(client, address)]);
    return undefined;
  } catch (error) {
    if (!(error instanceof TalosctlFailed)) throw error;
    return error;
  }
}

/** It has begun before, cannot yet, or the connection broke, after which the next look tells. */
const isExpected = ({ message }: TalosctlFailed): boolean =>
  /AlreadyExists|FailedPrecondition|Unavailable|transport is closing|no answer within|connection refused/i.test(
    message,
  );
