/** What `npm run infra` does, a function each: top to bottom what it takes from hosts to services. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { namesTokens } from "../dns/tokens.ts";
import { placed, readFacts, type Facts } from "../facts.ts";
import { neededRights, tokenCommands, userOf } from "../proxmox/rights.ts";
import { handOver } from "./argo-cd.ts";
import { backUp, restore as bringBack } from "./backups.ts";
import {
  forget as forgetMachines,
  freeState,
  makeMachines,
  previewMachines,
  removeMachines,
} from "./machines.ts";
import type { Order } from "./order.ts";
import { tellStatus } from "./status.ts";

type Problems = Promise<readonly Problem[]>;

/** Facts first; problems with line and column at the end. */
const command =
  (work: (order: Order, facts: Facts) => Problems) =>
  async (order: Order): Problems => {
    const facts = await readFacts(order.root, order.cluster);
    return "cluster" in facts ? placed(facts, await work(order, facts)) : facts;
  };

const makesMachines = ({ cluster }: Facts): boolean => cluster.machines !== undefined;
/** Whether there is anything for the engine. */
const makes = (facts: Facts): boolean => makesMachines(facts) || facts.names !== undefined;

/** Makes machines where the cluster has some, and gives it to Argo CD. */
export const up = command(async (order, facts) => {
  if (!makes(facts)) return handOver(order, facts);
  const problems = await makeMachines(order, facts);
  if (problems.length > 0) return problems;
  const isReached = (order.environment["KUBECONFIG"] ?? "") !== "";
  if (isReached || !makesMachines(facts)) return handOver(order, facts);
  order.say(
    `${facts.name} has its machines. Install Talos on them (docs/guide-machines.md), export KUBECONFIG, and run this again.\n`,
  );
  return [];
});

/** Tells what `up` would change. */
export const preview = command(async (order, facts) => {
  if (makes(facts)) return previewMachines(order, facts);
  order.say(`${facts.name} makes no machines and has no public names\n`);
  return [];
});

/** Removes what `up` has made. */
export const destroy = command(async (order, facts) => {
  if (makes(facts)) return removeMachines(order, facts);
  order.say(`${facts.name} has made no machines and no names, so there is nothing to remove\n`);
  return [];
});

/** Tells how machines and services stand. */
export const status = command(tellStatus);

/** Keeps the state in a file of its own. */
export const backup = command(backUp);

/** Brings it back. */
export const restore = command(bringBack);

/** Takes machines out of the state that are lost with their host. */
export const forget = command(forgetMachines);

/** Frees a state whose lock a killed command has left. */
export const unlock = command(freeState);

/** Prints the commands that make a token with the rights that are needed, no more. */
export const token = command(async ({ say }, { name, cluster, names }) => {
  const ofMachines =
    cluster.machines === undefined
      ? []
      : [
          "# On a host with Proxmox VE, as root; the last one prints the token, once:",
          ...tokenCommands(name, neededRights(cluster.machines)),
          `# Then here: export PROXMOX_VE_API_TOKEN='${userOf(name)}!infra=<the value>'`,
        ];
  const lines = [...ofMachines, ...(names === undefined ? [] : namesTokens(name, names))];
  say(
    lines.length === 0
      ? `${name} makes no machines and has no public names, so it needs no token.\n`
      : `${lines.join("\n")}\n`,
  );
  return [];
});
