/** `from(service, key)`: the service is consumed, and offers the key. */
import type { Connection, ResolvedComponent, ResolvedService } from "../../model/platform.ts";
import { propertyName } from "../../model/identifier.ts";
import type { Problem } from "../../problems/problem.ts";
import { creation } from "../../problems/creation.ts";
import { choice } from "../../problems/report.ts";
import type { ProblemText } from "../../problems/report.ts";
import type { Keys } from "../../model/reading.ts";
import { loginKeys } from "../../model/login-keys.ts";
import { nearest } from "../../problems/suggest.ts";
import type { Site } from "../site.ts";
import { addition, edgeTo, edgeToPeer, loginEdge } from "../connections/consumes-text.ts";
import { readersBeside, readersOf } from "../connections/readers.ts";
import {
  connectionsTo,
  isOwnBeside,
  offeredKeys,
  offerOf,
  peerKeys,
} from "../../release/offers/offers.ts";
import type { OfferAsked, Reader } from "../../release/offers/offers.ts";
import { keyedPorts, portFacts } from "../../release/offers/keys.ts";

/** A release, the services that run here, and the names of all services and hosts of the repository, whether they are here or not. */
export interface OfferSite extends Site {
  readonly services: ReadonlyMap<string, ResolvedService>;
  readonly existing: readonly string[];
  readonly hosts: readonly string[];
}

/** Problems: FROM_WITHOUT_LOGIN, FROM_WITHOUT_CONSUMES, FROM_UNKNOWN_KEY; COMPONENT_UNKNOWN for `./name`. */
export function checkOffer(
  site: OfferSite,
  reader: Reader,
  keys: Keys,
  { from, key }: OfferAsked,
): Problem[] {
  const { release } = site;
  const offered = offerOf(release, reader, from, key);
  if (from.startsWith("./")) return checkPeerOffer(site, reader, keys, { from, key });
  const edges = connectionsTo(release, reader, from);
  const logsIn = edges.some(({ login }) => login !== undefined);
  if (offered?.kind === "login" && !logsIn) {
    const edge = `${propertyName(from)}: ${loginEdge(release.service)}`;
    return [
      site.report("FROM_WITHOUT_LOGIN", [...keys, "key"], {
        message: `\`${key}\` of ${from} belongs to a login, and it consumes ${from} without one`,
        found: JSON.stringify(key),
        expected: `a login to ${from} in consumes`,
        fix: `write ${edge} in consumes`,
        causes: readersIn(site, reader).map(({ path }) => ({
          does: "sets",
          keys: [...path, "consumes", from],
          fix: `write here ${edge}`,
        })),
      }),
    ];
  }
  if (offered !== undefined) return [];
  // An edge that leads nowhere is told at the edge, and says nothing of what its service offers.
  const isMeant =
    isConsumed(site, reader, from) ||
    isMeantByUnknown(site, reader, from) ||
    (isOwnBeside(release, reader, from) && !offeredKeys(release.service, release.facts).has(key));
  if (edges.length === 0 && !isMeant)
    return [
      site.report("FROM_WITHOUT_CONSUMES", [...keys, "from"], {
        found: `from(${JSON.stringify(from)}, ${JSON.stringify(key)})`,
        ...unconsumed(site, reader, { keys, from, key }),
        causes: edgeRemoved(site, reader, from),
      }),
    ];
  const provider = site.services.get(from);
  if (provider === undefined) return [];
  const valid = [...offeredKeys(provider, release.facts).keys()];
  if (valid.includes(key)) return [];
  // That there is no login is told at the edge that asks for one.
  if (!logsIn && asksForLogin(site, reader, from) && loginKeys.some((one) => one === key))
    return [];
  return [
    site.report("FROM_UNKNOWN_KEY", [...keys, "key"], {
      message: `${from} does not offer \`${key}\``,
      ...keyChoice(
        key,
        consumedFirst(valid, keyedPorts(provider.kind, provider.components), edges),
        {
          otherwise: `add it to offers in ${provider.file}`,
        },
      ),
    }),
  ];
}

