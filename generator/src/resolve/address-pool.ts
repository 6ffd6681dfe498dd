/** The addresses of a cluster's pool. */
import { ipv4Address, ipv4Number } from "../model/ipv4.ts";
import { isIP } from "node:net";
import type { Cluster } from "../model/cluster.ts";
import type { Release } from "../model/platform.ts";

/** Whether a load balancer may have this address. IPv6 pools are not expanded: any IPv6 address is taken for good. */
export function isInPool(pool: readonly string[], address: string): boolean {
  return isIP(address) === 6 || pool.flatMap(expand).includes(address);
}

/** Addresses the cluster's file gives away by name, gateways included: allocated to nobody. */
export function namedAddresses(cluster: Cluster | undefined): string[] {
  return [
    ...Object.values(cluster?.addresses ?? {}),
    ...Object.values(cluster?.gateways ?? {}).flatMap((gateway) => gateway?.address ?? []),
  ];
}

/** All addresses of the pool of a release's cluster, in the order they are given out. */
export function poolOf(release: Release | undefined): string[] {
  return (release?.facts.cluster.addressPool ?? []).flatMap(expand);
}

/** `a-b`, a network, or one address -> its addresses. A network's first and last are not used. */
export function expand(entry: string): string[] {
  const [first = "", last] = entry.split("-");
  if (last !== undefined) return range(ipv4Number(first), ipv4Number(last));
  const [address = "", length] = entry.split("/");
  if (length === undefined) return [address];
  const size = 2 ** (32 - Number(length));
  const base = Math.floor(ipv4Number(address) / size) * size;
  return size <= 2 ? range(base, base + size - 1) : range(base + 1, base + size - 2);
}

const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ipv4Address(from + index));
