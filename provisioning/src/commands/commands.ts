/** What `npm run infra` does, a function each: top to bottom what it takes from hosts to services. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { upgradeTalos } from "../cluster/talos/upgrade.ts";
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

/** Makes machines where the cluster has some, and gives it to Argo CD. */
export const up = command(async (order, facts) => {
  if (!makesMachines(facts)) return handOver(order, facts);
  const problems = await makeMachines(order, facts);
  if (problems.length > 0) return problems;
  const isThere =
    facts.cluster.talos !== undefined || (order.environment["KUBECONFIG"] ?? "") !== "";
  if (isThere) return handOver(order, facts);
  order.say(
    `${facts.name} has its machines. Install Kubernetes on them (docs/guide-machines.md), export KUBECONFIG, and run this again.\n`,
  );
  return [];
});

/** Brings its nodes to the Talos and the Kubernetes of its facts, one after the other. */
export const upgrade = command(async (order, facts) => {
  if (facts.cluster.talos !== undefined) return upgradeTalos(order, facts);
  order.say(`nodes of ${facts.name} do not run Talos, so they are not upgraded from here\n`);
  return [];
});

/** Tells what `up` would change. */
export const preview = command(async (order, facts) => {
  if (makesMachines(facts)) return previewMachines(order, facts);
  order.say(`${facts.name} makes no machines\n`);
  return [];
});

/** Removes what `up` has made. */
export const destroy = command(async (order, facts) => {
  if (makesMachines(facts)) return removeMachines(order, facts);
  order.say(`${facts.name} has made no machines, so there is nothing to remove\n`);
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
export const token = command(async ({ say }, { name, cluster }) => {
  say(
    cluster.machines === undefined
      ? `${name} makes no machines, so it needs no token.\n`
      : [
          "# On a host with Proxmox VE, as root; the last one prints the token, once:",
          ...tokenCommands(name, neededRights(cluster.machines)),
          `# Then here: export PROXMOX_VE_API_TOKEN='${userOf(name)}!infra=<the value>'`,
          "",
        ].join("\n"),
  );
  return [];
});
