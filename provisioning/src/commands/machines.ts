/** Machines of a cluster on hosts with Proxmox VE, from what is planned to what is done. */
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { choice, problemAt } from "../../../generator/src/problems/report.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { readToken } from "../credentials.ts";
import * as engine from "../engine/run.ts";
import type { Run } from "../engine/run.ts";
import { forgetBegun, forgetNames, readState } from "../engine/state.ts";
import { wantedMachines } from "../machines/wanted.ts";
import { lookAtHosts } from "../proxmox/hosts.ts";
import type { Guest } from "../proxmox/inventory.ts";
import type { Facts } from "../facts.ts";
import { guard } from "../guard.ts";
import { openInfra, openState, type Infra } from "../infra.ts";
import type { Order } from "../order.ts";
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
  const { phases } = order;
  const infra = await phases.phase("preflight", () => openInfra(order, facts));
  if (!("stack" in infra)) return infra;
  if (infra.hindrances.length > 0) return infra.hindrances;
  const unseen = await look(order, infra);
  if (unseen.length > 0) return unseen;
  const planned = await phases.phase("preview", () => plan(order, infra, engine.previewUp));
  if (planned.length > 0) return planned;
  return phases.phase("machines", () => carryOut(order, infra, engine.up));
}

/** Removes them. */
export async function removeMachines(order: Order, facts: Facts): Problems {
  const { phases } = order;
  const infra = await openInfra(order, facts);
  if (!("stack" in infra)) return infra;
  if (infra.stolen.length > 0) return infra.stolen;
  const unseen = await look(order, infra);
  if (unseen.length > 0) return unseen;
  const planned = await phases.phase("preview", () => plan(order, infra, engine.previewDestroy));
  if (planned.length > 0) return planned;
  return phases.phase("machines", () => carryOut(order, infra, engine.destroy));
}

/** Looks at what is there, as what follows is about that; removes what a run that was killed had begun, and nobody knows. */
async function look({ cluster, phases }: Order, { stack, known, clear }: Infra): Problems {
  // Of nothing there is nothing to see.
  if (known.isEmpty) return [];
  const { problems } = await phases.phase("look", () => engine.look(cluster, stack));
  return problems.length === 0 && known.interrupted ? clearUp(stack, clear) : problems;
}

/** It is forgotten last: whatever goes wrong before, the next run still knows that it is ours. */
async function clearUp(stack: Infra["stack"], clear: Infra["clear"]): Problems {
  // Read again: only now it is certain that nobody else is at work.
  const problems = await clear(await readState(stack));
  if (problems.length === 0) await forgetBegun(stack);
  return problems;
}

/** Tells how they stand on their hosts. */
export async function tellMachines(
  { environment, say }: Order,
  { name, cluster }: Facts,
): Problems {
  if (cluster.machines === undefined) return [];
  const token = readToken(name, environment);
  if (isProblem(token)) return [token];
  const inventory = await lookAtHosts(name, cluster, token);
  if (isProblem(inventory)) return [inventory];
  for (const machine of wantedMachines(name, cluster)) {
    const guest = inventory?.guests.find(({ id }) => id === machine.id);
    say(`${[machine.node, machine.id, machine.host, stateOf(guest, machine.name)].join("  ")}\n`);
  }
  return [];
}

function stateOf(guest: Guest | undefined, name: string): string {
  if (guest === undefined) return "is not there";
  if (guest.name !== name) return `is somebody else's: ${guest.name}`;
  return guest.running ? `runs on ${guest.host}` : `is stopped on ${guest.host}`;
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
  if (state.known.kept.size > 0)
    say("Public names stay as they are: they lead to the cluster, and to no host\n");
  return [];
}
