/** What every command on machines begins with: credentials, the engine with its state, a look at the hosts. */
import path from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import type { Problem } from "../../generator/src/problems/problem.ts";
import { ensureTool } from "../../generator/src/tools/ensure-tool.ts";
import { isProblem } from "../../generator/src/tools/problems.ts";
import { readCredentials } from "./credentials.ts";
import { stateProblem } from "./engine/run.ts";
import { openStack } from "./engine/stack.ts";
import { readState } from "./engine/state.ts";
import type { Facts } from "./facts.ts";
import { lookAtHosts, preflight } from "./preflight.ts";
import { programOf } from "./program.ts";

export interface Infra {
  readonly stack: Stack;
  /** What secrets in the state are encrypted with. */
  readonly passphrase: string;
  readonly knowsMachines: boolean;
  /** An engine was killed in the middle of its work. */
  readonly interrupted: boolean;
  /** What stands against making it, found on the hosts. */
  readonly hindrances: readonly Problem[];
}

/** In: root of the repository, facts of a cluster. Problems: those of credentials, tools, state; of the hosts where they cannot be asked. */
export async function openInfra(root: string, facts: Facts): Promise<Infra | readonly Problem[]> {
  const { name, cluster } = facts;
  const read = readCredentials(name, process.env);
  if ("problems" in read) return read.problems;
  const { credentials } = read;
  const looking = lookAtHosts(name, cluster, credentials.token);
  const programs = await ensurePrograms();
  if (isProblem(programs)) return [programs];
  const stack = await openStack({
    cluster: name,
    program: programOf(name, cluster, credentials),
    ...stateFolders(root),
    passphrase: credentials.passphrase,
    programs,
  });
  const reading = readState(stack).catch((error: Error) => {
    const problem = stateProblem(name, error);
    if (problem === undefined) throw error;
    return problem;
  });
  const [inventory, known] = await Promise.all([looking, reading]);
  if (isProblem(inventory)) return [inventory];
  if (isProblem(known)) return [known];
  return {
    stack,
    passphrase: credentials.passphrase,
    knowsMachines: known.machineIds.size > 0,
    interrupted: known.interrupted,
    hindrances: preflight(name, cluster, inventory, known.machineIds),
  };
}

/** Not in git: state holds secrets, if encrypted ones. `RZP_STATE` is another folder, or a bucket (`s3://…`). */
function stateFolders(root: string): { state: string; work: string } {
  const folder = path.join(root, ".infra");
  return {
    state: process.env["RZP_STATE"] ?? path.join(folder, "state"),
    work: path.join(folder, "work"),
  };
}

/** Folders of the engine and the provider, built if need be. */
async function ensurePrograms(): Promise<string[] | Problem> {
  const folders: string[] = [];
  for (const tool of ["pulumi", "pulumi-resource-proxmoxve"] as const) {
    const found = await ensureTool(tool);
    if (isProblem(found)) return found;
    folders.push(path.dirname(found));
  }
  return folders;
}
