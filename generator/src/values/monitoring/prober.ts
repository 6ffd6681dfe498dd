/** What the cluster's prober asks: components without metrics. */
import type { Derived } from "../../model/derived.ts";
import { valuesOf } from "../../model/derived.ts";
import type { Release } from "../../model/platform.ts";
import type { ServiceValues } from "../../model/values/service.ts";
import { clusterFact, namespaceFact } from "../../release/causes.ts";
import {
  probedAt,
  probeName,
  probeTarget,
  probingFacts,
} from "../../release/monitoring/probing.ts";

type Probes = ServiceValues["probes"];

const interval = "30s";

export const probes = (release: Release): Probes =>
  Object.fromEntries(valuesOf(derivedProberQuestions(release)));

/** By the name of the Probe, which is that of its job too. */
export function derivedProberQuestions(release: Release): Derived<[string, Probes[string]]>[] {
  const { service, facts } = release;
  const { prober } = facts.cluster;
  return service.components.flatMap((component): Derived<[string, Probes[string]]>[] => {
    const probing = probedAt(release, component);
    if (probing === undefined || prober === undefined) return [];
    return [
      {
        value: [
          probeName(component),
          {
            component: component.name,
            prober: `${prober.service}.${prober.namespace}.svc:${prober.port}`,
            module: probing.module,
            target: probeTarget(service, component, probing),
            interval,
          },
        ],
        rule: "probed-without-metrics",
        causes: [
          ...probingFacts(service, component, probing),
          clusterFact(facts, "scraper"),
          clusterFact(facts, "prober"),
          // The host of the target bears it.
          namespaceFact(service),
        ],
      },
    ];
  });
}
