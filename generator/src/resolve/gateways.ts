/** What a release that carries gateways needs to know of the other environments of its cluster. */
import type { GatewayNeeds, Release } from "../model/platform.ts";
import { audiencesAskedFor } from "../release/listeners.ts";

/** In: all releases of one cluster. Out: the same; those that carry gateways know its providers and routes. */
export function informGateways(releases: readonly Release[]): Release[] {
  if (!releases.some(carriesGateways)) return [...releases];
  const needs: GatewayNeeds = {
    environments: [...new Set(releases.map(({ facts }) => facts))].toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    ),
    routes: releases.flatMap(({ facts, service }) =>
      Object.entries(service.spec.routes ?? {}).map(([name, route]) => ({
        facts,
        service,
        name,
        route,
      })),
    ),
  };
  return releases.map((release) =>
    carriesGateways(release) ? { ...release, carries: needs } : release,
  );
}

function carriesGateways({ service }: Release): boolean {
  return (
    service.components.some(({ source }) => source.spec.reaches?.signIn === true) ||
    audiencesAskedFor(service.spec.objects).length > 0
  );
}