const asksForLogin = (site: OfferSite, reader: Reader, from: string) =>
  readersIn(site, reader).some(({ consumes }) => {
    const asked = consumes[from];
    return typeof asked === "object" && "login" in asked;
  });

/**
 * `dns-host` and `dns-tcp-host` are meant by their port, whether each protocol of it has a number of its own or not: to letters alone,
 * `dot-host` is nearer. `client-url` and `url` are meant by `server-client-url`, which says more.
 *
 * In: keys that are valid, those that are meant first; what else can be done, and whether it still can where the key is one of a port.
 */
function keyChoice(
  key: string,
  valid: readonly string[],
  { otherwise, ofPortToo = true }: { readonly otherwise: string; readonly ofPortToo?: boolean },
) {
  const ofPort = valid.filter(
    (one) => portKey(one) === portKey(key) || portKey(one).endsWith(`-${portKey(key)}`),
  );
  const written = ofPort.map((one) => JSON.stringify(one)).join(" or ");
  return {
    ...choice(key, valid, otherwise),
    ...(written === ""
      ? {}
      : { fix: ofPortToo ? `write ${written}, or ${otherwise}` : `write ${written}` }),
  };
}

/** In: keys, the ports of which they may be, and the edges that are there. Out: the keys, those of ports that are consumed first. */
function consumedFirst(
  keys: readonly string[],
  ports: ReturnType<typeof keyedPorts<ResolvedComponent>>,
  edges: readonly Connection[],
): string[] {
  const consumed = ports
    .filter(({ component, port }) =>
      edges.some(
        (edge) =>
          edge.provider.component.name === component.name &&
          edge.ports.some(({ name, number }) => name === port.name && number === port.number),
      ),
    )
    .flatMap(({ prefix }) => portFacts.map((fact) => `${prefix}${fact}`));
  const isConsumed = (key: string) => consumed.includes(key);
  return [...keys.filter(isConsumed), ...keys.filter((key) => !isConsumed(key))];
}

/** A key of a port without its protocol. */
const portKey = (key: string) => key.replace(/-(?:tcp|udp)-([^-]+)$/, "-$1");

/** Components whose edges let the reader read. */
const readersIn = ({ release: { service } }: OfferSite, reader: Reader) =>
  reader === undefined ? service.components : [reader];

const isConsumed = (site: OfferSite, reader: Reader, from: string) =>
  readersIn(site, reader).some(({ consumes }) => from in consumes);

/** An overlay takes an edge away together with what reads from it. */
function edgeRemoved(
  site: OfferSite,
  reader: Reader,
  from: string,
): NonNullable<Problem["causes"]> {
  const { service } = site.release;
  const readers = readersIn(site, reader);
  // Removed, it says no more whether it stood in the component or for all of them.
  const edges = [...readers.map(({ path }) => [...path, "consumes", from]), ["consumes", from]];
  const own = [
    ...readers.flatMap((component) => readersOf({ service, component }, from)),
    ...(reader === undefined ? readersBeside(service, from) : []),
  ].map((path) => JSON.stringify(path));
  return edges.map((keys) => ({
    does: "removes",
    keys,
    fix: `remove what reads from it too: remove: [${[JSON.stringify(keys.join(".")), ...own].join(", ")}], or take it out of remove`,
  }));
}

/** A misspelt name in `consumes` is one mistake, told at the edge; one that exists is not misspelt. */
function isMeantByUnknown(site: OfferSite, reader: Reader, from: string): boolean {
  const { components } = site.release.service;
  const known = new Set([...site.existing, ...components.map(({ name }) => `./${name}`)]);
  return readersIn(site, reader)
    .flatMap(({ consumes }) => Object.keys(consumes))
    .some((target) => !known.has(target) && nearest(target, [from]) !== undefined);
}

