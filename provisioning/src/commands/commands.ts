/** What `npm run infra` does, a function each. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import {
  destroy as destroyAll,
  preview as previewAll,
  previewDestroy,
  settle,
  up as upAll,
} from "../engine/run.ts";
import type { Run } from "../engine/run.ts";
import { guard } from "../guard.ts";
import { openInfra, placed, type Infra } from "../infra.ts";
import { readFacts } from "../facts.ts";
import { neededRights, tokenCommands } from "../proxmox/rights.ts";
import { changesText } from "./text.ts";
import { startTimer, type Timer } from "./timer.ts";

export interface Order {
  readonly root: string;
  readonly cluster: string;
  /** Names of what may be lost. */
  readonly allow: readonly string[];
}

type Problems = Promise<readonly Problem[]>;

const say = (text: string): void => void process.stdout.write(text);
const timer = (): Timer => startTimer((line) => void process.stderr.write(`${line}\n`));

/** What would change, on the hosts as they are. Changes nothing. */
export async function preview(order: Order): Problems {
  const phases = timer();
  const infra = await openInfra(order.root, order.cluster);
  if (!("stack" in infra)) return infra;
  if (infra.hindrances.length > 0) return infra.hindrances;
  const { problems } = await plan(order, infra, phases, previewAll);
  return problems;
}

/** Makes the cluster what its facts say. */
export async function up(order: Order): Problems {
  const phases = timer();
  const infra = await openInfra(order.root, order.cluster);
  if (!("stack" in infra)) return infra;
  if (infra.interrupted) await phases.phase("settle", () => settle(order.cluster, infra.stack));
  if (infra.hindrances.length > 0) return infra.hindrances;
  const planned = await plan(order, infra, phases, previewAll);
  if (planned.problems.length > 0) return planned.problems;
  return carryOut(infra, () => phases.phase("machines", () => upAll(order.cluster, infra.stack)));
}

/** Removes everything the cluster has made. */
export async function destroy(order: Order): Problems {
  const phases = timer();
  const infra = await openInfra(order.root, order.cluster);
  if (!("stack" in infra)) return infra;
  const planned = await plan(order, infra, phases, previewDestroy);
  if (planned.problems.length > 0) return planned.problems;
  return carryOut(infra, () =>
    phases.phase("machines", () => destroyAll(order.cluster, infra.stack)),
  );
}

async function plan(
  { cluster, allow }: Order,
  { facts, stack }: Infra,
  phases: Timer,
  ask: typeof previewAll,
): Promise<Run> {
  const planned = await phases.phase("preview", () => ask(cluster, stack));
  say(changesText(planned.changes, "will"));
  const problems = [...planned.problems, ...guard(cluster, planned.changes, allow)];
  return { ...planned, problems: await placed(facts, problems) };
}

async function carryOut({ facts }: Infra, work: () => Promise<Run>): Problems {
  const done = await work();
  say(changesText(done.changes, "did"));
  return placed(facts, done.problems);
}

/** What the state knows, without asking the hosts to change. */
export async function status(order: Order): Problems {
  const infra = await openInfra(order.root, order.cluster);
  if (!("stack" in infra)) return infra;
  const { changes, problems } = await previewAll(order.cluster, infra.stack);
  say(changesText(changes, "will"));
  return [...infra.hindrances, ...(await placed(infra.facts, problems))];
}

/** Takes the lock that a killed command has left. */
export async function unlock(order: Order): Problems {
  const infra = await openInfra(order.root, order.cluster);
  if (!("stack" in infra)) return infra;
  await infra.stack.cancel();
  say(`the state of ${order.cluster} is free\n`);
  return [];
}

/** Prints the commands that make a token with the rights that are needed, no more. */
export async function token({ root, cluster }: Order): Problems {
  const facts = await readFacts(root, cluster);
  if (!("cluster" in facts)) return facts;
  const { machines } = facts.cluster;
  say(
    machines === undefined
      ? `${cluster} makes no machines, so it needs no token.\n`
      : [
          "# On a host with Proxmox VE, as root; the last one prints the token, once:",
          ...tokenCommands(neededRights(machines)),
          "# Then here: export PROXMOX_VE_API_TOKEN='rzp@pve!infra=<the value>'",
          "",
        ].join("\n"),
  );
  return [];
}
