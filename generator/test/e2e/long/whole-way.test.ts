/**
 * One `up` from hosts to services: machines on a fake Proxmox VE, at whose addresses fake nodes of Talos wait as soon as they run, and the
 * local cluster in place of what runs on them, which its kubeconfig leads to. Of Talos' own API server only its nodes are asked.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { bringUp } from "../../../../provisioning/src/commands/commands.ts";
import type { Facts } from "../../../../provisioning/src/facts.ts";
import { everything } from "../../../../provisioning/test/fakes/proxmox/access.ts";
import { GiB, MiB } from "../../../../provisioning/test/fakes/proxmox/bytes.ts";
import {
  startFakeProxmox,
  type FakeProxmox,
} from "../../../../provisioning/test/fakes/proxmox/server.ts";
import { startFakeNodes, type FakeNodes } from "../../../../provisioning/test/fakes/talos/nodes.ts";
import { kubeconfigFile } from "../../../cluster/keys.ts";
import { factsOn, few, useFewServices } from "../few-services.ts";
import { figure } from "../local.ts";

const secret = "00000000-0000-4000-8000-000000000001";
const sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const schematic = "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba";
const url = `https://factory.talos.dev/image/${schematic}/v1.13.0/nocloud-amd64.qcow2`;
const at = (host: number) => `127.0.77.${host}`;

const playground = useFewServices();
let proxmox: FakeProxmox;
let talos: FakeNodes | undefined;
let facts: Facts;
beforeAll(async () => {
  proxmox = await startFakeProxmox({
    hosts: ["pve-1", "pve-2"].map((name) => ({ name, cores: 16, memory: 64 * GiB })),
    tokens: [{ id: "rzp@pve!infra", secret, grants: everything }],
    images: [{ url, size: 300 * MiB, diskSize: 2 * GiB, checksums: { sha256 } }],
    scale: 0.01,
  });
  facts = withMachines(factsOn(playground()));
});
afterAll(async () => {
  await talos?.[Symbol.asyncDispose]();
  await proxmox?.stop();
});

function withMachines(here: Facts): Facts {
  const { apiServer, networks } = here.cluster;
  const host = { cores: 16, memory: "64Gi", disk: "1800Gi" };
  const machine = (name: string, id: number) => ({ host: name, id, cores: 4, memory: "8Gi" });
  return {
    ...here,
    cluster: {
      ...here.cluster,
      nodes: {
        "control-1": { machine: machine("pve-1", 211), address: at(11), controlPlane: true },
        "worker-1": { machine: machine("pve-2", 221), address: at(21) },
      },
      machines: {
        endpoint: proxmox.endpoint.replace(/\/$/, ""),
        unverified: { because: "the certificate of a test is its own authority", value: true },
        hosts: { "pve-1": host, "pve-2": host },
        storage: { images: "local", disks: "local-lvm" },
        network: { gateway: at(1), nameservers: [at(1)] },
        image: { url, sha256 },
      },
      talos: { version: "v1.13.0", schematic },
      networks: { ...networks, nodes: `${at(0)}/24` },
      // The first is that of the nodes' own API server, the last that of the local cluster.
      apiServer: { ...apiServer, addresses: [at(10), at(11), ...apiServer.addresses] },
    },
  };
}

/** Of machines that run, as they were told. */
const addresses = () =>
  proxmox
    .vms()
    .filter(({ running }) => running !== undefined)
    .map(({ config }) => /ip=([\d.]+)/.exec(String(config["ipconfig0"]))?.[1] ?? "")
    .sort();

const phases: string[] = [];
async function up(): Promise<{ text: string; codes: string[] }> {
  const said: string[] = [];
  const { cluster, repository } = playground();
  const problems = await bringUp(
    {
      root: repository.tree,
      cluster: facts.name,
      allow: [],
      environment: {
        PROXMOX_VE_API_TOKEN: `rzp@pve!infra=${secret}`,
        PULUMI_CONFIG_PASSPHRASE: "correct horse battery staple",
        KUBECONFIG: kubeconfigFile(cluster.folder, "admin"),
      },
      say: (text) => void said.push(text),
      phases: {
        phase: async (name, work) => {
          phases.push(name);
          if (name === "nodes") talos ??= await startFakeNodes({ addresses: addresses() });
          return work();
        },
      },
    },
    facts,
  );
  return { text: said.join(""), codes: problems.map(({ code, message }) => `${code} ${message}`) };
}

test("machines, their Talos, Argo CD, and services that are healthy", async () => {
  const begin = performance.now();
  const { text, codes } = await up();
  expect(codes).toEqual([]);
  expect(phases).toEqual([
    "preflight",
    "preview",
    "machines",
    "nodes",
    "talos",
    "cluster",
    "argo cd",
    "services",
  ]);
  expect(addresses()).toEqual([at(11), at(21)]);
  const { nodes = [] } = (await talos?.state()) ?? {};
  expect(nodes.map(({ hostname, stage, etcd }) => [hostname, stage, etcd])).toEqual([
    ["control-1", "running", true],
    ["worker-1", "running", false],
  ]);
  expect(text).toContain("Argo CD is there\n");
  figure(`from hosts to ${few.length} healthy services in`, performance.now() - begin);
});

test("once more changes nothing", async () => {
  const calls = proxmox.calls.length;
  const { text, codes } = await up();
  expect(codes).toEqual([]);
  expect(text).toMatch(/^ {2}keep +\d+\n {2}kept +\d+\nArgo CD keeps the cluster already\n$/);
  expect(proxmox.calls.slice(calls).filter(({ method }) => method !== "GET")).toEqual([]);
});
