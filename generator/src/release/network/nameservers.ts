/** Name servers that pods ask instead of the cluster's. */
import type { Cluster } from "../../model/cluster.ts";
import type { ResolvedComponent } from "../../model/platform.ts";
import { asNetwork } from "../../model/networks.ts";
import { internet, isInside } from "./networks.ts";

/** In: a component. Out: those it names; none where its pods ask the cluster's. */
export function nameserversOf({ source: { spec } }: ResolvedComponent): readonly string[] {
  return "network" in spec ? (spec.network?.nameservers ?? []) : [];
}

/** Whether one is the cluster's DNS: a Service, or its cache on the node. */
export const isOfCluster = ({ dns, networks }: Cluster, address: string): boolean =>
  [...(dns.nodeLocal ?? []), networks.services].some((network) => isIn(address, network));

/** Whether one is in the pod itself. */
export const isOfPod = (address: string): boolean => /^(127\.|::1$)/.test(address);

/** Whether one cannot know names of the cluster: in the pod, from where the cluster's DNS may not be asked, or on the internet. */
export const isForeign = (cluster: Cluster, address: string): boolean =>
  isOfPod(address) || isInside({ cidr: asNetwork(address) }, internet(cluster));

const isIn = (address: string, network: string) =>
  isInside({ cidr: asNetwork(address) }, { cidr: asNetwork(network) });
