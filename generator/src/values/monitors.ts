/** Where Prometheus reads metrics. */
import type {
  Release,
  ResolvedComponent,
  ResolvedPort,
  ResolvedService,
} from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { portOfService } from "../resolve/connections.ts";

const scrapeDefaults = { path: "/metrics", every: "30s" } as const;

interface Scrape {
  readonly port: ResolvedPort;
  readonly path: string;
  readonly interval: string;
}

/** What is scraped at a component: its own metrics port, or the chart's. */
function scrapeOf(service: ResolvedService, component: ResolvedComponent): Scrape | undefined {
  const metrics =
    component.source.kind === "workload"
      ? component.source.spec.metrics
      : "metrics" in service.spec && service.kind === "chart"
        ? service.spec.metrics
        : undefined;
  if (metrics === undefined || !("port" in metrics) || metrics.port === undefined) return undefined;
  const end =
    component.source.kind === "workload"
      ? { component, ports: component.ports.filter((port) => port.name === metrics.port) }
      : portOfService(service, metrics.port);
  const port =
    end?.component === component
      ? end.ports.find((candidate) => candidate.protocol === "TCP")
      : undefined;
  return port === undefined
    ? undefined
    : {
        port,
        path: metrics.path ?? scrapeDefaults.path,
        interval: metrics.every ?? scrapeDefaults.every,
      };
}

export function metricsPort(
  service: ResolvedService,
  component: ResolvedComponent,
): ResolvedPort | undefined {
  return scrapeOf(service, component)?.port;
}

/** A component with a Service gets a ServiceMonitor. */
export function monitors(release: Release): ServiceValues["monitors"] {
  return Object.fromEntries(
    release.service.components.flatMap((component) => {
      const scrape = hasService(component) ? scrapeOf(release.service, component) : undefined;
      return scrape === undefined
        ? []
        : [
            [
              component.objectName,
              {
                service: component.objectName,
                port: scrape.port.containerName,
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
      const scrape = hasService(component) ? undefined : scrapeOf(release.service, component);
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
            port: scrape.port.containerName,
            path: scrape.path,
            interval: scrape.interval,
          },
        ] as const,
      ];
    }),
  );
}

/** Components RZP makes a Service for: CloudNativePG and upstream charts bring their own. */
export function hasService(component: ResolvedComponent): boolean {
  return (
    component.source.kind === "workload" &&
    component.source.spec.runs?.as !== "postgresCluster" &&
    component.ports.length > 0
  );
}
