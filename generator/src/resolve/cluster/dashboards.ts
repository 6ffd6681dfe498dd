/** Dashboards of a cluster: one a service, one a tier, one of the platform; each with the panels whose metrics somebody makes. */
import type { DashboardFacts } from "../../model/dashboards.ts";
import type { EnvironmentFacts, Release } from "../../model/platform.ts";
import { panels, platformPanelNames, tierPanelNames } from "../../model/panels.ts";
import { derivedPanels } from "../../release/monitoring/dashboard-panels.ts";
import { producedMetrics } from "../../release/monitoring/producers.ts";
import { clusterStream, streamOf } from "../../release/monitoring/streams.ts";

/** In: all releases of one cluster, with the carrier. Out: its dashboards, by title; also those of services by release. */
export function dashboardsOf(
  releases: readonly Release[],
  carrier: EnvironmentFacts,
): {
  readonly all: readonly DashboardFacts[];
  readonly ofServices: ReadonlyMap<Release, DashboardFacts>;
} {
  const ofServices = new Map<Release, DashboardFacts>();
  const others = [ofPlatform(carrier, producedMetrics(carrier, releases))];
  for (const [facts, mine] of Map.groupBy(releases, (release) => release.facts)) {
    const made = producedMetrics(facts, releases);
    for (const release of mine) ofServices.set(release, ofService(release, made));
    for (const [tier, of] of Map.groupBy(mine, ({ service }) => service.tier))
      others.push(ofTier(facts, tier, of, made));
  }
  return {
    all: [...ofServices.values(), ...others].toSorted((a, b) => (a.title < b.title ? -1 : 1)),
    ofServices,
  };
}

type Made = ReadonlyMap<string, string>;

/** A panel is shown where each metric it reads is made by somebody. */
const known = (names: Iterable<string>, made: Made): string[] =>
  [...new Set(names)].filter((name) => panels[name]?.reads.every((metric) => made.has(metric)));

/** An environment that does not carry the platform says so in its titles. */
const titled = ({ environment: { prefix } }: EnvironmentFacts, title: string): string =>
  prefix === undefined ? title : `${title} (${prefix})`;

function ofService(release: Release, made: Made): DashboardFacts {
  const { facts, service } = release;
  return {
    title: titled(facts, `Service ${service.name}`),
    about: service.spec.about,
    panels: known(
      derivedPanels(release).map(({ value: { panel } }) => panel),
      made,
    ),
    names: {
      namespace: service.namespace,
      service: service.name,
      stream: streamOf(facts, service.tier),
    },
  };
}

function ofTier(
  facts: EnvironmentFacts,
  tier: string,
  releases: readonly Release[],
  made: Made,
): DashboardFacts {
  const namespaces = releases.map(({ service }) => service.namespace).toSorted();
  return {
    title: titled(facts, `Tier ${tier}`),
    about: facts.tiers[tier]?.about ?? tier,
    panels: [...known(tierPanelNames, made), "lines-of-stream", "errors-of-stream"],
    names: { namespaces: namespaces.join("|"), stream: streamOf(facts, tier) },
  };
}

const ofPlatform = ({ clusterName }: EnvironmentFacts, made: Made): DashboardFacts => ({
  title: "Platform",
  about: `The cluster ${clusterName} as a whole, and lines of pods outside all tiers`,
  panels: [...known(platformPanelNames, made), "lines-of-stream", "errors-of-stream"],
  names: { stream: clusterStream },
});
