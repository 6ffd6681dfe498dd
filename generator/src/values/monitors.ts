/** Where Prometheus reads metrics; nowhere on a cluster without a scraper. */
import type { Derived } from "../model/derived.ts";
import { valuesOf } from "../model/derived.ts";
import type { Release, ResolvedComponent, ResolvedPort } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { clusterFact, componentFact, serviceFact } from "../release/causes.ts";
import { hasService } from "../release/components.ts";
import { portOfService } from "../release/ports.ts";

const scrapeDefaults = { path: "/metrics", every: "30s" } as const;

interface Scrape {
  readonly ports: readonly ResolvedPort[];
  readonly path: string;
  readonly interval: string;
}

/** What is scraped at a component: its own metrics ports, or the chart's. */
function scrapeOf({ service, facts }: Release, component: ResolvedComponent): Scrape | undefined {
  if (facts.cluster.scraper === undefined) return undefined;
  const metrics =
    component.source.kind === "workload"
      ? component.source.spec.metrics
      : "metrics" in service.spec && service.kind === "chart"
        ? service.spec.metrics
        : undefined;
  if (metrics === undefined || !("port" in metrics) || metrics.port === undefined) return undefined;
  const ports = [metrics.port].flat().flatMap((name) => {
    const end =
      component.source.kind === "workload"
        ? { component, ports: component.ports.filter((port) => port.name === name) }
        : portOfService(service, name);
    const isTcp = (port: ResolvedPort) => port.protocol === "TCP";
    return (end?.component === component ? end.ports.find(isTcp) : undefined) ?? [];
  });
  return ports.length === 0
    ? undefined
    : {
        ports,
        path: metrics.path ?? scrapeDefaults.path,
        interval: metrics.every ?? scrapeDefaults.every,
      };
}

/** Ports of a component that Prometheus must reach. */
export function metricsPorts(
  release: Release,
  component: ResolvedComponent,
): readonly ResolvedPort[] {
  return scrapeOf(release, component)?.ports ?? [];
}

type Monitors = ServiceValues["monitors"];
type PodMonitors = ServiceValues["podMonitors"];

export const monitors = (release: Release): Monitors =>
  Object.fromEntries(valuesOf(derivedMonitors(release)));

export const podMonitors = (release: Release): PodMonitors =>
  Object.fromEntries(valuesOf(derivedPodMonitors(release)));

/** A component with a Service gets a ServiceMonitor. */
export function derivedMonitors(release: Release): Derived<[string, Monitors[string]]>[] {
  return release.service.components
    .filter(hasService)
    .flatMap((component) =>
      derivedScrape(release, component, (scrape) => [
        component.objectName,
        { service: component.objectName, ...scrape },
      ]),
    );
}

/** Pods without a Service of ours (a database cluster's, an upstream chart's) get a PodMonitor. */
export function derivedPodMonitors(release: Release): Derived<[string, PodMonitors[string]]>[] {
  return release.service.components
    .filter((component) => !hasService(component))
    .flatMap((component) =>
      derivedScrape(release, component, (scrape) => [
        component.objectName,
        {
          ...(component.source.kind === "chart"
            ? { selects: { ...component.podLabels } }
            : { component: component.name }),
          ...scrape,
        },
      ]),
    );
}

function derivedScrape<T>(
  release: Release,
  component: ResolvedComponent,
  monitor: (scrape: { ports: string[]; path: string; interval: string }) => T,
): Derived<T>[] {
  const scrape = scrapeOf(release, component);
  if (scrape === undefined) return [];
  const { service, facts } = release;
  const metrics =
    component.source.kind === "chart"
      ? serviceFact(service, "metrics")
      : componentFact(service, component, "metrics");
  return [
    {
      value: monitor({
        ports: scrape.ports.map((port) => port.containerName),
        path: scrape.path,
        interval: scrape.interval,
      }),
      rule: "metrics-scraped",
      causes: [metrics, clusterFact(facts, "scraper")],
    },
  ];
}
