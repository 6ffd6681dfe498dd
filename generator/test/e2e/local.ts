/** A local cluster for one file of proofs: started before them, ended after them in every outcome. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll } from "vitest";
import { startCluster, type LocalCluster } from "../../cluster/cluster.ts";
import { removeFolder } from "../../cluster/folder.ts";
import { killPrograms } from "../../cluster/process.ts";
import { ensurePrograms, type Programs } from "../../cluster/programs.ts";
import { readTree } from "../../src/load/tree.ts";
import type { Platform, Release } from "../../src/model/platform.ts";
import { buildPlatform } from "../../src/pipeline.ts";

export const root = path.resolve(import.meta.dirname, "../../..");

/** The authored files of a repository, this one unless said. */
export async function platformOf(folder = root): Promise<Platform> {
  const { value, problems } = await buildPlatform(readTree(folder));
  if (value === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
  return value;
}

export const releasesOf = ({ releases }: Platform, environment: string): readonly Release[] =>
  releases.filter(({ facts }) => facts.name === environment);

export interface Local {
  readonly cluster: LocalCluster;
  readonly programs: Programs;
  readonly platform: Platform;
}

/**
 * Starts the cluster of an environment before the tests of a file, and ends it after them. In: the environment; what else is
 * to be there before the first test. Out: what is there, once the tests run. Logs of failed tests are kept, and where they are is printed.
 */
export function useCluster(environment: string, prepare?: (local: Local) => Promise<void>): Local {
  const local: { -readonly [K in keyof Local]?: Local[K] } = {};
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-e2e-"));
  const killAll = (): void => killPrograms(folder);
  let hasFailed = false;

  beforeAll(async () => {
    process.once("exit", killAll);
    hasFailed = true;
    const programs = await ensurePrograms();
    if (!isComplete(programs)) throw new Error(JSON.stringify(programs, undefined, 2));
    const platform = await platformOf();
    const facts = releasesOf(platform, environment)[0]?.facts.cluster;
    if (facts === undefined) throw new Error(`no service runs in ${environment}`);
    const begin = performance.now();
    const cluster = await startCluster({ folder, programs, facts });
    Object.assign(local, { cluster, programs, platform });
    await prepare?.(local as Local);
    figure("cluster started in", performance.now() - begin);
    hasFailed = false;
  });
  afterEach(({ task }) => {
    hasFailed ||= task.result?.state === "fail";
  });
  afterAll(async () => {
    await local.cluster?.stop();
    killAll();
    if (hasFailed) process.stdout.write(`logs are kept in ${folder}/log\n`);
    else await removeFolder(folder);
    process.off("exit", killAll);
  });
  return local as Local;
}

const isComplete = (found: Awaited<ReturnType<typeof ensurePrograms>>): found is Programs =>
  !Array.isArray(found);

/** Prints what a proof measured. In: what it is, milliseconds. */
export function figure(what: string, milliseconds: number): void {
  process.stdout.write(`${what} ${(milliseconds / 1000).toFixed(1)} s\n`);
}
