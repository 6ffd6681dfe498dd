/** `from(service, key)`: the service is consumed, and offers the key. */
import type { ResolvedComponent } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { choice } from "../problems/report.ts";
import type { Keys } from "../problems/report.ts";
import { nearest } from "../problems/suggest.ts";
import type { Site } from "./site.ts";
import { connectionsTo, offeredKeys, offerOf, peerKeys } from "../release/offers.ts";

/** Problems: FROM_WITHOUT_LOGIN, FROM_WITHOUT_CONSUMES, FROM_UNKNOWN_KEY; COMPONENT_UNKNOWN for `./name`. */
export function checkOffer(
  site: Site,
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
    const fix = `consumes: { ${from}: { login: "${release.service.name}" } }`;
    return [
      site.report("FROM_WITHOUT_LOGIN", [...keys, "key"], {
        message: `\`${key}\` of ${from} belongs to a login, and it consumes ${from} without one`,
        found: JSON.stringify(key),
        expected: `a login to ${from} in consumes`,
        fix,
      }),
    ];
  }
  if (offered !== undefined) return [];
  const edge = release.outgoing.find(
    (candidate) =>
      candidate.consumer.component === component && candidate.provider.service.name === from,
  );
  // A consumed service that is unknown or absent has its own problem at the edge.
  if (edge === undefined && (from in component.consumes || isMeantByAnother(component, from)))
    return [];
  if (edge === undefined) {
    return [
      site.report("FROM_WITHOUT_CONSUMES", [...keys, "from"], {
        message: `it reads from ${from} without consuming it`,
        found: `from(${JSON.stringify(from)}, ${JSON.stringify(key)})`,
        expected: `${from} in consumes`,
        fix: `add ${from} to consumes, with the port it calls`,
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

/** A misspelt name in `consumes` is one mistake, told at the edge. */
const isMeantByAnother = (component: ResolvedComponent, from: string): boolean =>
  Object.keys(component.consumes).some((target) => nearest(target, [from]) !== undefined);

/** A component of the same service gives its ports; it must be there and be consumed. */
function checkPeerOffer(
  site: Site,
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
  if (peer === component || from in component.consumes || isMeantByAnother(component, from))
    return [];
  return [
    site.report("FROM_WITHOUT_CONSUMES", [...keys, "from"], {
      message: `it reads from ${from} without consuming it`,
      found: `from(${JSON.stringify(from)}, ${JSON.stringify(key)})`,
      expected: `${from} in consumes`,
      fix: `add "${from}" to consumes, with the port it calls`,
    }),
  ];
}
