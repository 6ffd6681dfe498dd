/** Which gateway a route goes through, and by which names. */
import type { Cluster } from "../model/cluster.ts";
import type { Route } from "../model/connections.ts";
import type { Release, ResolvedPort } from "../model/platform.ts";

export type Gateway = Cluster["gateways"]["internal"];

/** The audience decides the gateway; undefined when the cluster has none for it. */
export function gatewayOf(release: Release, route: Route): Gateway | undefined {
  return release.facts.cluster.gateways[route.audience];
}

/** Whether a certificate for `*.<domain>` holds for a host: it does for one label before it (RFC 6125, 6.4.3). */
export function isUnder(host: string, domain: string): boolean {
  return host.slice(host.indexOf(".") + 1) === domain;
}

/** Envoy Gateway: a proxy needs no right to a port below 1024, so its pods listen 10000 higher. */
export const proxyPort = (port: number): number => (port < 1024 ? port + 10_000 : port);

/** Which of a target's ports a route of this kind connects to. */
export function isGatewayListener(route: Route, port: ResolvedPort): boolean {
  return port.protocol === (route.kind === "udp" ? "UDP" : "TCP");
}

/** One label gets the environment's domain, also below a `*.`; a full name stays. */
export function fullHost(host: string, domain: string): string {
  return host.replace(/^\*\./, "").includes(".") ? host : `${host}.${domain}`;
}
