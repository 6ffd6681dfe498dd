/** Where Prometheus reads metrics of a component. */
import type {
  EnvironmentFacts,
  ResolvedComponent,
  ResolvedPort,
  ResolvedService,
} from "../model/platform.ts";
import { exporterOf } from "./exporters.ts";
import { portOfService } from "./ports.ts";

const scrapeDefaults = { path: "/metrics", every: "30s" } as const;

export interface Scrape {
  readonly ports: readonly ResolvedPort[];
  readonly path: string;
  readonly interval: string;
}

/** What is scraped at a component: its own metrics ports, its exporter's, or the chart's; nothing on a cluster without a scraper. */
export function scrapeOf(
  service: ResolvedService,
  facts: EnvironmentFacts,
  component: ResolvedComponent,
): Scrape | undefined {
  if (facts.cluster.scraper === undefined) return undefined;
  const metrics =
    component.source.kind === "workload"
      ? component.source.spec.metrics
      : "metrics" in service.spec && service.kind === "chart"
        ? service.spec.metrics
        : undefined;
  if (metrics === undefined) return undefined;
  if ("exporter" in metrics) {
    const exporter = exporterOf(component);
    const { path, every } = scrapeDefaults;
    return exporter === undefined ? undefined : { ports: [exporter.port], path, interval: every };
  }
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

/** Whether the pods of a component are those that scrape the cluster. */
export function isScraper(
  { namespace }: ResolvedService,
  { cluster: { scraper } }: EnvironmentFacts,
  { podLabels }: ResolvedComponent,
): boolean {
  return (
    scraper?.namespace === namespace &&
    Object.entries(scraper.podLabels).every(([label, value]) => podLabels[label] === value)
  );
}
