/** Which of the metrics that not every cluster has somebody makes: alerts on others would never be told. */
import type { Release } from "../../model/platform.ts";
import { componentFact } from "../../release/causes.ts";
import { optionalMetrics } from "../../release/monitoring/platform-rules.ts";
import { isProber } from "../../release/monitoring/probing.ts";

/** In: all releases of one cluster. Out: the same, each with those that are recorded where the rules of the cluster are. */
export function informOptionalMetrics(releases: readonly Release[]): Release[] {
  const carrier = releases.find(({ facts }) => facts.cluster.carrier === facts.name)?.facts;
  if (carrier === undefined) return [...releases];
  const made = {
    optionalMetrics: optionalMetrics(carrier, releases),
    ...releases.flatMap(proberFacts)[0],
  };
  return releases.map((release) => ({ ...release, ...made }));
}

/** What it says of its own metrics tells whether anybody would notice that the prober is away. */
const proberFacts = ({ service, facts }: Release): Pick<Release, "proberFact">[] =>
  service.components
    .filter((component) => isProber(service, facts, component))
    .map((component) => ({ proberFact: componentFact(service, component, "metrics") }));
