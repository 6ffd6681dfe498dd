/** What `cluster("domain")` stands for, in a variable, an object or a chart's values. */
import { isIP } from "node:net";
import type { ClusterFact } from "../model/cluster-facts.ts";
import type { EnvironmentFacts } from "../model/platform.ts";
import { asNetwork } from "../model/networks.ts";
import { daysOfMetrics, windowHours } from "./monitoring/streams.ts";

/** An empty text or list where the cluster does not say, which is told before (CLUSTER_FACT_MISSING). */
export function factOfCluster(facts: EnvironmentFacts, name: ClusterFact): string | string[] {
  const { environment, cluster } = facts;
  switch (name) {
    case "domain":
      return environment.domain;
    case "timeZone":
      return facts.timeZone;
    case "environment":
      return facts.name;
    case "cluster":
      return facts.clusterName;
    case "gatewayAddress":
      return cluster.gateways.internal.address ?? "";
    case "dnsAddress":
      return cluster.addresses?.["dns"] ?? "";
    case "addressPool":
      return (cluster.addressPool ?? []).map(asPool);
    case "podNetwork":
      return cluster.networks.pods;
    case "serviceNetwork":
      return cluster.networks.services;
    case "lanNetwork":
      return [...cluster.networks.lan];
    case "metricDays":
      return String(daysOfMetrics(facts));
    case "ingestHours":
      return String(windowHours(facts));
  }
}

/** MetalLB takes ranges and networks, and no address alone. */
const asPool = (entry: string): string => (isIP(entry) === 0 ? entry : asNetwork(entry));
