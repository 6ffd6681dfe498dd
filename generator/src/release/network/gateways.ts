/** Which gateway a route goes through, and by which names. */
import type { Cluster } from "../../model/cluster.ts";
import type { Route } from "../../model/connections.ts";
import type {
  Release,
  ResolvedComponent,
  ResolvedPort,
  ResolvedService,
} from "../../model/platform.ts";
import { brings } from "../brings.ts";
import { keyedPorts } from "../offers/keys.ts";
import { portOfService } from "../ports.ts";

export type Gateway = Cluster["gateways"]["internal"];

/** The audience decides the gateway; undefined when the cluster has none for it. */
export function gatewayOf(release: Release, route: Route): Gateway | undefined {
  return release.facts.cluster.gateways[route.audience];
}

/** Envoy Gateway's own kinds. */
export const proxyGroup = "gateway.envoyproxy.io";

/** Whether a service has gateways of its cluster in its namespace, or brings what runs their proxies. */
export const carriesProxies = ({ service, facts: { cluster } }: Release): boolean =>
  Object.values(cluster.gateways).some((gateway) => gateway?.namespace === service.namespace) ||
  brings(service, proxyGroup);

/** Whether a certificate for `*.<domain>` holds for a host: it does for one label before it (RFC 6125, 6.4.3). */
export function isUnder(host: string, domain: string): boolean {
  return host.slice(host.indexOf(".") + 1) === domain;
}

/** Envoy Gateway: a proxy needs no right to a port below 1024, so its pods listen 10000 higher. */
export const proxyPort = (port: number): number => (port < 1024 ? port + 10_000 : port);

/** In: a service that carries proxies, and the port that is called at their gateway. Out: theirs, as `consumes` names it, or else the first. */
export function portOfProxies(
  { kind, components }: ResolvedService,
  called: number,
): string | undefined {
  const ports = keyedPorts(kind, components).filter(
    ({ component }) => "gatewayPorts" in component.source.spec,
  );
  const found = ports.find(({ port }) => port.number === proxyPort(called)) ?? ports[0];
  return found && `${found.component.name}/${found.port.name}`;
}

interface PortListener {
  readonly name: string;
  readonly protocol: "TCP" | "UDP";
  readonly port: number;
}

/** What a gateway listens for on a route that has a port of its own; undefined for one that is found by its host. */
export function listenerOf({ kind, listener }: Route): PortListener | undefined {
  if ((kind !== "tcp" && kind !== "udp") || listener === undefined) return undefined;
  const protocol = kind === "udp" ? "UDP" : "TCP";
  return { name: `${kind}-${listener}`, protocol, port: listener };
}

/** Whether a route connects to a port of its target: one of the protocol of its kind. */
export function takesPort(route: Route, port: ResolvedPort): boolean {
  return port.protocol === (route.kind === "udp" ? "UDP" : "TCP");
}

/** Own ports that a gateway connects to for a route. */
interface RouteEnd {
  readonly component: ResolvedComponent;
  readonly ports: readonly ResolvedPort[];
  /** What of the route leads there: all of it, a rule, or a rule's own `to`. */
  readonly by: readonly string[];
}

/** A port a route leads to, as it is written, and what of the route leads there. */
export interface RouteTarget extends Pick<RouteEnd, "by"> {
  readonly target: string;
}

/** Where a route leads: by its `to`, unless a rule of its own leads elsewhere; a redirect leads nowhere. */
export function routeTargets(route: Route): RouteTarget[] {
  if (route.rules === undefined) return [{ target: route.to, by: [] }];
  return Object.entries(route.rules).flatMap(([rule, { to, redirect }]) => {
    if (redirect !== undefined) return [];
    const by = ["rules", rule];
    return [to === undefined ? { target: route.to, by } : { target: to, by: [...by, "to"] }];
  });
}

/** The same, of targets that are there. */
export function routeEnds(service: ResolvedService, route: Route): RouteEnd[] {
  return routeTargets(route).flatMap(({ target, by }) => {
    const end = portOfService(service, target);
    const ports = end?.ports.filter((port) => takesPort(route, port)) ?? [];
    return end === undefined || ports.length === 0 ? [] : [{ component: end.component, ports, by }];
  });
}

/** Whether a host is one of the names a wildcard stands for, however many labels before it (Gateway API, Hostname). */
export const covers = (wildcard: string, host: string): boolean =>
  wildcard.startsWith("*.") && wildcard !== host && host.endsWith(wildcard.slice(1));

/** Names of a route as its file has them, whether it shares them or not. */
export function writtenHosts({ host = [] }: Pick<Route, "host">): readonly string[] {
  return [typeof host === "object" && "because" in host ? host.value : host].flat();
}

/** Whether its file says why its names are another service's too. */
export const sharesHosts = ({ host }: Pick<Route, "host">): boolean =>
  typeof host === "object" && "because" in host;

/** The same names in full. */
export const fullHosts = (route: Pick<Route, "host">, domain: string): string[] =>
  writtenHosts(route).map((host) => fullHost(host, domain));

/** One label gets the environment's domain, also below a `*.`; a full name stays. */
export function fullHost(host: string, domain: string): string {
  return host.replace(/^\*\./, "").includes(".") ? host : `${host}.${domain}`;
}
