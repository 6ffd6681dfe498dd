/** What `from(service, key)` reads: keys of a provider and what each stands for in a consumer's container. */
import type {
  Connection,
  Endpoint,
  EnvironmentFacts,
  Release,
  ResolvedComponent,
  ResolvedPort,
  ResolvedService,
} from "../../model/platform.ts";
import { InternalError } from "../../problems/problem.ts";
import { at } from "../../model/reading.ts";
import { postgresServiceNames, secretFromProvider, serviceHost } from "../../model/names.ts";
import { keyedPorts, keysOfOffers } from "./keys.ts";
import type { portFacts } from "./keys.ts";
import { isPostgresCluster } from "../postgres.ts";
import { urlScheme } from "./url-scheme.ts";

/** A text that is known, or a key of a Secret that is fetched for this consumer. */
export type OfferedValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "shared"; readonly key: string }
  | { readonly kind: "login"; readonly key: string };

/** A provider that many consume is asked by each variable of each of them. */
const offered = new WeakMap<ResolvedService, ReadonlyMap<string, OfferedValue>>();

/**
 * All keys a provider offers, of the environment it is resolved in. Every port gives host, port and url: short names where it has one port,
 * `<port>-host` (`<component>-<port>-host` with several components) otherwise.
 */
export function offeredKeys(
  provider: ResolvedService,
  facts: EnvironmentFacts,
): ReadonlyMap<string, OfferedValue> {
  const known = offered.get(provider) ?? keysOf(provider, facts);
  offered.set(provider, known);
  return known;
}

function keysOf(
  provider: ResolvedService,
  facts: EnvironmentFacts,
): ReadonlyMap<string, OfferedValue> {
  const ofPorts = keyedPorts(provider.kind, provider.components).flatMap(
    ({ component, port, prefix }) =>
      addressKeys({ service: provider, component }, port, prefix, facts),
  );
  const ofOffers = keysOfOffers(provider.spec.offers).map(
    ({ name, kind, key }) => [name, { kind, key }] as const,
  );
  return new Map<string, OfferedValue>([...ofPorts, ...ofOffers]);
}

/** Keys of a component of the same service. */
export function peerKeys(
  peer: Endpoint,
  facts: EnvironmentFacts,
): ReadonlyMap<string, OfferedValue> {
  return new Map(
    keyedPorts("service", [peer.component]).flatMap(({ port, prefix }) =>
      addressKeys(peer, port, prefix, facts),
    ),
  );
}

function addressKeys(
  endpoint: Endpoint,
  port: ResolvedPort,
  prefix: string,
  facts: EnvironmentFacts,
): (readonly [string, OfferedValue])[] {
  return Object.entries(addressOf(endpoint, port, facts)).map(
    ([fact, text]) => [`${prefix}${fact}`, { kind: "text", text }] as const,
  );
}

function addressOf(
  endpoint: Endpoint,
  port: ResolvedPort,
  facts: EnvironmentFacts,
): Readonly<Record<(typeof portFacts)[number], string>> {
  const host = hostOf(endpoint, facts);
  return {
    host,
    port: String(port.number),
    url: `${urlScheme(port.name)}://${host}:${port.number}`,
  };
}

/** Full name of the Service in front of a component; of a PostgreSQL cluster, that of its primary. */
export function hostOf({ service, component }: Endpoint, facts: EnvironmentFacts): string {
  return serviceHost(
    isPostgresCluster(component)
      ? postgresServiceNames(component.objectName).primary
      : component.objectName,
    service.namespace,
    facts.cluster.dns.domain,
  );
}

/** What a login gives that is no secret; `password` and `url` come from the credential of the edge. */
export function loginTexts(
  connection: Connection,
  facts: EnvironmentFacts,
): Readonly<Record<string, string>> {
  const [port] = connection.ports;
  if (port === undefined || connection.login === undefined) return {};
  const address = addressOf(connection.provider, port, facts);
  return {
    host: address.host,
    port: address.port,
    user: connection.login,
    // Every cluster has that one, and everybody may connect to it.
    database: connection.readsAll === true ? "postgres" : connection.login,
  };
}

/** The URL of a login, which PostgreSQL alone gives, as an External Secrets template: the password is only known there. */
export function loginUrlTemplate(connection: Connection, facts: EnvironmentFacts): string {
  const texts = loginTexts(connection, facts);
  return `postgresql://${texts["user"]}:{{ .password | urlquery | replace "+" "%20" }}@${texts["host"]}:${texts["port"]}/${texts["database"]}`;
}

/** Who reads an offer: a component; undefined is an object or a chart's values, which read what any of them consumes. */
export type Reader = ResolvedComponent | undefined;

/** `from(name, key)` as it is written. */
export interface OfferAsked {
  readonly from: string;
  readonly key: string;
}

/** What a value asks for with `from(name, key)`; undefined for any other value. */
export function offerAskedFor(value: object): OfferAsked | undefined {
  const [from, key] = [at(value, "from"), at(value, "key")];
  return typeof from === "string" && typeof key === "string" && Object.keys(value).length === 2
    ? { from, key }
    : undefined;
}

/** In: what is asked for. Out: the text, or the key of a Secret that has it; undefined when nothing offers it. */
export function readOffer(
  release: Release,
  reader: Reader,
  { from, key }: OfferAsked,
): string | { readonly secret: string; readonly key: string } | undefined {
  const found = offerOf(release, reader, from, key);
  if (found === undefined || found.kind === "text") return found?.text;
  const known =
    found.kind === "login"
      ? loginTexts(loginTo(release, reader, from), release.facts)[found.key]
      : undefined;
  return known ?? { secret: secretFromProvider(from), key: found.key };
}

/** What `from(name, key)` means for its reader; undefined when nothing offers it. */
export function offerOf(
  release: Release,
  reader: Reader,
  name: string,
  key: string,
): OfferedValue | undefined {
  if (name.startsWith("./")) {
    const peer = release.service.components.find((candidate) => candidate.name === name.slice(2));
    return peer === undefined
      ? undefined
      : peerKeys({ service: release.service, component: peer }, release.facts).get(key);
  }
  const connection = connectionsTo(release, reader, name)[0];
  if (connection !== undefined)
    return offeredKeys(connection.provider.service, release.facts).get(key);
  const [component] = release.service.components;
  return component !== undefined && isOwnBeside(release, reader, name)
    ? peerKeys({ service: release.service, component }, release.facts).get(key)
    : undefined;
}

/** An object of a service of one component reads its addresses by its own name, and no edge: who calls them is not known. */
export const isOwnBeside = ({ service }: Release, reader: Reader, name: string): boolean =>
  reader === undefined && service.kind === "service" && name === service.name;

/** Connections of a reader to a service, one for each edge that leads to another of its components. */
export function connectionsTo(
  release: Release,
  reader: Reader,
  provider: string,
): readonly Connection[] {
  return release.outgoing.filter(
    ({ consumer, provider: { service } }) =>
      service.name === provider && (reader === undefined || consumer.component === reader),
  );
}

/** The connection with a login to a service; that there is one has been checked. */
export function loginTo(release: Release, reader: Reader, provider: string): Connection {
  const connection = connectionsTo(release, reader, provider).find(
    (edge) => edge.login !== undefined,
  );
  if (connection === undefined)
    throw new InternalError(`${release.service.name} reads a login of ${provider} without one`);
  return connection;
}
