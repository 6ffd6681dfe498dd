/** Which of the metrics that not every cluster has somebody makes: alerts on others would never be told. */
import type { Release } from "../../model/platform.ts";
import { optionalMetrics } from "../../release/monitoring/platform-rules.ts";

/** In: all releases of one cluster. Out: the same, each with those that are recorded where the rules of the cluster are. */
export function informOptionalMetrics(releases: readonly Release[]): Release[] {
  const carrier = releases.find(({ facts }) => facts.cluster.carrier === facts.name)?.facts;
  if (carrier === undefined) return [...releases];
  const made = optionalMetrics(carrier, releases);
  return releases.map((release) => ({ ...release, optionalMetrics: made }));
}
