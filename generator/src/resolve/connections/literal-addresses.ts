/** The address of another service as a text: nothing follows from it, so no network policy lets the call through. */
import type { Release, ResolvedComponent, ResolvedService } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import type { Keys } from "../../model/reading.ts";
import { keyedPorts } from "../../release/offers/keys.ts";
import { addition, edgeTo } from "./consumes-text.ts";
import { siteOf } from "../site.ts";
import { textsOf } from "../texts.ts";

/** `<service>.<namespace>`, `….svc`, `….svc.cluster.local`, and the port after it; a longer name is somebody else's. */
const address =
  /(?<![a-z0-9.-])[a-z0-9-]+\.(?<namespace>[a-z0-9-]+)(?:\.svc(?:\.[a-z0-9.-]+)?)?(?![a-z0-9.-])(?::(?<port>\d+))?/g;

/** A name without a namespace where it stands as a host: after `//`, a user and a password. */
const hostAfterSlashes =
  /(?<=(?:^|[^\w/])\/\/(?:[^\s/@]*@)?)(?<name>[a-z][a-z0-9-]*)(?![\w.-])(?![^\s/@]*@)(?::(?<port>\d+))?/g;

/** The same before a port; what follows a slash is a path, or an image with its tag. */
const hostBeforePort = /(?<![\w./@-])(?<name>[a-z][a-z0-9-]*):(?<port>\d+)(?![\w.@-])/g;

interface Others {
  readonly byNamespace: ReadonlyMap<string, ResolvedService>;
  /** By the name of each of their Services. */
  readonly byName: ReadonlyMap<string, ResolvedService>;
}

/** In: all releases of an environment. Problems: ADDRESS_UNDECLARED, warnings. */
export function checkLiteralAddresses(releases: readonly Release[]): Problem[] {
  const services = releases.map(({ service }) => service);
  const others: Others = {
    byNamespace: new Map(services.map((service) => [service.namespace, service])),
    byName: new Map(
      services.flatMap((service) => hostNames(service).map((name) => [name, service] as const)),
    ),
  };
  return releases.flatMap((release) => ofRelease(release, others));
}

/** What it is called by in its own namespace; the service's own name is what one calls by habit. */
const hostNames = ({ name, components }: ResolvedService) => [
  ...components.map(({ objectName }) => objectName),
  name,
];

function ofRelease(release: Release, others: Others): Problem[] {
  return release.service.components.flatMap((component) =>
    textsOf(release.service, component).flatMap(([keys, text]) => [
      ...[...text.matchAll(address)].flatMap(({ 0: found, groups }) => {
        const other = others.byNamespace.get(groups?.["namespace"] ?? "");
        return isOther(release, other) && !isDeclared(release, component, other)
          ? [undeclared(release, { keys, found, other, port: groups?.["port"] })]
          : [];
      }),
      ...bareNames(release, component, others, { keys, text }),
    ]),
  );
}

const isOther = (
  { service }: Release,
  other: ResolvedService | undefined,
): other is ResolvedService => other !== undefined && other !== service;

/** A name of its own namespace means what is there, and a port after a bare name is that of the service: else it is a tag. */
function bareNames(
  release: Release,
  component: ResolvedComponent,
  { byName }: Others,
  { keys, text }: { readonly keys: Keys; readonly text: string },
): Problem[] {
  const own = hostNames(release.service);
  const found = (expression: RegExp, isHost: (other: ResolvedService, port: string) => boolean) =>
    [...text.matchAll(expression)].flatMap(({ 0: literal, groups = {} }) => {
      const { name = "", port } = groups;
      const other = own.includes(name) ? undefined : byName.get(name);
      return isOther(release, other) && isHost(other, port ?? "")
        ? [
            unresolved(
              release,
              { keys, found: literal, other, port },
              isDeclared(release, component, other),
            ),
          ]
        : [];
    });
  return [
    ...found(hostAfterSlashes, () => true),
    ...found(hostBeforePort, (other, port) => portNumbers(other).includes(port)),
  ];
}

const portNumbers = ({ components }: ResolvedService) =>
  components.flatMap(({ ports }) => ports.map(({ number }) => String(number)));

const isDeclared = ({ outgoing }: Release, component: ResolvedComponent, other: ResolvedService) =>
  outgoing.some(
    ({ consumer, provider }) => consumer.component === component && provider.service === other,
  );

interface Literal {
  readonly keys: Keys;
  readonly found: string;
  readonly other: ResolvedService;
  readonly port: string | undefined;
}

function undeclared(release: Release, literal: Literal): Problem {
  const { keys, found, other } = literal;
  return siteOf(release).report("ADDRESS_UNDECLARED", keys, {
    severity: "warning",
    message: `${release.service.name} calls ${other.name} by its address and does not consume it: network policies refuse the call`,
    found,
    expected: `a connection to ${other.name}`,
    fix: connecting(release, literal, false),
  });
}

function unresolved(release: Release, literal: Literal, declared: boolean): Problem {
  const { keys, found, other } = literal;
  return siteOf(release).report("ADDRESS_UNDECLARED", keys, {
    severity: "warning",
    message: `${release.service.name} calls ${other.name} by a bare name, which is found in the namespace of ${other.name} alone`,
    found,
    expected: declared
      ? `the address of ${other.name}`
      : `a connection to ${other.name}, and its address`,
    fix: connecting(release, literal, declared),
  });
}

/** Where a port is offered with logins: its address comes with user and password. */
function urlOfLogin(
  { spec }: ResolvedService,
  { component, port }: ReturnType<typeof keyedPorts<ResolvedComponent>>[number],
): "url" | undefined {
  const names = [port.name, `${component.name}/${port.name}`];
  const isOffered = Object.values(spec.offers ?? {}).some(
    (offer) => "gives" in offer && names.includes(offer.port) && offer.gives.includes("url"),
  );
  return isOffered ? "url" : undefined;
}

function connecting(
  { service, outgoing }: Release,
  { keys, other, port }: Literal,
  declared: boolean,
): string {
  const { name } = other;
  const ports = keyedPorts(other.kind, other.components);
  const called = ports.find((one) => String(one.port.number) === port) ?? ports[0];
  const mayLogIn =
    !declared ||
    outgoing.some(({ provider, login }) => provider.service === other && login !== undefined);
  const key =
    called === undefined
      ? undefined
      : ((mayLogIn ? urlOfLogin(other, called) : undefined) ?? `${called.prefix}url`);
  const read =
    key === undefined
      ? []
      : [`read the address with from(${JSON.stringify(name)}, ${JSON.stringify(key)})`];
  const edge = key === undefined ? undefined : edgeTo(other, key, service);
  return [...(declared ? [] : [addition({ service, keys }, name, edge)]), ...read].join(", and ");
}
