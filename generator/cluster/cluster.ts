/**
 * A Kubernetes cluster as plain processes on loopback, top to bottom: a folder, keys, the control plane, nodes, what other
 * controllers would say. All of it listens on loopback. It is for trying what was rendered, by a person
 * (`npm run cluster`) and by the proofs (`npm run e2e`); `argo-cd/start.ts` adds Argo CD.
 */
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import type { Cluster } from "../src/model/cluster.ts";
import { apiClient, applyAll, type Api, type KubernetesObject } from "./api.ts";
import { apiServer } from "./control-plane/api-server.ts";
import { controllerManager } from "./control-plane/controller-manager.ts";
import { etcd } from "./control-plane/etcd.ts";
import { scheduler } from "./control-plane/scheduler.ts";
import { applyDefinitions } from "./definitions.ts";
import { clearFolder } from "./folder.ts";
import { certificateFile, writeKeys, writeKubeconfigs } from "./keys.ts";
import { freePorts } from "./ports.ts";
import {
  isRunning,
  killProgram,
  lastLines,
  startProgram,
  stopPrograms,
  type Program,
} from "./process.ts";
import type { Programs } from "./programs.ts";
import { kwok, podStages, stageDefinition } from "./simulated/kwok.ts";
import { nodeObjects } from "./simulated/nodes.ts";
import { waitFor, type Patience } from "./wait.ts";

const portNames = [
  "etcd",
  "etcdPeer",
  "apiServer",
  "controllerManager",
  "scheduler",
  "kwok",
  "redis",
  "repoServer",
  "repoServerMetrics",
  "controllerMetrics",
  "git",
] as const;

export type Ports = Readonly<Record<(typeof portNames)[number], number>>;

export interface ClusterOptions {
  /** Where everything of it is kept. What an earlier one left there is ended and removed. */
  readonly folder: string;
  readonly programs: Programs;
  /** Its nodes, networks and storage classes. */
  readonly facts: Cluster;
  /** Users whose requests the API server writes down (`control-plane/audit.ts`). */
  readonly audited?: readonly string[];
  /** Takes a line for each step. */
  readonly report?: (line: string) => void;
}

export interface LocalCluster {
  readonly folder: string;
  readonly api: Api;
  readonly ports: Ports;
  /** Starts a program and waits until it answers. */
  readonly launch: (program: Program, isReady: () => Promise<boolean>) => Promise<void>;
  /** Ends a program as a crash would. */
  readonly kill: (name: string) => Promise<void>;
  /** Starts a program again, as it was started. */
  readonly restart: (name: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A program of the cluster that ended or did not answer: its name, and the end of its log. */
export class NotStarted extends Error {}

/** Starts the control plane and nodes: all that accepts objects, schedules and runs pods. Throws `NotStarted`. */
export async function startCluster(options: ClusterOptions): Promise<LocalCluster> {
  const { folder, programs, facts, audited = [], report = () => undefined } = options;
  await clearFolder(folder);
  const ports = await freePorts(portNames);
  const url = `https://127.0.0.1:${ports.apiServer}`;
  const tokens = writeKeys(folder);
  const { launch, restart } = launcher(folder, report);

  await launch(etcd(programs.etcd, folder, ports), () =>
    answers(`http://127.0.0.1:${ports.etcd}/health`),
  );
  await launch(
    apiServer(programs["kube-apiserver"], folder, ports, facts.networks.services, audited),
    async () => {
      if (!existsSync(certificateFile(folder))) return false;
      const client = apiClient(folder, url, tokens);
      const { status } = await client.call("GET", "/readyz").finally(client.close);
      return status === 200;
    },
  );
  writeKubeconfigs(folder, url, tokens);
  const api = apiClient(folder, url, tokens);
  const isThere = async (path: string): Promise<boolean> =>
    (await api.call("GET", path)).status === 200;
  await launch(
    controllerManager(programs["kube-controller-manager"], folder, ports.controllerManager),
    () => isThere("/api/v1/namespaces/default/serviceaccounts/default"),
  );
  await launch(scheduler(programs["kube-scheduler"], folder, ports.scheduler), () =>
    listens(ports.scheduler),
  );

  await applyDefinitions(api, [{ object: stageDefinition(programs.modules.kwok) }]);
  await applyAll(api, podStages(programs.modules.kwok));
  const nodes = nodeObjects(facts);
  await applyAll(api, [...nodes, ...storageClasses(facts)]);
  await launch(kwok(programs.kwok, folder, ports.kwok, facts.networks.pods), () =>
    nodesAreReady(api, nodes.length),
  );
  return {
    folder,
    api,
    ports,
    launch,
    restart,
    kill: (name) => killProgram(folder, name),
    stop: async () => {
      api.close();
      await stopPrograms(folder);
    },
  };
}

/** Starts programs of a folder, and remembers how. In: the folder, who is told of each. */
export function launcher(
  folder: string,
  report: (line: string) => void,
): Pick<LocalCluster, "launch" | "restart"> {
  const started = new Map<string, () => Promise<void>>();
  const launch: LocalCluster["launch"] = async (program, isReady) => {
    started.set(program.name, () => launch(program, isReady));
    const begin = performance.now();
    // Two of a name would be one too many to end.
    if (isRunning(folder, program.name)) throw new NotStarted(`${program.name} runs already`);
    await startProgram(folder, program)
      .then(() => waitFor(isReady, patience(folder, program.name)))
      .catch((error: Error) => {
        throw new NotStarted(error.message);
      });
    report(`${program.name} … ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  };
  const restart = async (name: string): Promise<void> => {
    const again = started.get(name);
    if (again === undefined) throw new Error(`${name} was never started`);
    await again();
  };
  return { launch, restart };
}

const patience = (folder: string, name: string): Patience => ({
  for: `${name} to answer`,
  seconds: 60,
  every: 50,
  hopeless: () => (isRunning(folder, name) ? undefined : `it ended:\n${lastLines(folder, name)}`),
  standing: () => lastLines(folder, name),
});

/** Whether anything takes connections on a port of loopback. */
export async function listens(port: number): Promise<boolean> {
  const socket = connect({ port, host: "127.0.0.1" });
  await once(socket, "connect").finally(() => socket.destroy());
  return true;
}

/** Whether anything speaks HTTP there, whatever it says. */
export async function answers(url: string): Promise<boolean> {
  await fetch(url, { signal: AbortSignal.timeout(2_000) });
  return true;
}

async function nodesAreReady(api: Api, count: number): Promise<boolean> {
  interface Node {
    readonly status: {
      readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    };
  }
  const nodes = await api.list<Node>("/api/v1/nodes");
  const ready = nodes.filter(({ status }) =>
    status.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True"),
  );
  return ready.length === count;
}

function storageClasses(facts: Cluster): KubernetesObject[] {
  const names = new Set(Object.values(facts.storageClasses));
  return [...names].map((name) => ({
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name },
    provisioner: "rzp.local/simulated",
    volumeBindingMode: "Immediate",
  }));
}
