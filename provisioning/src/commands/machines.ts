/** Machines of a cluster, from what is planned to what is done. */
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { choice, problemAt } from "../../../generator/src/problems/report.ts";
import * as engine from "../engine/run.ts";
import type { Run } from "../engine/run.ts";
import { forgetNames } from "../engine/state.ts";
import type { Facts } from "../facts.ts";
import { guard } from "../guard.ts";
import { openInfra, openState, type Infra } from "../infra.ts";
import type { Order } from "./order.ts";
import { changesText } from "./text.ts";

type Problems = Promise<readonly Problem[]>;

/** What would change on the hosts, as they are now. */
export async function previewMachines(order: Order, facts: Facts): Problems {
  const infra = await openInfra(order, facts);
  if (!("stack" in infra)) return infra;
  const against = [...infra.stolen, ...infra.hindrances];
  if (against.length > 0) return against;
  return plan(order, infra, engine.preview);
}

/** Makes them what the facts say. */
export async function makeMachines(order: Order, facts: Facts): Problems {
  const { cluster, phases } = order;
  const infra = await phases.phase("preflight", () => openInfra(order, facts));
  if (!("stack" in infra)) return infra;
  if (infra.hindrances.length > 0) return infra.hindrances;
  if (infra.known.interrupted) {
    const unsettled = await phases.phase("settle", () => settle(cluster, infra));
    if (unsettled.length > 0) return unsettled;
  }
  const planned = await phases.phase("preview", () => plan(order, infra, engine.preview));
  if (planned.length > 0) return planned;
  return phases.phase("machines", () => carryOut(order, infra, engine.up));
}

/** Removes them. */
export async function removeMachines(order: Order, facts: Facts): Problems {
  const { phases } = order;
  const infra = await openInfra(order, facts);
  if (!("stack" in infra)) return infra;
  if (infra.stolen.length > 0) return infra.stolen;
  const planned = await phases.phase("preview", () => plan(order, infra, engine.previewDestroy));
  if (planned.length > 0) return planned;
  const left = await phases.phase("machines", () => carryOut(order, infra, engine.destroy));
  return left.length === 0 && infra.known.interrupted ? infra.clear() : left;
}

/** Forgets what a run that was killed had begun, unless it still runs, and removes what nobody knows any more. */
async function settle(cluster: string, { stack, clear }: Infra): Problems {
  const { problems } = await engine.settle(cluster, stack);
  const isLocked = problems.some(({ code }) => code === "STATE_LOCKED");
  return isLocked ? problems : clear();
}

type Ask = (cluster: string, stack: Infra["stack"]) => Promise<Run>;

async function plan({ cluster, allow, say }: Order, { stack }: Infra, ask: Ask): Problems {
  const { changes, problems } = await ask(cluster, stack);
  say(changesText(changes, "will"));
  return [...problems, ...guard(cluster, changes, allow)];
}

async function carryOut({ cluster, say }: Order, { stack }: Infra, ask: Ask): Problems {
  const { changes, problems } = await ask(cluster, stack);
  say(changesText(changes, "did"));
  return problems;
}

/** Takes away the lock that a killed command has left. */
export async function freeState(order: Order, facts: Facts): Problems {
  const state = await openState(order, facts);
  if (!("stack" in state)) return state;
  await state.stack.cancel();
  order.say(`the state of ${order.cluster} is free\n`);
  return [];
}

/** Takes out of the state what is lost with its host, so that it can be made on another. Named by --allow. */
export async function forget(order: Order, facts: Facts): Problems {
  const { cluster, allow, say } = order;
  const state = await openState(order, facts);
  if (!("stack" in state)) return state;
  const [first = "<node>"] = state.known.names;
  const unknown = allow.find((name) => !state.known.names.includes(name));
  if (allow.length === 0 || unknown !== undefined) {
    return [
      problemAt("CHANGE_GUARDED", clusterFile(cluster), [], {
        message: unknown === undefined ? "nothing is named" : `the state knows no ${unknown}`,
        ...choice(unknown ?? "", state.known.names, `--allow ${first}`),
      }),
    ];
  }
  await forgetNames(state.stack, allow);
  say(`${allow.join(", ")} forgotten: what is left of it on its host is yours to remove\n`);
  return [];
}
