/** A local cluster for one file of proofs: started before them, ended after them in every outcome. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll } from "vitest";
import { startCluster, type LocalCluster } from "../../cluster/cluster.ts";
import { removeFolder } from "../../cluster/folder.ts";
import { startPlayground, type Playground } from "../../cluster/playground.ts";
import { killPrograms } from "../../cluster/process.ts";
import { ensurePrograms, type Programs } from "../../cluster/programs.ts";
import { readTree } from "../../src/load/tree.ts";
import type { Platform, Release } from "../../src/model/platform.ts";
import { buildPlatform } from "../../src/pipeline.ts";

export const root = path.resolve(import.meta.dirname, "../../..");

interface Ground {
  readonly folder: string;
  readonly programs: Programs;
  readonly platform: Platform;
}

/** However this process ends, what it started does too; only a killed one leaves something, and then the namespace ends it. */
const endings = ["exit", "SIGINT", "SIGTERM", "SIGHUP"] as const;

interface Stoppable {
  readonly stop: () => Promise<void>;
}

/**
 * Starts something before the tests of a file, and ends it after them. In: how it starts. Out: gives what was started, once
 * the tests run. Where a test fails the logs are kept, and where they are is printed.
 */
export function useStarted<T extends Stoppable>(start: (ground: Ground) => Promise<T>): () => T {
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-e2e-"));
  const killAll = (): void => killPrograms(folder);
  let started: T | undefined;
  const states: unknown[] = [];

  beforeAll(async () => {
    for (const event of endings) process.once(event, killAll);
    const programs = await allPrograms();
    const platform = await platformOf();
    const begin = performance.now();
    started = await start({ folder, programs, platform });
    figure("started in", performance.now() - begin);
  });
  afterEach(({ task }) => void states.push(task.result?.state));
  afterAll(async () => {
    await started?.stop();
    killAll();
    // Also where a hook failed and no test ran.
    const isRight = states.length > 0 && !states.includes("fail");
    if (!isRight) process.stdout.write(`logs are kept in ${folder}/log\n`);
    else await removeFolder(folder);
    for (const event of endings) process.off(event, killAll);
  });
  return () => {
    if (started === undefined) throw new Error("nothing has been started yet");
    return started;
  };
}

/** The control plane and nodes of an environment's cluster. In: whose requests are written down, too. */
export const useCluster = (
  environment: string,
  prepare: (cluster: LocalCluster, programs: Programs) => Promise<void>,
  audited: readonly string[] = [],
): (() => LocalCluster) =>
  useStarted(async ({ folder, programs, platform }) => {
    const facts = releasesOf(platform, environment)[0]?.facts.cluster;
    if (facts === undefined) throw new Error(`no service runs in ${environment}`);
    const cluster = await startCluster({ folder, programs, facts, audited });
    await prepare(cluster, programs);
    return cluster;
  });

/** The same with Argo CD and the repositories it reads; nothing is synced yet. */
export const usePlayground = (environment: string): (() => Playground) =>
  useStarted((ground) => startPlayground({ root, environment, ...ground }));

async function allPrograms(): Promise<Programs> {
  const programs = await ensurePrograms();
  if (!("etcd" in programs)) throw new Error(JSON.stringify(programs, undefined, 2));
  return programs;
}

/** The authored files of a repository; this one unless said. */
export async function platformOf(repository = root): Promise<Platform> {
  const { value, problems } = await buildPlatform(readTree(repository));
  if (value === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
  return value;
}

export const releasesOf = ({ releases }: Platform, environment: string): readonly Release[] =>
  releases.filter(({ facts }) => facts.name === environment);

/** Prints what a proof measured. In: what it is, milliseconds. */
export function figure(what: string, milliseconds: number): void {
  process.stdout.write(`${what} ${(milliseconds / 1000).toFixed(1)} s\n`);
}
