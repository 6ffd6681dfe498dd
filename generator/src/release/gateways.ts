/** Which gateway a route goes through, and by which names. */
import type { Cluster } from "../model/cluster.ts";
import type { Route } from "../model/connections.ts";
import type { Release, ResolvedPort } from "../model/platform.ts";

export type Gateway = Cluster["gateways"]["internal"];

/** The audience decides the gateway; undefined when the cluster has none for it. */
export function gatewayOf(release: Release, route: Route): Gateway | undefined {
  return release.facts.cluster.gateways[route.audience];
}

/** Which of a target's ports a route of this kind connects to. */
export function isGatewayListener(route: Route, port: ResolvedPort): boolean {
  return port.protocol === (route.kind === "udp" ? "UDP" : "TCP");
}

/** One label gets the environment's domain, also below a `*.`; a full name stays. */
export function fullHost(host: string, domain: string): string {
  return host.replace(/^\*\./, "").includes(".") ? host : `${host}.${domain}`;
}
