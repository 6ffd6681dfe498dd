/** Facts that `cluster("…")` reads, and where a value is such a reference, told without the model. */
import { askedFor } from "./reading.ts";

/** What `cluster(key)` may read. */
export const clusterFacts = [
  "domain",
  "timeZone",
  "environment",
  "cluster",
  "gatewayAddress",
  "dnsAddress",
  "addressPool",
  "podNetwork",
  "serviceNetwork",
  "lanNetwork",
  "metricDays",
  "ingestHours",
] as const;
export type ClusterFact = (typeof clusterFacts)[number];

/** The fact, when a value is `cluster("key")` and nothing else. */
export function clusterFactIn(value: object): ClusterFact | undefined {
  const asked = askedFor(value, "cluster");
  return clusterFacts.find((fact) => fact === asked);
}
