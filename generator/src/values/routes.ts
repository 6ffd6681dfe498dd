/** Routes through a gateway. */
import type { Route } from "../model/connections.ts";
import type { Release } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { portOfService } from "../resolve/connections.ts";
import { fullHost, gatewayOf, isGatewayListener } from "../resolve/gateways.ts";
import type { Gateway } from "../resolve/gateways.ts";
import { compact } from "./compact.ts";

type RouteValues = ServiceValues["routes"][string];
const kinds = {
  http: "HTTPRoute",
  grpc: "GRPCRoute",
  tls: "TLSRoute",
  tcp: "TCPRoute",
  udp: "UDPRoute",
} as const;

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
  return compact({
    kind: kinds[route.kind ?? "http"],
    hosts:
      route.host === undefined
        ? undefined
        : [route.host].flat().map((host) => fullHost(host, domain)),
    gateway: compact({ name: gateway.name, namespace: gateway.namespace, port: route.listener }),
    rules: rules(release, route),
  }) as RouteValues;
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
        timeout: rule.timeout,
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
      backend: backend(release, route, route.to),
    }),
  );
}

function backend(release: Release, route: Route, target: string) {
  const end = portOfService(release.service, target);
  const port = end?.ports.find((candidate) => isGatewayListener(route, candidate));
  return end === undefined || port === undefined
    ? undefined
    : { service: end.component.objectName, port: port.number };
}
