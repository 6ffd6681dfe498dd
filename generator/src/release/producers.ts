/** Which metrics exist in an environment, and who makes them: what rules and dashboards may name. */
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import { exporterFacts, exporterMetrics } from "./exporters.ts";

/** In: an environment, and the releases of all. Out: each metric that is produced there, with the name of its producer. */
export function producedMetrics(
  facts: EnvironmentFacts,
  releases: readonly Release[],
): ReadonlyMap<string, string> {
  const produced = new Map<string, string>();
  for (const { name, metrics } of producersIn(facts, releases))
    for (const metric of metrics) if (!produced.has(metric)) produced.set(metric, name);
  return produced;
}

export interface Producer {
  /** `kube-state-metrics`, `exportarr of sonarr`, `velero`. */
  readonly name: string;
  readonly metrics: readonly string[];
}

/** What runs in the environment, or is carried for it on its cluster. */
export function producersIn(facts: EnvironmentFacts, releases: readonly Release[]): Producer[] {
  return releases
    .filter(
      (release) =>
        release.facts.name === facts.name ||
        (release.facts.clusterName === facts.clusterName &&
          facts.tiers[release.service.tier]?.once === true),
    )
    .flatMap(({ service }) =>
      service.components.flatMap((component): Producer[] => {
        const exporter = exporterMetrics(component);
        return exporter === undefined
          ? []
          : [
              {
                name: `${exporter.exporter} of ${service.name}`,
                metrics: ["up", exporterFacts(exporter).alive],
              },
            ];
      }),
    );
}
