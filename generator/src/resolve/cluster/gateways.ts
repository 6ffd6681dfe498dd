/** What a release that carries gateways needs to know of the other environments of its cluster. */
import type { GatewayNeeds, Release, ResolvedComponent } from "../../model/platform.ts";
import { audiencesAskedFor } from "../../release/network/listeners.ts";
import { targetOf, writesNames } from "../../release/network/public-names.ts";

/** In: all releases of one cluster. Out: the same; those that carry gateways know its providers and routes. */
export function informGateways(releases: readonly Release[]): Release[] {
  if (!releases.some(carriesGateways)) return [...releases];
  const target = publicTarget(releases);
  const needs: GatewayNeeds = {
    ...(target !== undefined && { publicTarget: target }),
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
    askers: releases.flatMap(({ service }) =>
      service.components.filter(asksToSignIn).map((component) => ({ service, component })),
    ),
  };
  return releases.map((release) =>
    carriesGateways(release) ? { ...release, carries: needs } : release,
  );
}

/** What external-dns is to let public names lead to; where it does not run, `infra` writes them. */
function publicTarget(releases: readonly Release[]): string | undefined {
  const [{ facts } = {}] = releases;
  const names = facts?.cluster.publicNames;
  return facts === undefined || names === undefined || !writesNames(releases)
    ? undefined
    : targetOf(facts.clusterName, names);
}

function carriesGateways({ service }: Release): boolean {
  return (
    service.components.some(
      ({ source: { spec } }) => spec.reaches?.signIn === true || "gatewayPorts" in spec,
    ) || audiencesAskedFor(service.spec.objects).length > 0
  );
}

const asksToSignIn = ({ source }: ResolvedComponent) => source.spec.reaches?.signIn === true;
