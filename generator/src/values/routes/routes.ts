/** Routes through a gateway, part by part, so that each part has its own causes. */
import type { Derived } from "../../model/derived.ts";
import type { Release } from "../../model/platform.ts";
import type { ServiceValues } from "../../model/values/service.ts";
import { clusterFact, serviceFact } from "../../release/causes.ts";
import { fullHosts, gatewayOf } from "../../release/network/gateways.ts";
import type { Gateway } from "../../release/network/gateways.ts";
import { annotationOf } from "../../release/network/public-names.ts";
import { factsOfHosts } from "../../release/network/route-hosts.ts";
import { compact } from "../compact.ts";
import { derivedRouteMatches, derivedTimeouts } from "./requests.ts";
import type { RouteMatches, Timeout } from "./requests.ts";
import type { RouteSite } from "./site.ts";
import { derivedSignIn } from "./sign-in.ts";
import type { SignInOnRoute } from "./sign-in.ts";

type RouteValues = ServiceValues["routes"][string];
const kinds = {
  http: "HTTPRoute",
  grpc: "GRPCRoute",
  tls: "TLSRoute",
  tcp: "TCPRoute",
  udp: "UDPRoute",
} as const;

/** The parts of a route. */
export interface DerivedRoute {
  readonly name: string;
  readonly way: Derived<Pick<RouteValues, "kind" | "gateway">>;
  /** Names it is reached by, the address they lead to, where the cluster says it, and what external-dns is told of them. */
  readonly hosts?: Derived<{
    readonly hosts: string[];
    readonly address: string | undefined;
    readonly annotations: Readonly<Record<string, string>> | undefined;
  }>;
  readonly requests: readonly Derived<RouteMatches>[];
  readonly timeouts: readonly Derived<Timeout>[];
  readonly signIn: Derived<SignInOnRoute>;
}

/** Routes by name. One whose gateway the cluster does not have is left out: that is told before. */
export function routes(release: Release): ServiceValues["routes"] {
  return Object.fromEntries(
    derivedRoutes(release).map((route) => [route.name, routeValues(route)] as const),
  );
}

export function derivedRoutes(release: Release): DerivedRoute[] {
  return Object.entries(release.service.spec.routes ?? {}).flatMap(([name, route]) => {
    const gateway = gatewayOf(release, route);
    const fact = (...path: string[]) => serviceFact(release.service, "routes", name, ...path);
    return gateway === undefined ? [] : [derivedRoute({ release, name, route, fact }, gateway)];
  });
}

function derivedRoute(site: RouteSite, gateway: Gateway): DerivedRoute {
  return {
    name: site.name,
    way: derivedWay(site, gateway),
    ...(site.route.host === undefined ? {} : { hosts: derivedHosts(site, gateway) }),
    requests: derivedRouteMatches(site),
    timeouts: derivedTimeouts(site),
    signIn: derivedSignIn(site),
  };
}

function routeValues({ way, hosts, requests, timeouts, signIn }: DerivedRoute): RouteValues {
  return {
    kind: way.value.kind,
    ...compact({ hosts: hosts?.value.hosts, annotations: hosts?.value.annotations }),
    gateway: way.value.gateway,
    rules: requests.flatMap(({ value: { rule, matches, backend } }) => {
      const timeout = timeouts.find((one) => one.value.rule === rule)?.value.timeout;
      return matches.map((match) => compact({ ...match, timeout, backend }));
    }),
    ...compact({ signIn: signIn.value.policy }),
  };
}

function derivedWay({ release, route, fact }: RouteSite, gateway: Gateway): DerivedRoute["way"] {
  const { name, namespace } = gateway;
  const byPort = route.kind === "tcp" || route.kind === "udp";
  return {
    value: {
      kind: kinds[route.kind ?? "http"],
      gateway: compact({ name, namespace, port: route.listener }),
    },
    rule: "route-gateway",
    causes: [
      fact("audience"),
      fact("kind"),
      ...(byPort ? [fact("listener")] : []),
      clusterFact(release.facts, "gateways", route.audience),
    ],
  };
}

function derivedHosts(
  { release, name, route, fact }: RouteSite,
  { address }: Gateway,
): NonNullable<DerivedRoute["hosts"]> {
  const { facts } = release;
  return {
    value: {
      hosts: fullHosts(route, facts.environment.domain),
      address,
      annotations: publicAnnotations(facts, route),
    },
    rule: "route-hosts",
    causes: [
      ...factsOfHosts(release, name),
      fact("audience"),
      clusterFact(facts, "gateways", route.audience, "address"),
      ...(facts.cluster.publicNames !== undefined && route.audience === "public"
        ? [clusterFact(facts, "publicNames")]
        : []),
    ],
  };
}

/** Whether Cloudflare answers for its names itself: a record that leads into a tunnel is nothing without. */
function publicAnnotations(
  facts: Release["facts"],
  { audience }: RouteSite["route"],
): Readonly<Record<string, string>> | undefined {
  const names = facts.cluster.publicNames;
  return names === undefined || audience !== "public"
    ? undefined
    : { [annotationOf(facts, "cloudflare-proxied")]: String(names.direct !== true) };
}
