/** Routes through a gateway. */
import type { Route } from "../model/connections.ts";
import type { Release } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { portOfService } from "../release/ports.ts";
import { fullHost, gatewayOf, isGatewayListener } from "../release/gateways.ts";
import type { Gateway } from "../release/gateways.ts";
import { compact } from "./compact.ts";

type RouteValues = ServiceValues["routes"][string];
const kinds = {
  http: "HTTPRoute",
  grpc: "GRPCRoute",
  tls: "TLSRoute",
  tcp: "TCPRoute",
  udp: "UDPRoute",
} as const;

/** Routes by name. One whose gateway the cluster does not have is left out: that is told before. */
export function routes(release: Release): ServiceValues["routes"] {
  return Object.fromEntries(
    Object.entries(release.service.spec.routes ?? {}).flatMap(([name, route]) => {
      const gateway = gatewayOf(release, route);
      return gateway === undefined ? [] : [[name, routeValues(release, route, gateway)] as const];
    }),
  );
}

function routeValues(release: Release, route: Route, gateway: Gateway): RouteValues {
  const { domain } = release.facts.environment;
  return {
    kind: kinds[route.kind ?? "http"],
    ...compact({
      hosts:
        route.host === undefined
          ? undefined
          : [route.host].flat().map((host) => fullHost(host, domain)),
    }),
    gateway: compact({ name: gateway.name, namespace: gateway.namespace, port: route.listener }),
    rules: rules(release, route),
  };
}

function rules(release: Release, route: Route): RouteValues["rules"] {
  if (route.rules !== undefined) {
    return Object.entries(route.rules).map(([, rule]) =>
      compact({
        path:
          rule.path === undefined
            ? undefined
            : {
                value: rule.path,
                type: rule.exact === true ? ("Exact" as const) : ("PathPrefix" as const),
              },
        method: rule.method,
        headers: rule.headers,
        rewrite: rule.rewrite,
        redirect: rule.redirect,
        timeout: rule.redirect === undefined ? requestTimeout(route, rule.timeout) : undefined,
        backend:
          rule.redirect === undefined ? backend(release, route, rule.to ?? route.to) : undefined,
      }),
    );
  }
  const paths =
    route.paths ?? (route.kind === undefined || route.kind === "http" ? ["/"] : [undefined]);
  return paths.map((path) =>
    compact({
      path: path === undefined ? undefined : { value: path, type: "PathPrefix" as const },
      timeout: requestTimeout(route),
      backend: backend(release, route, route.to),
    }),
  );
}

/**
 * Without one Envoy breaks off any answer after 15 seconds: downloads, films, streams of events. `0s` is no
 * limit (Gateway API, `timeouts.request`).
 */
function requestTimeout(
  { kind = "http", timeout = "0s" }: Route,
  own?: string,
): string | undefined {
  return kind === "http" ? (own ?? timeout) : undefined;
}

function backend(release: Release, route: Route, target: string) {
  const end = portOfService(release.service, target);
  const port = end?.ports.find((candidate) => isGatewayListener(route, candidate));
  return end === undefined || port === undefined
    ? undefined
    : { service: end.component.objectName, port: port.number };
}
