/** Where Prometheus reads metrics; nowhere on a cluster without a scraper. */
import type { Release, ResolvedComponent, ResolvedPort } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
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

/** A component with a Service gets a ServiceMonitor. */
export function monitors(release: Release): ServiceValues["monitors"] {
  return Object.fromEntries(
    release.service.components.flatMap((component) => {
      const scrape = hasService(component) ? scrapeOf(release, component) : undefined;
      return scrape === undefined
        ? []
        : [
            [
              component.objectName,
              {
                service: component.objectName,
                ports: scrape.ports.map((port) => port.containerName),
                path: scrape.path,
                interval: scrape.interval,
              },
            ] as const,
          ];
    }),
  );
}

/** Pods without a Service of ours (a database cluster's, an upstream chart's) get a PodMonitor. */
export function podMonitors(release: Release): ServiceValues["podMonitors"] {
  return Object.fromEntries(
    release.service.components.flatMap((component) => {
      const scrape = hasService(component) ? undefined : scrapeOf(release, component);
      if (scrape === undefined) return [];
      const whose =
        component.source.kind === "chart"
          ? { selects: { ...component.podLabels } }
          : { component: component.name };
      return [
        [
          component.objectName,
          {
            ...whose,
            ports: scrape.ports.map((port) => port.containerName),
            path: scrape.path,
            interval: scrape.interval,
          },
        ] as const,
      ];
    }),
  );
}
