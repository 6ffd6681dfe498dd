/** Machine configurations as the real talosctl makes them of the facts: whole, as goldens, with the names of secrets in their places. */
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { beforeAll, expect, test } from "vitest";
import { Cluster } from "../../../generator/src/model/cluster.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { configure } from "../../src/cluster/talos/configuration.ts";
import { makeSecrets } from "../../src/cluster/talos/secrets.ts";
import { openWorkshop, type Workshop } from "../../src/cluster/talos/talosctl.ts";
import { wantedCluster } from "../../src/cluster/talos/wanted.ts";
import { factsOf, line, schematic, workshops } from "./talos-site.ts";

let secrets = "";
beforeAll(async () => {
  secrets = await withWorkshop((workshop) => makeSecrets(workshop));
});

const size = { cores: 4, memory: "8Gi" };
/** As in environments/clusters/home.ts, with every fact that reaches a node. */
const machines = Cluster.parse({
  ...factsOf(1).cluster,
  nodes: {
    "control-1": {
      machine: { host: "pve-1", id: 211, ...size },
      address: "10.0.40.11",
      controlPlane: true,
    },
    "control-2": {
      machine: { host: "pve-2", id: 212, ...size },
      address: "10.0.40.12",
      controlPlane: true,
      workloads: true,
    },
    "control-3": {
      machine: { host: "pve-3", id: 213, ...size },
      address: "10.0.40.13",
      controlPlane: true,
    },
    "worker-1": {
      machine: { host: "pve-1", id: 221, ...size, data: "1Ti" },
      address: "10.0.40.21",
      labels: { "example.com/disk": "fast" },
      taints: { "nvidia.com/gpu": "NoSchedule" },
    },
    "worker-2": {
      machine: { host: "pve-2", id: 222, ...size, stopped: true },
      address: "10.0.40.22",
    },
  },
  machines: {
    endpoint: "https://10.0.40.2:8006",
    hosts: { "pve-1": { cores: 16, memory: "64Gi", disk: "1800Gi" } },
    storage: { images: "local", disks: "local-lvm" },
    network: { gateway: "10.0.40.1", nameservers: ["10.0.40.1", "9.9.9.9"] },
    image: {
      url: `https://factory.talos.dev/image/${schematic}/v1.13.0/nocloud-amd64.qcow2`,
      sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    },
  },
  apiServer: { addresses: ["10.0.40.10", "10.0.40.11", "10.0.40.12", "10.0.40.13"] },
  networks: {
    pods: "10.248.0.0/16",
    services: "10.128.0.0/12",
    nodes: "10.0.40.0/24",
    lan: ["10.0.10.0/24"],
  },
});

async function withWorkshop<T>(work: (workshop: Workshop) => Promise<T>): Promise<T> {
  const opened = await openWorkshop();
  if (isProblem(opened)) throw new Error(opened.message);
  using workshop = opened;
  return await work(workshop);
}

const texts = (cluster: Cluster) =>
  withWorkshop(async (workshop) => {
    const wanted = wantedCluster("rack", cluster);
    if (wanted === undefined) throw new Error("it runs Talos");
    const made = await configure(workshop, wanted, workshop.file("secrets.yaml", secrets));
    if ("problems" in made) throw new Error(made.problems.map(line).join("\n"));
    return new Map(made.map(({ name, file }) => [name, readFileSync(file, "utf8")]));
  });

/** In: a configuration. Out: the same with `<certs.os.key>` for what is secret. */
function masked(text = ""): string {
  const leaves = (value: unknown, at: string): [string, string][] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, one]) => leaves(one, at === "" ? key : `${at}.${key}`))
      : [[String(value), at]];
  return leaves(load(secrets), "")
    .filter(([value]) => value.length > 5)
    .reduce((masking, [value, at]) => masking.replaceAll(value, `<${at}>`), text);
}

test("a control plane and a worker, machines that run, byte for byte", async () => {
  const made = await texts(machines);
  expect([...made.keys()]).toEqual(["control-1", "control-2", "control-3", "worker-1"]);
  await expect(masked(made.get("control-1"))).toMatchFileSnapshot("./talos/control-1.yaml");
  await expect(masked(made.get("worker-1"))).toMatchFileSnapshot("./talos/worker-1.yaml");
  expect(await texts(machines)).toEqual(made);
  expect(workshops()).toEqual([]);
});

test("a control plane and a worker that are there, on the disk that is theirs, byte for byte", async () => {
  const made = await texts(factsOf(1).cluster);
  await expect(masked(made.get("control-1"))).toMatchFileSnapshot(
    "./talos/existing-control-1.yaml",
  );
  await expect(masked(made.get("worker-1"))).toMatchFileSnapshot("./talos/existing-worker-1.yaml");
});

test("nodes that are there keep their own addresses", async () => {
  const made = await texts(factsOf(1).cluster);
  const control = made.get("control-1") ?? "";
  expect(control).not.toContain("LinkConfig");
  expect(control).toContain("ip: 127.0.1.10");
  expect(made.get("worker-1")).not.toContain("vip:");
});

test("what talosctl refuses is told at the node, in its words", async () => {
  const wanted = wantedCluster("rack", {
    ...machines,
    nodes: { "control-1": { ...machines.nodes["control-1"], address: "10.0.40.300" } },
  } as Cluster);
  if (wanted === undefined) throw new Error("it runs Talos");
  const problems = await withWorkshop(async (workshop) => {
    const made = await configure(workshop, wanted, workshop.file("secrets.yaml", secrets));
    return "problems" in made ? made.problems : [];
  });
  expect(problems.map(line)).toEqual([
    expect.stringMatching(
      /^TALOS_FACTS talosctl refuses the configuration of control-1: .*10\.0\.40\.300/,
    ),
  ]);
});
