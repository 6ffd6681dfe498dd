/** A cluster of fake nodes that run Talos, and what `infra` does with it, by the real talosctl and the real kubectl. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Cluster } from "../../../generator/src/model/cluster.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { clusterOf } from "../../src/cluster/cluster.ts";
import { upgradeTalos } from "../../src/cluster/talos/upgrade.ts";
import type { Order } from "../../src/order.ts";
import { startTimer } from "../../src/timer.ts";
import type { Facts } from "../../src/facts.ts";
import { startFakeNodes, type FakeNodes, type FakeNodesOptions } from "../fakes/talos/nodes.ts";
import { passphrase } from "./support.ts";

export const schematic = "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba";

/** Addresses under 127.0.`net`.0; another for each file of tests, which run at once. */
export function factsOf(net: number, changes: Readonly<Record<string, unknown>> = {}): Facts {
  const at = (host: number) => `127.0.${net}.${host}`;
  const size = { cpu: "4", memory: "8Gi", installDisk: "/dev/nvme0n1" };
  const cluster = Cluster.parse({
    kubernetesVersion: "1.35.4",
    carrier: "prod",
    nodes: {
      "control-1": { ...size, address: at(11), controlPlane: true },
      "control-2": { ...size, address: at(12), controlPlane: true },
      "control-3": { ...size, address: at(13), controlPlane: true },
      "worker-1": { ...size, address: at(21) },
    },
    talos: { version: "v1.13.0", schematic },
    apiServer: { addresses: [at(10), at(11), at(12), at(13)], port: 6443 },
    networks: {
      pods: "10.248.0.0/16",
      services: "10.128.0.0/12",
      nodes: `127.0.${net}.0/24`,
      lan: ["10.0.10.0/24"],
    },
    dns: {
      namespace: "kube-system",
      podLabels: { "k8s-app": "kube-dns" },
      domain: "cluster.local",
    },
    storageClasses: { standard: "longhorn" },
    gateways: {
      internal: {
        name: "internal",
        namespace: "gateway",
        podNamespace: "gateway",
        podLabels: { app: "gateway" },
      },
    },
    repository: { url: "https://git.example.com/home/platform.git" },
    ...changes,
  });
  return { name: "rack", cluster, argocd: undefined, names: undefined, tree: undefined as never };
}

export interface Said {
  readonly text: string;
  /** What was waited for. */
  readonly progress: readonly string[];
  readonly problems: readonly Problem[];
}

export interface Site extends AsyncDisposable {
  readonly fake: FakeNodes;
  readonly root: string;
  readonly facts: Facts;
  readonly bring: (options?: Call) => Promise<Said>;
  readonly preview: (options?: Call) => Promise<Said>;
  readonly upgrade: (options?: Call) => Promise<Said>;
  readonly address: (node: string) => string;
}

export interface Call {
  readonly facts?: Facts;
  readonly allow?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly minutes?: number;
}

export function orderOf(
  root: string,
  { allow = [], variables = {}, minutes = 0.5 }: Call,
  said: { texts: string[]; progress: string[] },
): Order {
  return {
    root,
    cluster: "rack",
    allow,
    environment: { PULUMI_CONFIG_PASSPHRASE: passphrase, ...variables },
    say: (text) => void said.texts.push(text),
    phases: startTimer(() => {}),
    patience: { minutes, everyMs: 200, report: (line) => void said.progress.push(line) },
  };
}

export async function startSite(
  net: number,
  options: Omit<FakeNodesOptions, "addresses"> = {},
  changes: Readonly<Record<string, unknown>> = {},
): Promise<Site> {
  const facts = factsOf(net, changes);
  const { nodes } = facts.cluster;
  const fake = await startFakeNodes({
    addresses: Object.values(nodes).map(({ address }) => address),
    ...options,
  });
  const root = mkdtempSync(path.join(tmpdir(), "rzp-site-"));
  const give = async (
    work: (order: Order, facts: Facts) => Promise<readonly Problem[]>,
    call: Call = {},
  ): Promise<Said> => {
    const said = { texts: [] as string[], progress: [] as string[] };
    const problems = await work(orderOf(root, call, said), call.facts ?? facts);
    return { text: said.texts.join(""), progress: said.progress, problems };
  };
  return {
    fake,
    root,
    facts,
    bring: (call) =>
      give(async (order, of) => {
        const opened = await clusterOf(order, of).bring();
        return "kubectl" in opened ? [] : opened;
      }, call),
    preview: (call) => give((order, of) => clusterOf(order, of).preview(), call),
    upgrade: (call) => give(upgradeTalos, call),
    address: (node) => nodes[node]?.address ?? "",
    async [Symbol.asyncDispose]() {
      await fake[Symbol.asyncDispose]();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A problem as one line. */
export const line = ({ code, message, fix }: Problem): string =>
  `${code} ${message} | ${fix ?? ""}`;

/** Folders that talosctl's files were in: none is to be left. */
export const workshops = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`rzp-talos-${process.pid}-`));

/** Every text under a folder. */
export const textsUnder = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
