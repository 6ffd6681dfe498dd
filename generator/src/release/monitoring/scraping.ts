/** Where Prometheus reads metrics of a component. */
import type {
  EnvironmentFacts,
  Release,
  ResolvedComponent,
  ResolvedPort,
  ResolvedService,
} from "../../model/platform.ts";
import type { OwnMetrics } from "../../model/ports.ts";
import { exporterOf } from "../exporters.ts";

const scrapeDefaults = { path: "/metrics", every: "30s" } as const;

export interface Scrape {
  readonly ports: readonly ResolvedPort[];
  readonly path: string;
  /** What is asked for in the query. */
  readonly params: Readonly<Record<string, string[]>>;
  readonly interval: string;
  readonly https?: OwnMetrics["https"];
  readonly token?: OwnMetrics["token"];
  /** Its own labels win over those of the pod. */
  readonly keepLabels?: true | undefined;
}

/** What is scraped at a component: its own metrics ports or its exporter's; nothing on a cluster without a scraper. */
export function scrapeOf(
  facts: EnvironmentFacts,
  component: ResolvedComponent,
): Scrape | undefined {
  if (facts.cluster.scraper === undefined) return undefined;
  const { metrics } = component.source.spec;
  if (metrics === undefined) return undefined;
  if ("exporter" in metrics) {
    const exporter = exporterOf(component);
    const { path, every } = scrapeDefaults;
    return exporter === undefined
      ? undefined
      : { ports: [exporter.port], path, params: {}, interval: every };
  }
  const ports = [metrics.port]
    .flat()
    .flatMap(
      (name) => component.ports.find((port) => port.name === name && port.protocol === "TCP") ?? [],
    );
  if (ports.length === 0) return undefined;
  const { path = scrapeDefaults.path, every = scrapeDefaults.every, ...how } = metrics;
  const { https, token, keepLabels } = how;
  return { ports, ...takenApart(path), interval: every, https, token, keepLabels };
}

/** Prometheus takes a `?` in a path for a letter of it. */
function takenApart(address: string): Pick<Scrape, "path" | "params"> {
  const [path = "", ...query] = address.split("?");
  const params = Map.groupBy(new URLSearchParams(query.join("?")), ([name]) => name);
  return {
    path,
    params: Object.fromEntries(
      [...params].map(([name, same]) => [name, same.map(([, value]) => value)]),
    ),
  };
}

/** Whether the pods of a component are those that scrape the cluster. */
export const isScraper = (
  service: ResolvedService,
  { cluster }: EnvironmentFacts,
  component: ResolvedComponent,
): boolean => arePods(cluster.scraper, service, component);

/** Whether a release has the pods that scrape its cluster. */
export const runsScraper = ({ service, facts }: Release): boolean =>
  service.components.some((component) => isScraper(service, facts, component));

/** Whether what scrapes the cluster of an environment is one of these releases: of another one nobody knows what it reads. */
export const isScrapedByOurs = (
  { clusterName }: EnvironmentFacts,
  releases: readonly Release[],
): boolean =>
  releases.some((release) => release.facts.clusterName === clusterName && runsScraper(release));

/** Whether the pods a cluster speaks of are those of a component. */
export function arePods(
  pods: EnvironmentFacts["cluster"]["scraper"],
  { namespace }: ResolvedService,
  { podLabels }: ResolvedComponent,
): boolean {
  return (
    pods?.namespace === namespace &&
    Object.entries(pods.podLabels).every(([label, value]) => podLabels[label] === value)
  );
}
