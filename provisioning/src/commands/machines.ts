/** Machines of a cluster, from what is planned to what is done. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import * as engine from "../engine/run.ts";
import type { Run } from "../engine/run.ts";
import type { Facts } from "../facts.ts";
import { guard } from "../guard.ts";
import { openInfra, type Infra } from "../infra.ts";
import type { Order } from "./order.ts";
import { say } from "./order.ts";
import { changesText } from "./text.ts";

type Problems = Promise<readonly Problem[]>;

/** What would change on the hosts, as they are now. */
export async function previewMachines(order: Order, facts: Facts): Problems {
  const infra = await openInfra(order.root, facts);
  if (!("stack" in infra)) return infra;
  if (infra.hindrances.length > 0) return infra.hindrances;
  return plan(order, infra, engine.preview);
}

/** Makes them what the facts say. */
export async function makeMachines(order: Order, facts: Facts): Problems {
  const { cluster, phases } = order;
  const infra = await phases.phase("preflight", () => openInfra(order.root, facts));
  if (!("stack" in infra)) return infra;
  if (infra.hindrances.length > 0) return infra.hindrances;
  if (infra.interrupted) await phases.phase("settle", () => engine.settle(cluster, infra.stack));
  const planned = await phases.phase("preview", () => plan(order, infra, engine.preview));
  if (planned.length > 0) return planned;
  return phases.phase("machines", () => carryOut(order, infra, engine.up));
}

/** Removes them. */
export async function removeMachines(order: Order, facts: Facts): Problems {
  const { phases } = order;
  const infra = await openInfra(order.root, facts);
  if (!("stack" in infra)) return infra;
  const planned = await phases.phase("preview", () => plan(order, infra, engine.previewDestroy));
  if (planned.length > 0) return planned;
  return phases.phase("machines", () => carryOut(order, infra, engine.destroy));
}

type Ask = (cluster: string, stack: Infra["stack"]) => Promise<Run>;

async function plan({ cluster, allow }: Order, { stack }: Infra, ask: Ask): Problems {
  const { changes, problems } = await ask(cluster, stack);
  say(changesText(changes, "will"));
  return [...problems, ...guard(cluster, changes, allow)];
}

async function carryOut({ cluster }: Order, { stack }: Infra, ask: Ask): Problems {
  const { changes, problems } = await ask(cluster, stack);
  say(changesText(changes, "did"));
  return problems;
}

/** Takes away the lock that a killed command has left. */
export async function freeState(order: Order, facts: Facts): Problems {
  const infra = await openInfra(order.root, facts);
  if (!("stack" in infra)) return infra;
  await infra.stack.cancel();
  say(`the state of ${order.cluster} is free\n`);
  return [];
}
