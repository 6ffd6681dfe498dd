/** Where Prometheus reads metrics; nowhere on a cluster without a scraper. */
import type { Derived } from "../../model/derived.ts";
import { valuesOf } from "../../model/derived.ts";
import { ownSecret } from "../../model/names.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { SecretReference } from "../../model/references.ts";
import type { ServiceValues } from "../../model/values/service.ts";
import { clusterFact, componentFact } from "../../release/causes.ts";
import { hasService } from "../../release/components.ts";
import { compact } from "../compact.ts";
import { exporterMetrics } from "../../release/exporters.ts";
import { scrapeOf } from "../../release/monitoring/scraping.ts";
import type { Scrape } from "../../release/monitoring/scraping.ts";

type Monitors = ServiceValues["monitors"];
type PodMonitors = ServiceValues["podMonitors"];

export const monitors = (release: Release): Monitors =>
  Object.fromEntries(valuesOf(derivedMonitors(release)));

export const podMonitors = (release: Release): PodMonitors =>
  Object.fromEntries(valuesOf(derivedPodMonitors(release)));

/** A component with a Service gets a ServiceMonitor. */
export function derivedMonitors(release: Release): Derived<[string, Monitors[string]]>[] {
  return release.service.components
    .filter(isReadAtService)
    .flatMap((component) =>
      derivedScrape(release, component, (scrape) => [
        component.objectName,
        { service: component.objectName, ...scrape },
      ]),
    );
}

/** Pods without a Service of ours (a database cluster's, an upstream chart's) get a PodMonitor, and those with an exporter, which no Service leads to. */
export function derivedPodMonitors(release: Release): Derived<[string, PodMonitors[string]]>[] {
  return release.service.components
    .filter((component) => !isReadAtService(component))
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

type Monitored = Omit<Monitors[string], "service">;

const isReadAtService = (component: ResolvedComponent) =>
  hasService(component) && exporterMetrics(component) === undefined;

function derivedScrape<T>(
  release: Release,
  component: ResolvedComponent,
  monitor: (scrape: Monitored) => T,
): Derived<T>[] {
  const { service, facts } = release;
  const scrape = scrapeOf(facts, component);
  if (scrape === undefined) return [];
  return [
    {
      value: monitor({
        ports: scrape.ports.map((port) => port.containerName),
        path: scrape.path,
        interval: scrape.interval,
        ...compact({
          params: scrape.params,
          tls: tlsOf(scrape),
          token: keyOf(scrape.token),
          keepLabels: scrape.keepLabels,
        }),
      }),
      rule: "metrics-scraped",
      causes: [componentFact(service, component, "metrics"), clusterFact(facts, "scraper")],
    },
  ];
}

function tlsOf({ https }: Scrape): Monitored["tls"] {
  if (https === undefined) return undefined;
  return "because" in https
    ? { unverified: true }
    : { host: https.host, ...compact({ ca: keyOf(https.ca) }) };
}

const keyOf = (reference: SecretReference | undefined) =>
  reference === undefined ? undefined : { secret: ownSecret, key: reference.secret };
