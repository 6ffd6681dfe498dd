/** Networks: which lies in which, and what the internet is for the pods of a cluster. */
import { BlockList, isIPv6 } from "node:net";
import type { Cluster } from "../../model/cluster.ts";

export interface Network {
  readonly cidr: string;
  readonly except?: readonly string[] | undefined;
}

/** What is not the internet: private and shared networks, and link local ones (RFC 1918, 6598, 3927; RFC 4193, 4291). */
const privateNetworks = {
  ipv4: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"],
  ipv6: ["fc00::/7", "fe80::/10"],
} as const;

/** Every address that pods of a cluster can have to do with: those of the family of the pod network. */
export const everyAddress = ({ networks }: Cluster): Network => ({
  cidr: familyOf(networks.pods) === "ipv6" ? "::/0" : "0.0.0.0/0",
});

/** The internet: every address but private ones, and but the cluster's and the home's own, which may be public ones. */
export function internet(cluster: Cluster): Network {
  const known = internets.get(cluster) ?? internetOf(cluster);
  internets.set(cluster, known);
  return known;
}

/** It is asked for by most services of a cluster. */
const internets = new WeakMap<Cluster, Network>();

function internetOf(cluster: Cluster): Network {
  const { pods, services, nodes, lan } = cluster.networks;
  const family = familyOf(pods);
  const ranges: readonly string[] = privateNetworks[family];
  const own = [...new Set([pods, services, nodes, ...lan])].filter(
    (network) =>
      familyOf(network) === family && !ranges.some((range) => isNetworkInside(network, range)),
  );
  const outer = own.filter(
    (network) => !own.some((other) => other !== network && isNetworkInside(network, other)),
  );
  return { ...everyAddress(cluster), except: [...ranges, ...outer] };
}

/** Whether all of a network lies in another, and in none of its exceptions. */
export function isInside(inner: Network, { cidr, except = [] }: Network): boolean {
  if (!isNetworkInside(inner.cidr, cidr)) return false;
  return except.every(
    (hole) =>
      !overlaps(inner.cidr, hole) ||
      (inner.except ?? []).some((innerHole) => isNetworkInside(hole, innerHole)),
  );
}

/** An address as the network that is this address alone. */
export const asNetwork = (address: string) =>
  address.includes("/") ? address : `${address}/${isIPv6(address) ? 128 : 32}`;

const overlaps = (one: string, other: string) =>
  isNetworkInside(one, other) || isNetworkInside(other, one);

function isNetworkInside(inner: string, outer: string): boolean {
  const [address = "", bits] = inner.split("/");
  const [network = "", length] = outer.split("/");
  const family = familyOf(outer);
  if (familyOf(inner) !== family || Number(bits) < Number(length)) return false;
  const block = new BlockList();
  block.addSubnet(network, Number(length), family);
  return block.check(address, family);
}

const familyOf = (network: string) => (network.includes(":") ? "ipv6" : "ipv4");
