/** `routeHost()` inside objects and values of a chart. */
import { isTree } from "../../model/data.ts";
import { valuesIn } from "../../model/reading.ts";
import type { Problem } from "../../problems/problem.ts";
import { choice } from "../../problems/report.ts";
import { hostOfRoute, routeAskedFor } from "../../release/network/route-hosts.ts";
import type { Site } from "../site.ts";

/** Problems: ROUTE_HOST_UNKNOWN. */
export function checkRouteHosts({ release, report }: Site): Problem[] {
  const { name, spec } = release.service;
  const routes = Object.keys(spec.routes ?? {});
  const valid = routes.filter((route) => hostOfRoute(release, route) !== undefined);
  const written = [
    ...valuesIn(spec.objects, ["objects"]),
    ...("chart" in spec ? valuesIn(spec.chart.values, ["chart", "values"]) : []),
  ];
  return written.flatMap(([keys, value]) => {
    const route = isTree(value) ? routeAskedFor(value) : undefined;
    if (route === undefined || valid.includes(route)) return [];
    const isThere = routes.includes(route);
    return [
      report("ROUTE_HOST_UNKNOWN", [...keys, "routeHost"], {
        message: isThere ? `route \`${route}\` has no host` : `${name} has no route \`${route}\``,
        ...choice(route, valid, isThere ? "give the route a host" : "add it to routes"),
      }),
    ];
  });
}
