/** Names of the cluster, which the name servers of a component do not know: what calls them finds nobody. */
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { containersOf } from "../../release/containers.ts";
import { neededConnections } from "../../release/layers.ts";
import { isForeign, nameserversOf } from "../../release/network/nameservers.ts";
import { offerAskedFor } from "../../release/offers/offers.ts";
import { containerKeys } from "../entry-keys.ts";
import { siteOf } from "../site.ts";

/** In: a release. Problems: NAME_UNANSWERED, warnings, one for each component. */
export const checkUnansweredNames = (release: Release): Problem[] =>
  release.service.components.flatMap((component) => {
    const asked = nameserversOf(component);
    const [name] = namesAsked(release, component);
    if (name === undefined || asked.length === 0) return [];
    if (!asked.every((address) => isForeign(release.facts.cluster, address))) return [];
    return [
      siteOf(release).report("NAME_UNANSWERED", [...component.path, "network", "nameservers"], {
        severity: "warning",
        message: `${name.does} by its name in the cluster, which none of its name servers knows`,
        found: asked.join(", "),
        expected: "the cluster's DNS",
        fix: `remove nameservers; or write an address for the name of ${name.of} in hosts beside it`,
      }),
    ];
  });

interface Asked {
  readonly does: string;
  readonly of: string;
}

/** What it waits for, and what it reads an address of; none that a line of /etc/hosts answers. */
function namesAsked(release: Release, component: ResolvedComponent): Asked[] {
  const { service, outgoing } = release;
  const namespaces = new Map(
    outgoing.map(({ provider }) => [provider.service.name, provider.service.namespace]),
  );
  const { spec } = component.source;
  const known = Object.keys(("network" in spec ? spec.network?.hosts : undefined) ?? {});
  const isKnown = (name: string) => {
    const namespace = namespaces.get(name) ?? service.namespace;
    return known.some((host) => host.split(".").includes(namespace));
  };
  const waits = neededConnections(release, component).map(
    ({
      provider: {
        service: { name },
      },
    }) => ({
      does: `${service.name} waits for ${name}`,
      of: name,
    }),
  );
  return [...waits, ...readNames(release, component)].filter(({ of }) => !isKnown(of));
}

/** `from(…, "host")` and `"url"`, of a port, a login or a component beside it. */
const readNames = ({ service }: Release, component: ResolvedComponent): Asked[] =>
  containersOf(component).flatMap((container) =>
    (["env", "files"] as const).flatMap((field) =>
      Object.entries(container.spec[field] ?? {}).flatMap(([name, value]) => {
        const offer = offerAskedFor(value);
        if (offer === undefined || !/(?:^|-)(?:host|url)$/.test(offer.key)) return [];
        const place = containerKeys({ service, component }, container, field, name).join(".");
        return [{ does: `${place} calls ${offer.from}`, of: offer.from }];
      }),
    ),
  );
