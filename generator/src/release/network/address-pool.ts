/** The addresses of a cluster's pool. */
import { addressRange, hostRange, ipv4Address, ipv4Number } from "../../model/ipv4.ts";
import type { AddressRange } from "../../model/ipv4.ts";
import { isIP } from "node:net";
import type { Cluster } from "../../model/cluster.ts";

/** Whether a load balancer may have this address: any IPv6 address is taken for good. */
export function isInPool(pool: readonly string[], address: string): boolean {
  return isIP(address) === 6 || isListed(pool, address);
}

/** Whether an address is one of those that are given out. */
export function isListed(pool: readonly string[], address: string): boolean {
  const number = ipv4Number(address);
  return pool.some((entry) => {
    const range = rangeOf(entry);
    return range === undefined ? entry === address : range.from <= number && number <= range.to;
  });
}

/** Whether it is an address, or one that the cluster has a name for. */
export function isAddressKnown({ addresses = {} }: Cluster, address: string): boolean {
  return /[.:]/.test(address) || address in addresses;
}

/** Addresses the cluster's file gives away by name, gateways included: allocated to nobody. */
export function namedAddresses(cluster: Cluster | undefined): string[] {
  return [
    ...Object.values(cluster?.addresses ?? {}),
    ...Object.values(cluster?.gateways ?? {}).flatMap((gateway) => gateway?.address ?? []),
  ];
}

/** The first address of a pool that nobody has, in the order they are given out. */
export function firstFree(pool: readonly string[], taken: ReadonlySet<string>): string | undefined {
  return addressesOf(pool).find((address) => !taken.has(address));
}

/** One after the other: a pool may hold thousands, of which most runs want none. */
function* addressesOf(pool: readonly string[]) {
  for (const entry of pool) {
    const range = rangeOf(entry);
    // Of an IPv6 network nothing is given out: its addresses are named.
    if (range === undefined && !entry.includes("/")) yield entry;
    if (range !== undefined)
      for (let number = range.from; number <= range.to; number++) yield ipv4Address(number);
  }
}

/** Of `a-b`, or of a network, whose first and last address are not used; undefined for one address. */
const rangeOf = (entry: string): AddressRange | undefined =>
  entry.includes("/") ? hostRange(entry) : entry.includes("-") ? addressRange(entry) : undefined;
