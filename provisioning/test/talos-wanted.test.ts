/** What follows from a cluster's facts for its nodes; what Talos makes of it is in test/engine/talos-configuration.test.ts. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { talosRelease } from "../../generator/src/model/talos-release.ts";
import { wantedCluster } from "../src/cluster/talos/wanted.ts";
import { wayBetween } from "../src/cluster/talos/versions.ts";
import { factsOf } from "./engine/talos-site.ts";

const wanted = (changes: Readonly<Record<string, unknown>> = {}) => {
  const cluster = wantedCluster("rack", factsOf(1, changes).cluster);
  if (cluster === undefined) throw new Error("it runs Talos");
  return cluster;
};
const nodes = factsOf(1).cluster.nodes;
const first = (node: string, changes: Readonly<Record<string, unknown>> = {}) =>
  wanted(changes).nodes.find(({ name }) => name === node)?.patches[0];

test("nodes and people find the API server at the address that moves, or at the only control plane", () => {
  expect(wanted().endpoint).toBe("https://127.0.1.10:6443");
  const { "control-1": only, "worker-1": worker } = nodes;
  const alone = {
    nodes: { "worker-1": worker, "control-1": only },
    apiServer: { addresses: ["127.0.1.11"], port: 7443 },
  };
  expect(wanted(alone).endpoint).toBe("https://127.0.1.11:7443");
  expect(first("control-1", alone)).toMatchObject({
    cluster: { controlPlane: { localAPIServerPort: 7443 } },
  });
});

test("control planes come first, whatever the order they are written in", () => {
  const turned = Object.fromEntries(Object.entries(nodes).reverse());
  expect(wanted({ nodes: turned }).nodes.map(({ name }) => name)).toEqual([
    "control-1",
    "control-2",
    "control-3",
    "worker-1",
  ]);
});

test("a cluster that does not run Talos wants nothing of it", () => {
  const { talos: _, ...rest } = factsOf(1).cluster;
  expect(wantedCluster("rack", rest)).toBeUndefined();
});

test("a control plane with workloads takes pods and is for load balancers", () => {
  const both = { ...nodes, "control-1": { ...nodes["control-1"], workloads: true } };
  expect(first("control-1", { nodes: both })).toMatchObject({
    machine: {
      nodeLabels: {
        "node.kubernetes.io/exclude-from-external-load-balancers": { $patch: "delete" },
      },
    },
    cluster: { allowSchedulingOnControlPlanes: true },
  });
  expect(first("control-2", { nodes: both })).toMatchObject({
    cluster: { allowSchedulingOnControlPlanes: false },
  });
});

test("zone, labels and taints of a node are its own; a worker says nothing of the control plane", () => {
  const own = {
    ...nodes,
    "worker-1": {
      ...nodes["worker-1"],
      zone: "attic",
      labels: { "example.com/disk": "fast" },
      taints: { "nvidia.com/gpu": "NoSchedule" },
    },
  };
  const patch = first("worker-1", { nodes: own });
  expect(patch).toMatchObject({
    machine: {
      nodeLabels: { "topology.kubernetes.io/zone": "attic", "example.com/disk": "fast" },
      nodeTaints: { "nvidia.com/gpu": "NoSchedule" },
    },
  });
  expect(patch).not.toHaveProperty("cluster.apiServer");
  expect(patch).not.toHaveProperty("cluster.etcd");
});

test("flannel keeps policies; with none no network is brought", () => {
  expect(first("worker-1")).toMatchObject({
    cluster: {
      network: { cni: { name: "flannel", flannel: { kubeNetworkPoliciesEnabled: true } } },
    },
  });
  const { talos } = factsOf(1).cluster;
  expect(first("worker-1", { talos: { ...talos, network: "none" } })).toMatchObject({
    cluster: { network: { cni: { name: "none" } } },
  });
});

test.for([
  ["v1.13.0", "v1.13.2", "next"],
  ["v1.13.2", "v1.13.0", "next"],
  ["v1.12.6", "v1.13.0", "next"],
  ["v1.11.6", "v1.13.0", "skips"],
  ["v1.14.0", "v1.13.0", "back"],
  ["v2.12.0", "v1.13.0", "back"],
  ["v1.13.0", "v2.13.0", "skips"],
  ["", "v1.13.0", "unknown"],
  ["v1.13.0", "newest", "unknown"],
] as const)("from %s to %s: %s", ([from, to, expected]) => {
  expect(wayBetween(from, to)).toBe(expected);
});

test("the version that is checked for is that of the pinned talosctl", () => {
  const pins = readFileSync(new URL("../../tools/talosctl/go.mod", import.meta.url), "utf8");
  const fake = readFileSync(new URL("../../tools/talos-nodes/go.mod", import.meta.url), "utf8");
  const [, version = ""] = /siderolabs\/talos (v\S+)/.exec(pins) ?? [];
  expect(version.startsWith(`${talosRelease.minor}.`)).toBe(true);
  expect(fake).toContain(`siderolabs/talos/pkg/machinery ${version}`);
});
