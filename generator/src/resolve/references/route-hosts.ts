/** `routeHost()`: of a route of the service itself, with a host. */
import type { Problem } from "../../problems/problem.ts";
import { choice } from "../../problems/report.ts";
import type { Keys } from "../../model/reading.ts";
import { hostOfRoute } from "../../release/network/route-hosts.ts";
import type { Site } from "../site.ts";

/** In: where it is written, and the route it names. Problems: ROUTE_HOST_UNKNOWN. */
export function checkRouteHost({ release, report }: Site, keys: Keys, route: string): Problem[] {
  const { name, spec } = release.service;
  const routes = Object.keys(spec.routes ?? {});
  const valid = routes.filter((one) => hostOfRoute(release, one) !== undefined);
  if (valid.includes(route)) return [];
  const isThere = routes.includes(route);
  return [
    report("ROUTE_HOST_UNKNOWN", keys, {
      message: isThere ? `route \`${route}\` has no host` : `${name} has no route \`${route}\``,
      ...choice(route, valid, isThere ? "give the route a host" : "add it to routes"),
      causes: [
        {
          does: "removes",
          keys: ["routes", route],
          fix: `remove what reads its host too: remove: ["routes.${route}", ${JSON.stringify(keys.slice(0, -1).join("."))}], or take it out of remove`,
        },
      ],
    }),
  ];
}
