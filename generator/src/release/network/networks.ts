/** Networks: which lies in which, and what the internet is for the pods of a cluster. */
import type { Cluster } from "../../model/cluster.ts";
import {
  addressRange,
  common,
  familyOf,
  isNetworkInside,
  privateNetworks,
} from "../../model/networks.ts";

export interface Network {
  readonly cidr: string;
  readonly except?: readonly string[] | undefined;
}

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

function overlaps(one: string, other: string): boolean {
  const [range, otherRange] = [addressRange(one), addressRange(other)];
  return range !== undefined && otherRange !== undefined && common(range, otherRange) !== undefined;
}

/** Whether calls between nodes are known to go through a tunnel: flannel, as Talos brings it, is VXLAN. Of others nothing is known. */
export const hasTunnel = ({ talos, nodes }: Cluster): boolean =>
  talos !== undefined && talos.network !== "none" && Object.keys(nodes).length > 1;
