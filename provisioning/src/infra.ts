/** What every command on machines begins with: credentials, the engine with its state, a look at the hosts. */
import path from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import type { Problem } from "../../generator/src/problems/problem.ts";
import { ensureTool } from "../../generator/src/tools/ensure-tool.ts";
import { isProblem } from "../../generator/src/tools/problems.ts";
import type { Cluster } from "../../generator/src/model/cluster.ts";
import { cloudflareBackend, noBackend, type NamesBackend } from "./dns/backend.ts";
import { checkPlugin } from "./dns/plugin.ts";
import { readCredentials, readPassphrase, type Credentials } from "./credentials.ts";
import { stateProblem } from "./engine/run.ts";
import { openStack } from "./engine/stack.ts";
import { readState, type KnownState } from "./engine/state.ts";
import type { Facts } from "./facts.ts";
import { lookAtHosts, preflight } from "./preflight.ts";
import { programOf } from "./program.ts";
import { checkStolen } from "./proxmox/preflight.ts";
import type { Order } from "./commands/order.ts";

/** The state of a cluster, with the engine that keeps it. */
export interface State {
  readonly stack: Stack;
  /** What secrets in it are encrypted with. */
  readonly passphrase: string;
  readonly known: KnownState;
}

export interface Infra extends State {
  /** What stands against making it, found on the hosts. */
  readonly hindrances: readonly Problem[];
  /** Removes names that a run which was cut off had asked for. */
  readonly clear: () => Promise<readonly Problem[]>;
  /** Guests that have the numbers of its machines, and are not its machines. */
  readonly stolen: readonly Problem[];
}

/** In: root of the repository, facts of a cluster. Problems: those of the hosts first, where they cannot be asked; then those of the state. */
export async function openInfra(
  { root, environment }: Pick<Order, "root" | "environment">,
  facts: Facts,
): Promise<Infra | readonly Problem[]> {
  const { name, cluster } = facts;
  const read = readCredentials(name, cluster, environment);
  if ("problems" in read) return read.problems;
  const inventory = await lookAtHosts(name, cluster, read.credentials.token);
  if (isProblem(inventory)) return [inventory];
  const state = await openWith({ root, environment }, facts, read.credentials);
  if (!("stack" in state)) return state;
  const { machines } = state.known;
  const names = namesOf(facts, read.credentials);
  return {
    ...state,
    hindrances: [
      ...preflight(name, cluster, inventory, machines),
      ...(await names.hindrances(state.known)),
    ],
    clear: () => names.clear(state.known),
    stolen: inventory === undefined ? [] : checkStolen(name, machines, inventory),
  };
}

/** The same without asking the hosts: for when they do not answer. Problems: those of credentials, tools and state. */
export async function openState(
  { root, environment }: Pick<Order, "root" | "environment">,
  facts: Facts,
): Promise<State | readonly Problem[]> {
  const passphrase = readPassphrase(facts.name, environment);
  if (isProblem(passphrase)) return [passphrase];
  return openWith({ root, environment }, facts, { token: "", passphrase });
}

async function openWith(
  { root, environment }: Pick<Order, "root" | "environment">,
  facts: Facts,
  credentials: Credentials,
): Promise<State | readonly Problem[]> {
  const { name, cluster } = facts;
  const programs = await ensurePrograms(cluster);
  if (isProblem(programs)) return [programs];
  const { passphrase, cloudflare } = credentials;
  const unable = cloudflare === undefined ? undefined : checkPlugin(environment["PATH"], programs);
  if (unable !== undefined) return [unable];
  const stack = await openStack({
    cluster: name,
    program: programOf(facts, credentials, namesOf(facts, credentials)),
    ...stateFolders(root, environment),
    environment,
    passphrase,
    programs,
  });
  try {
    return { stack, passphrase, known: await readState(stack) };
  } catch (error) {
    const problem = error instanceof Error ? stateProblem(name, error) : undefined;
    if (problem === undefined) throw error;
    return [problem];
  }
}

/** Not in git: state holds secrets, if encrypted ones. `RZP_STATE` is another folder, or a bucket (`s3://…`). */
function stateFolders(
  root: string,
  environment: Order["environment"],
): { state: string; work: string } {
  const folder = path.join(root, ".infra");
  const said = environment["RZP_STATE"] ?? "";
  const own = said === "" ? path.join(folder, "state") : said;
  return {
    state: own.includes("://") ? own : path.resolve(root, own),
    work: path.join(folder, "work"),
  };
}

/** Where no token is given, nothing is asked and nothing declared. */
const namesOf = ({ name, names }: Facts, { cloudflare }: Credentials): NamesBackend =>
  names === undefined || cloudflare === undefined
    ? noBackend
    : cloudflareBackend(name, names, cloudflare);

/** Folders of the engine and the provider of machines, built if need be. */
async function ensurePrograms({ machines }: Cluster): Promise<string[] | Problem> {
  const folders: string[] = [];
  const providers = machines === undefined ? [] : (["pulumi-resource-proxmoxve"] as const);
  for (const tool of ["pulumi", ...providers] as const) {
    const found = await ensureTool(tool);
    if (isProblem(found)) return found;
    folders.push(path.dirname(found));
  }
  return folders;
}
