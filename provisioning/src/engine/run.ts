/** One run of the engine: what it did, and what went wrong as problems. */
import { ConcurrentUpdateError } from "@pulumi/pulumi/automation/index.js";
import type { CommandError, EngineEvent, Stack } from "@pulumi/pulumi/automation/index.js";
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { isOfNames } from "../dns/cloudflare.ts";
import { remedyFor } from "../dns/remedies.ts";
import { changesOf, complaintsOf, doneChangesOf, type Change, type Complaint } from "./changes.ts";

export interface Run {
  /** What would change; of a run that changes things, what has. */
  readonly changes: readonly Change[];
  /** The same, and what it could not. */
  readonly begun: readonly Change[];
  readonly problems: readonly Problem[];
}

/** Copies of machines at once: Proxmox VE gives up waiting for its own locks when there are many. */
const parallel = 4;
/** Questions at once: they lock nothing. */
const questions = 16;

interface Options {
  readonly parallel: number;
  readonly suppressProgress: true;
  readonly color: "never";
  onEvent(event: EngineEvent): void;
}

/** In: the cluster, what to ask of its stack. Problems: STATE_LOCKED, STATE_UNREADABLE, CHANGE_FAILED. */
export async function run(
  cluster: string,
  ask: (options: Options) => Promise<unknown>,
  read: (events: readonly EngineEvent[]) => readonly Change[] = doneChangesOf,
): Promise<Run> {
  const events: EngineEvent[] = [];
  const options: Options = {
    parallel,
    suppressProgress: true,
    color: "never",
    onEvent: (event) => void events.push(event),
  };
  const problems = await ask(options).then(
    () => [],
    (error: CommandError) => problemsOf(cluster, error, complaintsOf(events)),
  );
  return { changes: read(events), begun: changesOf(events), problems };
}

/** What would change when the machines are as they are, not as they were left. The state stays as it is. */
export const preview = (cluster: string, stack: Stack): Promise<Run> =>
  run(
    cluster,
    (options) => stack.preview({ ...options, parallel: questions, refresh: true }),
    changesOf,
  );

/** Looks at the machines, and keeps what it saw in the state: what follows is about that, whatever happens meanwhile. What a killed engine had begun to make it keeps too. */
export const look = (cluster: string, stack: Stack): Promise<Run> =>
  run(cluster, (options) =>
    stack.refresh({
      ...options,
      // Tokens and addresses are those of now, not those of the last run.
      runProgram: true,
      parallel: questions,
    }),
  );

/** What would change, as it was last looked at. */
export const previewUp = (cluster: string, stack: Stack): Promise<Run> =>
  run(cluster, (options) => stack.preview(options), changesOf);

/** What a whole cluster's end would take, as it was last looked at. */
export const previewDestroy = (cluster: string, stack: Stack): Promise<Run> =>
  run(cluster, (options) => stack.previewDestroy({ ...options, runProgram: true }), changesOf);

/**
 * Makes things as they should be, as they were last looked at: nothing else than what was judged. The provider does not let a disk grow in the run that changes cores or memory, as it would
 * restart the machine for these; in the next one it does.
 */
export async function up(cluster: string, stack: Stack): Promise<Run> {
  const first = await run(cluster, (options) => stack.up(options));
  if (!first.problems.some(({ message }) => /requires the VM to be powered off/.test(message)))
    return first;
  // What the first run left half done is looked at.
  const second = await run(cluster, (options) => stack.up({ ...options, refresh: true }));
  const isReal = ({ deed }: Change): boolean => deed !== "keep";
  const done = new Set(
    [...first.changes, ...second.changes].filter(isReal).map(({ name }) => name),
  );
  // Of what both runs changed, the first one knew all fields.
  const told = first.begun.filter((one) => isReal(one) && done.has(one.name));
  const others = second.changes.filter(({ name }) => !told.some((one) => one.name === name));
  return { ...second, changes: [...told, ...others] };
}

/** A machine somebody removed by hand is no hindrance, as it was looked at first. */
export const destroy = (cluster: string, stack: Stack): Promise<Run> =>
  run(cluster, (options) => stack.destroy({ ...options, runProgram: true }));

function problemsOf(
  cluster: string,
  error: CommandError,
  complaints: readonly Complaint[],
): Problem[] {
  const ofState = stateProblem(cluster, error);
  if (ofState !== undefined) return [ofState];
  if (complaints.length === 0) throw error;
  return complaints.map((complaint) => failed(cluster, complaint));
}

/** In: what the engine threw. Out: STATE_LOCKED, STATE_UNREADABLE, or undefined where it is about something else. */
export function stateProblem(cluster: string, error: Error): Problem | undefined {
  if (error instanceof ConcurrentUpdateError) return locked(cluster);
  if (/the stack is currently locked by/.test(error.message)) return locked(cluster);
  return /incorrect passphrase/.test(error.message) ? wrongPassphrase(cluster) : undefined;
}

const locked = (cluster: string): Problem =>
  problemAt("STATE_LOCKED", clusterFile(cluster), [], {
    message: `another command works on ${cluster}, or one was killed and has left its lock`,
    expected: "one command at a time",
    fix: `wait for it; when none runs: npm run infra -- unlock ${cluster}`,
  });

const wrongPassphrase = (cluster: string): Problem =>
  problemAt("STATE_UNREADABLE", clusterFile(cluster), [], {
    message: `PULUMI_CONFIG_PASSPHRASE is not the one the state of ${cluster} was written with`,
    expected: "the passphrase of the first `up`",
    fix: "export the right one",
  });

/** What people can do, by what Proxmox VE or the provider says. */
const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /already exists in the datastore|refusing to override/i,
    "an image of this name is there and not ours: remove it on the host, if nobody needs it (pvesm free), and run the command again",
  ],
  [
    /can't lock file|got timeout/i,
    "something else works on the machine: wait, and run the command again",
  ],
  [
    /Permission check failed|\b(?:401|403) [A-Z]|HTTP 40[13]\b/,
    "the token lacks a privilege: `npm run infra -- token <cluster>` prints the commands",
  ],
  [
    /not enough space|no space left|out of space/i,
    "free space on the storage, or make disks smaller",
  ],
  [/checksum/i, "the image is not the one of the checksum: mend machines.image"],
  [/shrink/i, "disks only grow: write the size it has, or more"],
  [
    /No route to host|connection refused|timed? ?out|HTTP 595\b/i,
    "a host does not answer: start it, and run the command again",
  ],
];

function failed(cluster: string, { name, type, text }: Complaint): Problem {
  const ofNames = isOfNames(type);
  const remedy = ofNames
    ? remedyFor(cluster, text)
    : remedies.find(([said]) => said.test(text))?.[1].replace("<cluster>", cluster);
  const keys = ofNames ? ["publicNames"] : ["nodes", name ?? ""];
  return problemAt("CHANGE_FAILED", clusterFile(cluster), name === undefined ? [] : keys, {
    message: `${name ?? cluster}: ${text}`,
    expected: "that it is done",
    fix: remedy ?? "mend what it says and run the command again: what is done is kept",
  });
}
