/** The addresses of a cluster's pool. */
import type { Cluster } from "../../model/cluster.ts";
import { addressRange, addressText, hostRange, isWithin } from "../../model/networks.ts";
import type { AddressRange } from "../../model/networks.ts";

/** Whether a load balancer may have this address. */
export function isInPool(pool: readonly string[], address: string): boolean {
  return pool.some((entry) => {
    const range = rangeOf(entry);
    return range !== undefined && isWithin(address, range);
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
    if (range === undefined || (range.family === "ipv6" && entry.includes("/"))) continue;
    // One alone as it is written: whose it is, is told by the same text.
    if (range.from === range.to && !entry.includes("/")) yield entry;
    else for (let at = range.from; at <= range.to; at++) yield addressText(range, at);
  }
}

/** Of a network its first and last address are not used. */
const rangeOf = (entry: string): AddressRange | undefined =>
  entry.includes("/") ? hostRange(entry) : addressRange(entry);
