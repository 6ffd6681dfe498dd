/** `from(service, key)`: the service is consumed, and offers the key. */
import type { ResolvedComponent, ResolvedService } from "../../model/platform.ts";
import { propertyName } from "../../model/identifier.ts";
import type { Problem } from "../../problems/problem.ts";
import { creation } from "../../problems/creation.ts";
import { choice } from "../../problems/report.ts";
import type { Keys } from "../../problems/report.ts";
import { nearest } from "../../problems/suggest.ts";
import type { Site } from "../site.ts";
import { addition, edgeTo, edgeToPeer, loginEdge } from "../connections/consumes-text.ts";
import { readersOf } from "../connections/readers.ts";
import { connectionsTo, offeredKeys, offerOf, peerKeys } from "../../release/offers/offers.ts";

/** A release, the services that run here, and the names of all of the repository, whether they run here or not. */
export interface OfferSite extends Site {
  readonly services: ReadonlyMap<string, ResolvedService>;
  readonly existing: readonly string[];
}

/** Problems: FROM_WITHOUT_LOGIN, FROM_WITHOUT_CONSUMES, FROM_UNKNOWN_KEY; COMPONENT_UNKNOWN for `./name`. */
export function checkOffer(
  site: OfferSite,
  component: ResolvedComponent,
  keys: Keys,
  { from, key }: { from: string; key: string },
): Problem[] {
  const { release } = site;
  const offered = offerOf(release, component, from, key);
  if (from.startsWith("./")) return checkPeerOffer(site, component, keys, { from, key });
  if (
    offered?.kind === "login" &&
    !connectionsTo(release, component, from).some((edge) => edge.login !== undefined)
  ) {
    const edge = `${propertyName(from)}: ${loginEdge(release.service)}`;
    return [
      site.report("FROM_WITHOUT_LOGIN", [...keys, "key"], {
        message: `\`${key}\` of ${from} belongs to a login, and it consumes ${from} without one`,
        found: JSON.stringify(key),
        expected: `a login to ${from} in consumes`,
        fix: `write ${edge} in consumes`,
        causes: [
          { does: "sets", keys: [...component.path, "consumes", from], fix: `write here ${edge}` },
        ],
      }),
    ];
  }
  if (offered !== undefined) return [];
  const edge = release.outgoing.find(
    (candidate) =>
      candidate.consumer.component === component && candidate.provider.service.name === from,
  );
  if (edge === undefined) {
    // A consumed service that is unknown or absent has its own problem at the edge.
    if (from in component.consumes || isMeantByUnknown(site, component, from)) return [];
    return [
      site.report("FROM_WITHOUT_CONSUMES", [...keys, "from"], {
        found: `from(${JSON.stringify(from)}, ${JSON.stringify(key)})`,
        ...unconsumed(site, component, { keys, from, key }),
        causes: edgeRemoved(site, component, from),
      }),
    ];
  }
  const valid = [...offeredKeys(edge.provider.service, release.facts).keys()];
  return [
    site.report("FROM_UNKNOWN_KEY", [...keys, "key"], {
      message: `${from} does not offer \`${key}\``,
      ...choice(key, valid, `add it to offers in ${edge.provider.service.file}`),
    }),
  ];
}

/** An overlay takes an edge away together with what reads from it. */
function edgeRemoved(
  { release: { service } }: OfferSite,
  component: ResolvedComponent,
  from: string,
): NonNullable<Problem["causes"]> {
  // Removed, it says no more whether it stood in the component or for all of them.
  const edges = [
    [...component.path, "consumes", from],
    ["consumes", from],
  ];
  const own = readersOf({ service, component }, from).map((path) => JSON.stringify(path));
  return edges.map((keys) => ({
    does: "removes",
    keys,
    fix: `remove what reads from it too: remove: [${[JSON.stringify(keys.join(".")), ...own].join(", ")}], or take it out of remove`,
  }));
}

/** A misspelt name in `consumes` is one mistake, told at the edge; one that exists is not misspelt. */
function isMeantByUnknown(
  { existing, release: { service } }: OfferSite,
  { consumes }: ResolvedComponent,
  from: string,
): boolean {
  const known = new Set([...existing, ...service.components.map(({ name }) => `./${name}`)]);
  return Object.keys(consumes).some(
    (target) => !known.has(target) && nearest(target, [from]) !== undefined,
  );
}

/** What is wrong with reading from a service that is not consumed: it is the service itself, it is misspelt, or the edge is missing. */
function unconsumed(
  { existing, services, release: { service } }: OfferSite,
  component: ResolvedComponent,
  { keys, from, key }: { readonly keys: Keys; readonly from: string; readonly key: string },
): { message: string; expected: string; fix: string } {
  // What stands in all components at once is one mistake, so that it is told in the same words for each.
  const consumed = service.components.flatMap(({ consumes }) => Object.keys(consumes));
  const peers = service.components
    .filter((candidate) => candidate !== component)
    .map(({ name }) => `./${name}`);
  if (from === service.name)
    return {
      message: `${from} is this service itself`,
      expected: "another service",
      fix:
        peers.length === 0
          ? "write the value itself: a text, or a secret of its own with secret()"
          : `write the component: ${peers.join(", ")}`,
    };
  const adding = (name: string) => {
    const provider = services.get(name);
    const edge = provider === undefined ? undefined : edgeTo(provider, key, service);
    return addition({ service, keys }, name, edge);
  };
  if (existing.includes(from)) {
    const { fix } = choice(from, consumed, adding(from));
    return {
      message: `it reads from ${from} without consuming it`,
      expected: `${from} in consumes`,
      fix,
    };
  }
  const others = [...existing.filter((name) => name !== service.name), ...peers];
  const missing = nearest(from, others);
  const add =
    missing === undefined
      ? `create it: ${creation(from)}`
      : `write ${JSON.stringify(missing)}, and ${adding(missing)}`;
  const near = nearest(from, consumed);
  return {
    message: `\`${from}\` is not a service of this repository`,
    expected: "a service in consumes",
    fix: near === undefined ? add : `write ${JSON.stringify(near)}`,
  };
}

/** A component of the same service gives its ports; it must be there and be consumed. */
function checkPeerOffer(
  site: OfferSite,
  component: ResolvedComponent,
  keys: Keys,
  { from, key }: { from: string; key: string },
): Problem[] {
  const { service, facts } = site.release;
  const peer = service.components.find((candidate) => candidate.name === from.slice(2));
  if (peer === undefined) {
    const peers = service.components
      .filter((candidate) => candidate !== component)
      .map(({ name }) => `./${name}`);
    return [
      site.report("COMPONENT_UNKNOWN", [...keys, "from"], {
        message: `\`${from}\` is not a component of ${service.name}`,
        ...choice(from, peers, "add the component"),
      }),
    ];
  }
  const valid = peerKeys({ service, component: peer }, facts);
  if (!valid.has(key))
    return [
      site.report("FROM_UNKNOWN_KEY", [...keys, "key"], {
        message: `${from} does not offer \`${key}\``,
        ...choice(key, [...valid.keys()], `add a port to ${from}`),
      }),
    ];
  if (peer === component || from in component.consumes || isMeantByUnknown(site, component, from))
    return [];
  return [
    site.report("FROM_WITHOUT_CONSUMES", [...keys, "from"], {
      message: `it reads from ${from} without consuming it`,
      found: `from(${JSON.stringify(from)}, ${JSON.stringify(key)})`,
      expected: `${from} in consumes`,
      fix: addition({ service, keys }, from, edgeToPeer(peer, key)),
      causes: edgeRemoved(site, component, from),
    }),
  ];
}
