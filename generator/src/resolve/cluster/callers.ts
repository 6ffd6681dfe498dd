/**
 * Gateways, the scraper and the prober of a cluster, where a service runs them: what they call follows from routes, metrics and health of
 * all services, in every environment of the cluster.
 */
import type { Call, Endpoint, Release } from "../../model/platform.ts";
import { gatewayOf, routeEnds } from "../../release/network/gateways.ts";
import { isScraper, scrapeOf } from "../../release/monitoring/scraping.ts";
import { isProber, probedAt } from "../../release/monitoring/probing.ts";

/** In: all releases of one cluster. Out: the same with what gateways, the scraper and the prober call. */
export function connectCallers(releases: readonly Release[]): Release[] {
  const ends = releases.flatMap(({ service, facts }) =>
    service.components.map((component) => ({ service, component, facts })),
  );
  const scrapers = ends.filter(({ service, facts, component }) =>
    isScraper(service, facts, component),
  );
  const probers = ends.filter(({ service, facts, component }) =>
    isProber(service, facts, component),
  );
  const proxies = ends.filter(
    ({ component: { source } }) =>
      source.kind === "chart" && source.spec.gatewayPorts !== undefined,
  );
  if (scrapers.length === 0 && probers.length === 0 && proxies.length === 0) return [...releases];
  const calls = Map.groupBy(
    releases.flatMap((release) => [
      ...routed(release, proxies),
      ...scraped(release, scrapers),
      ...probed(release, probers),
    ]),
    ({ consumer }) => consumer.service,
  );
  return releases.map((release) => ({ ...release, calls: calls.get(release.service) ?? [] }));
}

function routed(release: Release, proxies: readonly Endpoint[]): Call[] {
  const { service } = release;
  return Object.entries(service.spec.routes ?? {}).flatMap(([name, route]) => {
    const gateway = gatewayOf(release, route);
    const mine = proxies.filter((proxy) => proxy.service.namespace === gateway?.podNamespace);
    const byComponent = Map.groupBy(routeEnds(service, route), ({ component }) => component);
    return mine.flatMap((consumer) =>
      [...byComponent].map(([component, ends]) => ({
        consumer,
        provider: { service, component },
        ports: ends.flatMap(({ ports }) => ports),
        route: { name, audience: route.audience },
      })),
    );
  });
}

function scraped({ service, facts }: Release, scrapers: readonly Endpoint[]): Call[] {
  return service.components.flatMap((component) => {
    const ports = scrapeOf(facts, component)?.ports;
    if (ports === undefined) return [];
    return scrapers.map((consumer) => ({ consumer, provider: { service, component }, ports }));
  });
}

function probed(release: Release, probers: readonly Endpoint[]): Call[] {
  const { service } = release;
  return service.components.flatMap((component) => {
    const port = probedAt(release, component)?.port;
    if (port === undefined) return [];
    return probers.map((consumer) => ({
      consumer,
      provider: { service, component },
      ports: [port],
      probe: true as const,
    }));
  });
}
