/** Names of the cluster, which the name servers of a component do not know: what calls them finds nobody. */
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { containersOf } from "../../release/containers.ts";
import { neededConnections } from "../../release/layers.ts";
import { isForeign, nameserversOf } from "../../release/network/nameservers.ts";
import { hostOf, loginTo, offerAskedFor, offerOf } from "../../release/offers/offers.ts";
import type { OfferAsked } from "../../release/offers/offers.ts";
import { containerKeys } from "../../release/entry-keys.ts";
import { siteOf } from "../site.ts";

/** In: a release. Problems: NAME_UNANSWERED, warnings, one for each component. */
export const checkUnansweredNames = (release: Release): Problem[] =>
  release.service.components.flatMap((component) => {
    const asked = nameserversOf(component);
    if (asked.length === 0 || !asked.every((one) => isForeign(release.facts.cluster, one)))
      return [];
    const [name] = namesAsked(release, component);
    if (name === undefined) return [];
    return [
      siteOf(release).report("NAME_UNANSWERED", [...component.path, "network", "nameservers"], {
        severity: "warning",
        message: `${name.does} by its name in the cluster, which none of its name servers knows`,
        found: asked.join(", "),
        expected: `the cluster's DNS, or a line for ${name.host} in hosts`,
        fix: "remove nameservers; or write that name with an address in hosts beside it",
      }),
    ];
  });

interface Asked {
  readonly does: string;
  /** In full, as the pod asks for it. */
  readonly host: string;
}

/** What it waits for, and what it reads an address of; none that a line of /etc/hosts answers, which holds for the whole name. */
function namesAsked(release: Release, component: ResolvedComponent): Asked[] {
  const { service, facts } = release;
  const { spec } = component.source;
  const known = ("network" in spec ? spec.network?.hosts : undefined) ?? {};
  const waits = neededConnections(release, component).map(({ provider }) => ({
    does: `${service.name} waits for ${provider.service.name}`,
    host: hostOf(provider, facts),
  }));
  return [...waits, ...readNames(release, component)].filter(
    ({ host }) => !Object.hasOwn(known, host),
  );
}

/** Where from() gives an address: of a port, a login or a component beside it. */
const readNames = (release: Release, component: ResolvedComponent): Asked[] =>
  containersOf(component).flatMap((container) =>
    (["env", "files"] as const).flatMap((field) =>
      Object.entries(container.spec[field] ?? {}).flatMap(([name, value]) => {
        const offer = offerAskedFor(value);
        const host = offer && hostRead(release, component, offer);
        if (offer === undefined || host === undefined) return [];
        const owner = { service: release.service, component };
        const place = containerKeys(owner, container, field, name).join(".");
        return [{ does: `${place} calls ${offer.from}`, host }];
      }),
    ),
  );

/** The name in what is read; undefined for a port, a user, a secret that is written in the store. */
function hostRead(
  release: Release,
  component: ResolvedComponent,
  { from, key }: OfferAsked,
): string | undefined {
  const offered = offerOf(release, component, from, key);
  if (offered === undefined || offered.kind === "shared" || !/(?:^|-)(?:host|url)$/.test(key))
    return undefined;
  return offered.kind === "text"
    ? offered.text.replace(/^.*:\/\//, "").replace(/:\d+$/, "")
    : hostOf(loginTo(release, component, from).provider, release.facts);
}
