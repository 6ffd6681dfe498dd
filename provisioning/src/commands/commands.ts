/** What `npm run infra` does, a function each: top to bottom what it takes from hosts to services. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { namesTokens } from "../dns/tokens.ts";
import { clusterOf } from "../cluster/cluster.ts";
import { upgradeTalos } from "../cluster/talos/upgrade.ts";
import { placed, readFacts, type Facts } from "../facts.ts";
import { neededRights, tokenCommands, userOf } from "../proxmox/rights.ts";
import { fillIn } from "../credential-stores/fill.ts";
import { handOver } from "./argo-cd.ts";
import { backUp, restore as bringBack } from "./backups.ts";
import { keepCredential } from "./credential.ts";
import { machineBackend } from "./machine-backends.ts";
import { forget as forgetMachines, freeState } from "./machines.ts";
import type { Order } from "../order.ts";
import { changePassphrase } from "./passphrase.ts";
import { tellStatus } from "./status.ts";

type Problems = Promise<readonly Problem[]>;

type Work = (order: Order, facts: Facts) => Problems;

/** Facts first; problems with line and column at the end. */
const withFacts =
  (work: Work) =>
  async (order: Order): Problems => {
    const facts = await readFacts(order.root, order.cluster);
    return "cluster" in facts ? placed(facts, await work(order, facts)) : facts;
  };

/** The same with credentials out of the store of the cluster, where they are not exported. */
const command = (work: Work, needs: "hosts" | "state" = "hosts") =>
  withFacts(async (order, facts) => {
    const filled = await fillIn(order, facts, needs);
    return "environment" in filled ? work(filled, facts) : filled;
  });

const makesMachines = ({ cluster }: Facts): boolean => cluster.machines !== undefined;

/** Makes machines where the cluster has some, and gives it to Argo CD. */
export const bringUp: Work = async (order, facts) => {
  const problems = await machineBackend(facts, order).up(order);
  if (problems.length > 0) return problems;
  const isThere =
    facts.cluster.talos !== undefined || (order.environment["KUBECONFIG"] ?? "") !== "";
  if (isThere || !makesMachines(facts)) return handOver(order, facts);
  order.say(
    `${facts.name} has its machines. Install Kubernetes on them (docs/guide-machines.md), export KUBECONFIG, and run this again.\n`,
  );
  return [];
};

export const up = command(bringUp);

/** Brings its nodes to the Talos and the Kubernetes of its facts, one after the other. */
export const upgrade = command(async (order, facts) => {
  if (facts.cluster.talos !== undefined) return upgradeTalos(order, facts);
  order.say(`nodes of ${facts.name} do not run Talos, so they are not upgraded from here\n`);
  return [];
});

/** Tells what `up` would change. */
export const preview = command(async (order, facts) => {
  const problems = await machineBackend(facts, order).preview(order);
  return problems.length > 0 ? problems : clusterOf(order, facts).preview();
});

/** Removes what `up` has made. */
export const destroy = command((order, facts) => machineBackend(facts, order).destroy(order));

/** Tells how machines and services stand. */
export const status = command(tellStatus);

/** Keeps the state in a file of its own. */
export const backup = command(backUp, "state");

/** Brings it back. */
export const restore = command(bringBack, "state");

/** Gives the state and what is sealed beside it another passphrase. */
export const passphrase = command(changePassphrase, "state");

/** Takes machines out of the state that are lost with their host. */
export const forget = command(forgetMachines, "state");

/** Frees a state whose lock a killed command has left. */
export const unlock = command(freeState, "state");

/** Prints the commands that make a token with the rights that are needed, no more. */
export const token = withFacts(async ({ say }, { name, cluster, names }) => {
  const ofMachines =
    cluster.machines === undefined
      ? []
      : [
          "# On a host with Proxmox VE, as root; the last one prints a new token, once, and voids the one before:",
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

/** Keeps what would else be exported. */
export const credential = withFacts(keepCredential);
