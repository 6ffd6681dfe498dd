import { expect, test } from "vitest";
import { Cluster } from "../model/cluster.ts";
import { checkNodeAddresses } from "./node-addresses.ts";

/** A house of IPv6: what RZP knows of its addresses is compared as with IPv4. */
const house = (change: {
  readonly node?: string;
  readonly nodes?: string;
  readonly pool?: string;
}) =>
  Cluster.parse({
    carrier: "prod",
    kubernetesVersion: "1.34.2",
    nodes: { one: { address: change.node ?? "fd00:1::10", cpu: "4", memory: "16Gi" } },
    apiServer: { addresses: ["fd00:1::10"] },
    networks: {
      pods: "fd00:2::/64",
      services: "fd00:3::/112",
      nodes: change.nodes ?? "fd00:1::/64",
      lan: ["fd00:1::/64"],
    },
    dns: {
      namespace: "kube-system",
      podLabels: { "k8s-app": "kube-dns" },
      domain: "cluster.local",
    },
    storageClasses: {},
    addressPool: [change.pool ?? "fd00:1::200"],
    gateways: {
      internal: {
        name: "internal",
        namespace: "gateway",
        podNamespace: "gateway",
        podLabels: { app: "gateway" },
      },
    },
    repository: { url: "https://git.example.com/home/platform.git" },
  });

const found = (change: Parameters<typeof house>[0]) =>
  checkNodeAddresses("house", house(change)).map(
    ({ code, message, expected }) => `${code}: ${message}; ${expected}`,
  );

test.for([
  ["a sound house", {}, []],
  [
    "a node elsewhere",
    { node: "fd00:4::10" },
    [
      "ADDRESS_OUTSIDE: fd00:4::10 of node one is not one of the network of nodes, fd00:1::/64; an address from fd00:1::1 to fd00:1::ffff:ffff:ffff:ffff",
    ],
  ],
  [
    "nodes among pods",
    { nodes: "fd00:2::/48", node: "fd00:2::10" },
    [
      "NETWORKS_OVERLAP: fd00:2::/64, for pods, and fd00:2::/48, for nodes, have addresses in common; ranges of which no address is in two",
    ],
  ],
  [
    "a node that a load balancer may get the address of",
    { pool: "fd00:1:0::10" },
    [
      "ADDRESS_TAKEN: fd00:1::10 of node one is in fd00:1:0::10, which load balancers may give to others; an address outside fd00:1:0::10",
    ],
  ],
] as const)("%s", ([, change, expected]) => {
  expect(found(change)).toEqual(expected);
});
