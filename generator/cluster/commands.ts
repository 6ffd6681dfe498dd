/** The cluster of an environment on this machine, to try things on: start it, ask for it, end it. */
import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { readTree } from "../src/load/tree.ts";
import { repositoryRoot } from "../src/commands/repository-paths.ts";
import { buildPlatform } from "../src/pipeline.ts";
import type { Platform } from "../src/model/platform.ts";
import type { Problem } from "../src/problems/problem.ts";
import { unknownEnvironment } from "../src/scaffold/unknown-names.ts";
import {
  applicationsOf,
  followApplications,
  isSettled,
  refreshTouched,
  standingOf,
  waitUntilSettled,
} from "./argo-cd/applications.ts";
import { removeFolder } from "./folder.ts";
import { kubeconfigFile } from "./keys.ts";
import { startPlayground, type Playground } from "./playground.ts";
import { killPrograms, runningPrograms, stopPrograms } from "./process.ts";
import { alreadyUp, foreign, notHere, notRendered, notTheCarrier, notUp } from "./problems.ts";
import { ensurePrograms, type Programs } from "./programs.ts";
import { openApi, readState, strayServer, writeState } from "./state.ts";
import { waitFor } from "./wait.ts";

const root = repositoryRoot();
const folder = join(root, ".cluster");

interface Options {
  readonly environment?: string | boolean;
  readonly watch?: string | boolean;
}

/** Starts a cluster and gives Argo CD the root Application; goes on following the tree with `--watch`. */
export async function up({ environment, watch: follow }: Options): Promise<readonly Problem[]> {
  if (process.platform !== "linux") return [notHere()];
  const state = readState(folder);
  // Without a state a start broke off; what is left of that is cleared away.
  if (state !== undefined && runningPrograms(folder).length > 0)
    return [alreadyUp(state.environment)];
  const tree = readTree(root);
  const name = typeof environment === "string" ? environment : (tree.environments[0] ?? "");
  if (!tree.environments.includes(name)) return [unknownEnvironment(name, tree)];
  const { value: platform, problems } = await buildPlatform(tree);
  if (platform === undefined) return problems;
  const carrier = carrierOf(platform, name);
  if (carrier !== name) return [notTheCarrier(name, carrier)];
  if (!existsSync(renderedFolder(name))) return [notRendered(name)];
  const programs = await ensurePrograms();
  if (!("etcd" in programs)) return programs;
  const playground = await untilItIsUp(() => start(name, programs, platform));
  process.stdout.write(whereThingsAre(name, playground));
  if (follow === true) await followTree(name, playground);
  playground.leave();
  return problems;
}

const renderedFolder = (environment: string): string => join(root, "kubernetes", environment);

async function start(
  environment: string,
  programs: Programs,
  platform: Platform,
): Promise<Playground> {
  const report = (line: string): void => void process.stderr.write(`${line}\n`);
  const options = { root, folder, environment, programs, platform, report };
  const playground = await startPlayground(options);
  await playground.publish("as rendered");
  await playground.begin();
  const { cluster, served } = playground;
  writeState(folder, { environment, url: cluster.api.url, addresses: served.addresses });
  return playground;
}

/** Ends what was started when the start fails or is interrupted; the logs stay. */
async function untilItIsUp<T>(work: () => Promise<T>): Promise<T> {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const giveUp = (): void => {
    killPrograms(folder);
    process.exit(1);
  };
  for (const signal of signals) process.once(signal, giveUp);
  try {
    return await work();
  } catch (error) {
    await stopPrograms(folder);
    throw error;
  } finally {
    for (const signal of signals) process.off(signal, giveUp);
  }
}

const carrierOf = ({ releases }: Platform, environment: string): string | undefined =>
  releases.find(({ facts }) => facts.name === environment)?.facts.cluster.carrier;

