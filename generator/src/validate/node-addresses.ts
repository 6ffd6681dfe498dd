/** Rules over the addresses of a cluster: each has one owner, and the ranges that are given out do not meet. */
import type { Cluster } from "../model/cluster.ts";
import { addressRange, addressText, common, hostRange, isWithin } from "../model/networks.ts";
import type { AddressRange } from "../model/networks.ts";
import { clusterFile } from "../model/paths.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { Keys } from "../model/reading.ts";

/** A thing that has an address of its own. */
interface Owner {
  readonly who: string;
  readonly address: string;
  readonly keys: Keys;
}

/** A range out of which somebody gives addresses away. */
interface Giver {
  readonly who: string;
  readonly text: string;
  readonly range: AddressRange;
  readonly keys: Keys;
}

/** In: the facts of a cluster. Problems: ADDRESS_TAKEN, ADDRESS_OUTSIDE, NETWORKS_OVERLAP. */
export function checkNodeAddresses(name: string, cluster: Cluster): Problem[] {
  const file = clusterFile(name);
  const owners = ownersOf(cluster);
  const givers = giversOf(cluster);
  // What is wrong with a range would be told again for each address in it.
  const ranges = [...reversedRanges(file, givers), ...overlappingNetworks(file, cluster, givers)];
  return [
    ...ranges,
    ...twice(file, owners),
    ...outside(file, cluster, owners),
    ...(ranges.length > 0 ? [] : givenAway(file, owners, givers)),
  ];
}

function ownersOf({ nodes, machines, apiServer }: Cluster): Owner[] {
  const ofNodes = Object.entries(nodes).map(([node, { address }]) => ({
    who: `node ${node}`,
    address,
    keys: ["nodes", node, "address"],
  }));
  if (machines === undefined) return ofNodes;
  const addresses = new Set(ofNodes.map(({ address }) => address));
  // Where others make the cluster, its API server may be anywhere.
  const shared = apiServer.addresses.flatMap((address, index) =>
    addresses.has(address)
      ? []
      : [{ who: "the API server", address, keys: ["apiServer", "addresses", index] }],
  );
  const gateway = {
    who: "the gateway of the nodes",
    address: machines.network.gateway,
    keys: ["machines", "network", "gateway"],
  };
  return [gateway, ...shared, ...ofNodes];
}

function giversOf({ addressPool = [], machines }: Cluster): Giver[] {
  const giver = (who: string, texts: readonly string[], keys: Keys) =>
    texts.flatMap((text, index) => {
      const range = addressRange(text);
      return range === undefined ? [] : [{ who, text, range, keys: [...keys, index] }];
    });
  return [
    ...giver("load balancers", addressPool, ["addressPool"]),
    ...giver("DHCP", machines?.network.dhcp ?? [], ["machines", "network", "dhcp"]),
  ];
}

const reversedRanges = (file: string, givers: readonly Giver[]): Problem[] =>
  givers
    .filter(({ range }) => range.from > range.to)
    .map(({ text, keys }) =>
      problemAt("NETWORKS_OVERLAP", file, keys, {
        message: `the last address of ${text} comes before its first`,
        found: JSON.stringify(text),
        expected: "the lower address first",
        fix: "swap the two",
      }),
    );

/** Pods, Services and nodes are told apart by their addresses; load balancers and DHCP may not give the same one. */
function overlappingNetworks(
  file: string,
  { networks }: Cluster,
  givers: readonly Giver[],
): Problem[] {
  const [nodes, ...others] = (["nodes", "pods", "services"] as const).flatMap((network) => {
    const range = addressRange(networks[network]);
    const keys: Keys = ["networks", network];
    return range === undefined ? [] : [{ who: network, text: networks[network], range, keys }];
  });
  // Load balancers and DHCP may have addresses among those of nodes.
  const apart = [...others, ...givers].flatMap((one, index, all) =>
    all.slice(0, index).map((other) => [one, other] as const),
  );
  const ofNodes = nodes === undefined ? [] : others.map((other) => [other, nodes] as const);
  return [...ofNodes, ...apart].flatMap(([one, other]) => {
    const both = one.who === other.who ? undefined : common(one.range, other.range);
    return both === undefined
      ? []
      : [
          problemAt("NETWORKS_OVERLAP", file, one.keys, {
            message: `${one.text}, for ${one.who}, and ${other.text}, for ${other.who}, have addresses in common`,
            found: JSON.stringify(one.text),
            expected: "ranges of which no address is in two",
            fix: `leave ${rangeText(both)} out of one of the two`,
          }),
        ];
  });
}

function rangeText(range: AddressRange): string {
  const [from, to] = [range.from, range.to].map((end) => addressText(range, end));
  return from === to ? `${from}` : `${from}-${to}`;
}

const twice = (file: string, owners: readonly Owner[]): Problem[] =>
  owners.flatMap((owner, index) => {
    const first = owners.slice(0, index).find(({ address }) => address === owner.address);
    return first === undefined
      ? []
      : [
          problemAt("ADDRESS_TAKEN", file, owner.keys, {
            message: `${owner.who} and ${first.who} have the same address ${owner.address}`,
            found: JSON.stringify(owner.address),
            expected: "an address for each",
            fix: `give ${owner.who} another address`,
          }),
        ];
  });

/** They reach one another without a router, so that the API server's shared address can move. */
function outside(file: string, { networks }: Cluster, owners: readonly Owner[]): Problem[] {
  const range = hostRange(networks.nodes);
  if (range === undefined) return [];
  return owners
    .filter(({ address }) => !isWithin(address, range))
    .map(({ who, address, keys }) =>
      problemAt("ADDRESS_OUTSIDE", file, keys, {
        message: `${address} of ${who} is not one of the network of nodes, ${networks.nodes}`,
        found: JSON.stringify(address),
        expected: `an address from ${addressText(range, range.from)} to ${addressText(range, range.to)}`,
        fix: "mend the address, or networks.nodes",
      }),
    );
}

const givenAway = (file: string, owners: readonly Owner[], givers: readonly Giver[]): Problem[] =>
  owners.flatMap(({ who, address, keys }) =>
    givers
      .filter(({ range }) => isWithin(address, range))
      .map((giver) =>
        problemAt("ADDRESS_TAKEN", file, keys, {
          message: `${address} of ${who} is in ${giver.text}, which ${giver.who} may give to others`,
          found: JSON.stringify(address),
          expected: `an address outside ${giver.text}`,
          fix: `give ${who} another address, or leave it out of ${giver.text}`,
        }),
      ),
  );
