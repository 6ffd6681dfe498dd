/** A pool that is answered for by ARP in a network no node is in: nobody ever hears the question, and every load balancer is silent. */
import { addressRange, addressText, hostRange, isRangeWithin } from "../../model/networks.ts";
import type { AddressRange } from "../../model/networks.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { list } from "../../model/reading.ts";

const group = "metallb.io";

/** Problems: MANIFEST_POOL_OUTSIDE. A pool is left out of which the cluster's facts cannot tell how it is announced. */
export function poolsOutside(tree: CheckedTree): Problem[] {
  return tree.ofKind(`${group}/IPAddressPool`).flatMap((pool) => {
    const { networks } = pool.release.facts.cluster;
    const nodes = addressRange(networks.nodes);
    const hosts = hostRange(networks.nodes);
    if (nodes === undefined || hosts === undefined || !isOnNodesNetworkOnly(tree, pool)) return [];
    return list(pool.tree, "spec", "addresses").flatMap((entry, index) => {
      const range = typeof entry === "string" ? addressRange(entry) : undefined;
      // A pool may have addresses of both families, the facts know networks of one.
      return range === undefined || range.family !== nodes.family || isRangeWithin(range, nodes)
        ? []
        : [outside(pool, { entry, index, hosts })];
    });
  });
}

/**
 * Announced by ARP alone, and on whatever interfaces nodes have: facts know of one. Who names interfaces knows another,
 * and who selects pools by labels or speaks BGP has more in mind than can be told from here.
 */
function isOnNodesNetworkOnly(tree: CheckedTree, pool: CheckedObject): boolean {
  const { clusterName } = pool.release.facts;
  const of = (kind: string) =>
    tree.inNamespace(clusterName, `${group}/${kind}`, pool.manifest.namespace);
  const announcements = of("L2Advertisement").filter((object) => mayAnnounce(object, pool));
  return (
    announcements.length > 0 &&
    announcements.every(
      (object) =>
        list(object.tree, "spec", "interfaces").length === 0 &&
        list(object.tree, "spec", "ipAddressPoolSelectors").length === 0,
    ) &&
    !of("BGPAdvertisement").some((object) => mayAnnounce(object, pool))
  );
}

/** One that names no pool is for all. */
function mayAnnounce({ tree }: CheckedObject, pool: CheckedObject): boolean {
  const pools = list(tree, "spec", "ipAddressPools");
  const isSelecting = list(tree, "spec", "ipAddressPoolSelectors").length > 0;
  return pools.includes(pool.manifest.name) || isSelecting || pools.length === 0;
}

function outside(
  pool: CheckedObject,
  { entry, index, hosts }: { entry: unknown; index: number; hosts: AddressRange },
): Problem {
  const { networks } = pool.release.facts.cluster;
  return problemIn(pool, {
    code: "MANIFEST_POOL_OUTSIDE",
    // The catalogue's pool is that of another house: a service that comes from it is kept, to be edited.
    severity: "warning",
    path: ["spec", "addresses", index],
    field: [],
    message: `nodes answer for ${String(entry)} by ARP, and are in ${networks.nodes} alone`,
    found: JSON.stringify(entry),
    expected: `addresses from ${addressText(hosts, hosts.from)} to ${addressText(hosts, hosts.to)}`,
    fix: "take addresses of the network of nodes here and in addressPool, or name in interfaces of the L2Advertisement where nodes have a leg in the other network",
  });
}