/** What is wrong with reading from a service that is not consumed: it is the service itself, it is misspelt, or the edge is missing. */
function unconsumed(
  site: OfferSite,
  reader: Reader,
  { keys, from, key }: OfferAsked & { readonly keys: Keys },
): Pick<ProblemText, "message" | "expected" | "fix" | "asksFor"> {
  const { existing, services } = site;
  const { service } = site.release;
  // What stands in all components at once is one mistake, so that it is told in the same words for each.
  const consumed = service.components.flatMap(({ consumes }) => Object.keys(consumes));
  const peers = service.components
    .filter((candidate) => candidate !== reader)
    .map(({ name }) => `./${name}`);
  const own = from === service.name ? edgeToItself(site, key) : undefined;
  if (own !== undefined)
    return {
      message: `${from} is this service itself, and does not consume itself`,
      expected: `${from} in consumes`,
      fix: addition({ service, keys }, from, own),
    };
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
    asksFor: { service: from, environment: site.release.facts.name, near: near ?? missing },
  };
}

/** With which the pods of a simple service call each other; undefined where its secrets are read, which it has itself. */
function edgeToItself({ release: { service, facts } }: OfferSite, key: string): string | undefined {
  const { kind } = offeredKeys(service, facts).get(key) ?? { kind: "text" };
  return service.kind === "service" && kind === "text" ? edgeTo(service, key, service) : undefined;
}

/** A component of the same service gives its ports; it must be there and be consumed. */
function checkPeerOffer(
  site: OfferSite,
  reader: Reader,
  keys: Keys,
  { from, key }: OfferAsked,
): Problem[] {
  const { service, facts } = site.release;
  if (service.kind === "service") return [noPeerToRead(site, reader, keys, { from, key })];
  const peer = service.components.find((candidate) => candidate.name === from.slice(2));
  if (peer === undefined) {
    const peers = service.components
      .filter((candidate) => candidate !== reader)
      .map(({ name }) => `./${name}`);
    return [
      site.report("COMPONENT_UNKNOWN", [...keys, "from"], {
        message: `\`${from}\` is not a component of ${service.name}`,
        ...choice(from, peers, "add the component, or take out what names it"),
      }),
    ];
  }
  const valid = peerKeys({ service, component: peer }, facts);
  if (!valid.has(key)) {
    const edges = connectionsTo(site.release, reader, service.name);
    return [
      site.report("FROM_UNKNOWN_KEY", [...keys, "key"], {
        message: `${from} does not offer \`${key}\``,
        ...keyChoice(key, consumedFirst([...valid.keys()], keyedPorts("service", [peer]), edges), {
          otherwise: `add a port to ${from}`,
          ofPortToo: false,
        }),
      }),
    ];
  }
  // Whoever reads an object may be the component itself, or what is none of the service.
  if (reader === undefined || peer === reader) return [];
  if (isConsumed(site, reader, from) || isMeantByUnknown(site, reader, from)) return [];
  return [
    site.report("FROM_WITHOUT_CONSUMES", [...keys, "from"], {
      message: `it reads from ${from} without consuming it`,
      found: `from(${JSON.stringify(from)}, ${JSON.stringify(key)})`,
      expected: `${from} in consumes`,
      fix: addition({ service, keys }, from, edgeToPeer(peer, key)),
      causes: edgeRemoved(site, reader, from),
    }),
  ];
}

/** A simple service reads of itself by its own name. */
function noPeerToRead(
  site: OfferSite,
  reader: Reader,
  keys: Keys,
  { from, key }: OfferAsked,
): Problem {
  const { service } = site.release;
  const { name } = service;
  const isThere = isOwnBeside(site.release, reader, name) || isConsumed(site, reader, name);
  const add = isThere
    ? ""
    : `, and ${addition({ service, keys }, name, edgeTo(service, key, service))}`;
  return site.report("COMPONENT_UNKNOWN", [...keys, "from"], {
    message: `\`${from}\` would be another component, and ${name} has only one`,
    found: `from(${JSON.stringify(from)}, ${JSON.stringify(key)})`,
    expected: `the name of a service: its own, ${name}, for what it offers itself`,
    fix: `write ${JSON.stringify(name)}${add}`,
  });
}
