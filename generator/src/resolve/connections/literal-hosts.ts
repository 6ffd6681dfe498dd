/** The host of another service's route as a text: the gateway answers there, and nothing lets a pod call it. */
import { propertyName } from "../../model/identifier.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import type { Keys } from "../../model/reading.ts";
import { fullHosts, portOfProxies } from "../../release/network/gateways.ts";
import type { Gateway } from "../../release/network/gateways.ts";
import { siteOf } from "../site.ts";
import { textsOf } from "../texts.ts";

const address =
  /(?<scheme>https?):\/\/(?:[^\s/@]*@)?(?<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::(?<port>\d+))?(?![\w.-])/gi;

/** In the text, or in the variable's name: what programs ask for. Of other hosts nobody knows: a link is for browsers, which have a way. */
const asked = /issuer|oidc|openid|oauth|realms|token|userinfo|jwks|webhook|(?<![a-z])api(?![a-z])/i;

interface Answering {
  readonly release: Release;
  readonly gateway: Gateway;
  /** Component and port of the route, as `consumes` names them. */
  readonly to: string;
}

/**
 * In: all releases of an environment. What consumes the service behind the host has a way to it, and what it is told may be for
 * browsers. Problems: HOST_UNREACHED, warnings.
 */
export function checkLiteralHosts(releases: readonly Release[]): Problem[] {
  const hosts = new Map(releases.flatMap(hostsOf));
  if (hosts.size === 0) return [];
  return releases.flatMap((release) =>
    release.service.components.flatMap((component) =>
      textsOf(release.service, component)
        .filter(([keys, text]) => asked.test(`${keys.at(-1)} ${text}`))
        .flatMap(([keys, text]) =>
          [...text.matchAll(address)].flatMap(({ 0: found, groups = {} }) => {
            const answering = hosts.get(groups["host"]?.toLowerCase() ?? "");
            if (answering === undefined || hasWay(release, component, answering)) return [];
            const port = Number(groups["port"] ?? (groups["scheme"] === "http" ? 80 : 443));
            return [
              unreached(release, { keys, found, answering, way: wayTo(releases, answering, port) }),
            ];
          }),
        ),
    ),
  );
}

function hostsOf(release: Release): [string, Answering][] {
  const { cluster, environment } = release.facts;
  return Object.values(release.service.spec.routes ?? {}).flatMap((route) => {
    const gateway = cluster.gateways[route.audience];
    return gateway === undefined
      ? []
      : fullHosts(route, environment.domain).map((host): [string, Answering] => [
          host,
          { release, gateway, to: route.to },
        ]);
  });
}

const hasWay = (
  { service, outgoing }: Release,
  component: ResolvedComponent,
  { release, gateway }: Answering,
) =>
  release.service === service ||
  outgoing.some(
    ({ consumer, provider }) =>
      consumer.component === component &&
      (provider.service === release.service || provider.service.namespace === gateway.podNamespace),
  );

/** What to consume for a way to the proxies; undefined where they do not run in this environment. */
function wayTo(
  releases: readonly Release[],
  { gateway }: Answering,
  port: number,
): string | undefined {
  const service = releases.find(
    (release) => release.service.namespace === gateway.podNamespace,
  )?.service;
  const called = service && portOfProxies(service, port);
  return called && `consumes: { ${propertyName(service.name)}: "${called}" }`;
}

interface Literal {
  readonly keys: Keys;
  readonly found: string;
  readonly answering: Answering;
  readonly way: string | undefined;
}

function unreached(site: Release, { keys, found, answering, way }: Literal): Problem {
  const { name } = answering.release.service;
  const inside = `consumes: { ${propertyName(name)}: "${answering.to}" } and from(${JSON.stringify(name)}, …) inside the cluster`;
  return siteOf(site).report("HOST_UNREACHED", keys, {
    severity: "warning",
    message: `${site.service.name} is told the host of ${name}, which the gateway answers, and has no way to the gateway: network policies refuse what its pods call there`,
    found,
    expected: `a connection to the gateway, or to ${name}`,
    fix:
      way === undefined
        ? `call it by ${inside}: the gateway does not run in this environment, so nothing here can consume it`
        : `if pods call it by this name, as for sign-in: add ${way}; otherwise call it by ${inside}`,
  });
}