const whereThingsAre = (environment: string, { cluster, served, count }: Playground): string =>
  [
    `${environment} is up: Argo CD syncs ${count()} Applications.`,
    `  kubeconfig   ${kubeconfigFile(folder, "admin")}`,
    `  API server   ${cluster.api.url}`,
    `  git          ${served.addresses.git}`,
    `  charts       ${served.addresses.charts} (stand-ins: the pods a service declares, and the real definitions)`,
    `  logs         ${join(folder, "log")}`,
    "",
    `  export KUBECONFIG=${kubeconfigFile(folder, "admin")}`,
    "  kubectl get applications --namespace argocd",
    "  npm run cluster -- status",
    "",
  ].join("\n");

/** Publishes what is rendered as it changes, until somebody stops it or ends the cluster. */
async function followTree(environment: string, playground: Playground): Promise<void> {
  const { api } = playground.cluster;
  const applications = followApplications(api);
  const changes = followFolder(renderedFolder(environment));
  process.stdout.write(`following kubernetes/${environment}; Ctrl-C ends that, not the cluster\n`);
  for (;;) {
    await changes.next();
    if (readState(folder)?.url !== api.url) break;
    const begin = performance.now();
    const { commit, files } = await playground.publish("as rendered");
    const touched = await refreshTouched(api, applications, { commit, files });
    const expected = { commit, count: playground.count(), touched, seconds: 300 };
    const newer = () => (changes.areThere() ? "something newer was rendered" : undefined);
    await waitUntilSettled(applications, { ...expected, hopeless: newer }).then(
      () =>
        process.stdout.write(
          `synced and healthy after ${((performance.now() - begin) / 1000).toFixed(1)} s\n`,
        ),
      (error: Error) => process.stdout.write(`${error.message}\n`),
    );
  }
  process.stdout.write("this cluster has been ended\n");
  changes.stop();
  applications.stop();
}

interface Changes {
  /** Resolves a moment after the last of several changes: a render replaces many files. */
  readonly next: () => Promise<void>;
  /** Whether something has changed since. */
  readonly areThere: () => boolean;
  readonly stop: () => void;
}

function followFolder(path: string): Changes {
  let last: number | undefined;
  const watcher = watch(path, { recursive: true }, () => {
    last = Date.now();
  });
  // The folder itself has gone: the next look at the cluster says what is to be said.
  watcher.on("error", () => undefined);
  return {
    next: async () => {
      const isOver = () => last !== undefined && Date.now() - last >= 200;
      await waitFor(isOver, { for: "a change", seconds: Infinity, every: 50 });
      last = undefined;
    },
    areThere: () => last !== undefined,
    stop: () => watcher.close(),
  };
}

/** Ends the cluster, and removes all there is of it. That none is up is no mistake. */
export async function down(): Promise<readonly Problem[]> {
  const running = runningPrograms(folder);
  await removeFolder(folder);
  process.stdout.write(
    running.length === 0 ? "no local cluster was up\n" : `ended: ${running.join(", ")}\n`,
  );
  return [];
}

/** Says what runs, and which Applications are not synced and healthy. */
export async function status(): Promise<readonly Problem[]> {
  const state = readState(folder);
  const running = runningPrograms(folder);
  if (state === undefined || running.length === 0) return [notUp()];
  const stray = strayServer(folder, state);
  if (stray !== undefined) {
    return [
      foreign(
        `.cluster/kubeconfig leads to ${stray}`,
        "End this cluster with `npm run cluster -- down` and start it again.",
      ),
    ];
  }
  const api = openApi(folder, state);
  const all = await applicationsOf(api);
  const left = all.filter((one) => !isSettled(one));
  api.close();
  process.stdout.write(
    [
      `${state.environment}: ${running.length} programs run: ${running.join(", ")}`,
      `${all.length - left.length} of ${all.length} Applications are synced and healthy`,
      ...left.map((one) => `  ${standingOf(one)}`),
      "",
    ].join("\n"),
  );
  return [];
}
