/** Addresses that the cluster's file gives away by name: a pool that was made smaller may have lost them. */
import { clusterFile } from "../../model/paths.ts";
import type { Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import { firstFree, isInPool, namedAddresses } from "../../release/network/address-pool.ts";
import type { Addresses } from "./addresses.ts";

/**
 * In: all releases of one cluster, and the addresses of their load balancers. Problems: ADDRESS_UNKNOWN, at each name and
 * gateway whose address is outside the pool. Where the file has no pool, somebody else gives addresses out.
 */
export function checkNamedAddresses(releases: readonly Release[], addresses: Addresses): Problem[] {
  const { clusterName, cluster } = releases[0]?.facts ?? {};
  const pool = cluster?.addressPool;
  if (clusterName === undefined || cluster === undefined || pool === undefined) return [];
  const free = firstFree(pool, new Set([...namedAddresses(cluster), ...addresses.values()]));
  const named = [
    ...Object.entries(cluster.addresses ?? {}).map(([name, address]) => ({
      keys: ["addresses", name],
      address,
    })),
    ...Object.entries(cluster.gateways).flatMap(([audience, gateway]) =>
      gateway?.address === undefined
        ? []
        : [{ keys: ["gateways", audience, "address"], address: gateway.address }],
    ),
  ];
  return named
    .filter(({ address }) => !isInPool(pool, address))
    .map(({ keys, address }) =>
      problemAt("ADDRESS_UNKNOWN", clusterFile(clusterName), keys, {
        message: `${address} is not in the pool of cluster ${clusterName}: no load balancer gets it`,
        found: JSON.stringify(address),
        expected: `one of: ${pool.join(", ") || "nothing: addressPool is empty"}`,
        fix: `add "${address}" to addressPool${free === undefined ? "" : `, or write "${free}"`}`,
      }),
    );
}
