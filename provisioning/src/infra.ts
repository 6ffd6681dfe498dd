/** What every command on machines begins with: credentials, the engine with its state, a look at the hosts. */
import path from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import type { Problem } from "../../generator/src/problems/problem.ts";
import { ensureTool } from "../../generator/src/tools/ensure-tool.ts";
import { isProblem } from "../../generator/src/tools/problems.ts";
import { cloudflareBackend, leavingBackend, noBackend, type NamesBackend } from "./dns/backend.ts";
import { checkPlugin } from "./engine/cloudflare-plugin.ts";
import {
  readCloudflare,
  readCredentials,
  readPassphrase,
  type Credentials,
} from "./credentials.ts";
import { stateProblem } from "./engine/run.ts";
import { addPrograms, openStack } from "./engine/stack.ts";
import { readState, type KnownState } from "./engine/state.ts";
import type { Facts } from "./facts.ts";
import { programOf } from "./program.ts";
import { lookAtHosts, preflight } from "./proxmox/hosts.ts";
import { checkStolen } from "./proxmox/preflight.ts";
import { statePlace } from "./state-place.ts";
import type { Order } from "./order.ts";

/** The state of a cluster, with the engine that keeps it. */
export interface State {
  readonly stack: Stack;
  /** What secrets in it are encrypted with. */
  readonly passphrase: string;
  readonly known: KnownState;
  /** Folder of the engine. */
  readonly engine: string;
}

export interface Infra extends State {
  /** What stands against making it, found on the hosts. */
  readonly hindrances: readonly Problem[];
  /** Removes names that a run which was cut off had asked for. In: what the state knows. */
  readonly clear: (known: KnownState) => Promise<readonly Problem[]>;
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
  const state = await openWith({ root, environment }, facts, read.credentials.passphrase);
  if (!("stack" in state)) return state;
  const { known, stack } = state;
  const lacking = await bringPlugins(facts, state, environment);
  if (lacking !== undefined) return [lacking];
  const names = namesOf(facts, read.credentials, { known, environment });
  stack.workspace.program = programOf(facts, read.credentials, names);
  return {
    ...state,
    hindrances: [
      ...preflight(name, cluster, inventory, known.machines),
      ...(await names.hindrances(known)),
    ],
    clear: (now) => names.clear(now),
    stolen: inventory === undefined ? [] : checkStolen(name, known.machines, inventory),
  };
}

/** The same without asking the hosts: for when they do not answer. Problems: those of credentials, tools and state. */
export async function openState(
  { root, environment }: Pick<Order, "root" | "environment">,
  facts: Facts,
): Promise<State | readonly Problem[]> {
  const passphrase = readPassphrase(facts.name, environment);
  if (isProblem(passphrase)) return [passphrase];
  return openWith({ root, environment }, facts, passphrase);
}

async function openWith(
  asked: Pick<Order, "root" | "environment">,
  { name }: Facts,
  passphrase: string,
): Promise<State | readonly Problem[]> {
  const program = await ensureTool("pulumi");
  if (isProblem(program)) return [program];
  const engine = path.dirname(program);
  const { state, work } = statePlace(asked);
  const stack = await openStack({
    cluster: name,
    state,
    work,
    environment: asked.environment,
    passphrase,
    programs: [engine],
  });
  try {
    return { stack, passphrase, known: await readState(stack), engine };
  } catch (error) {
    const problem = error instanceof Error ? stateProblem(name, error) : undefined;
    if (problem === undefined) throw error;
    return [problem];
  }
}

/** Those of what the facts want, and of what the state knows: that goes when no fact wants it any more. */
async function bringPlugins(
  { cluster, names }: Facts,
  { stack, known, engine }: State,
  environment: Order["environment"],
): Promise<Problem | undefined> {
  if (cluster.machines !== undefined || known.names.length > 0) {
    const provider = await ensureTool("pulumi-resource-proxmoxve");
    if (isProblem(provider)) return provider;
    addPrograms(stack, [path.dirname(provider)]);
  }
  if (names === undefined && !knowsNames(known)) return undefined;
  return checkPlugin(environment["PATH"], [engine]);
}

const knowsNames = ({ kept, begun }: KnownState): boolean => kept.size + begun.size > 0;

interface Around {
  readonly known: KnownState;
  readonly environment: Order["environment"];
}

function namesOf(
  { name, names }: Facts,
  { cloudflare }: Credentials,
  { known, environment }: Around,
): NamesBackend {
  if (names !== undefined && cloudflare !== undefined)
    return cloudflareBackend(name, names, cloudflare);
  if (!knowsNames(known)) return noBackend;
  const access = readCloudflare(name, environment);
  // Where no token is given, the engine asks with the one of the last run, which the state holds.
  return leavingBackend(name, isProblem(access) ? undefined : access);
}
