/** Ports that a way in cannot lead to: those of runs that end, and those that speak TLS where the gateway does not. */
import type { Route } from "../../model/connections.ts";
import type { ResolvedComponent } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import type { Keys } from "../../model/reading.ts";
import { kindThatEnds } from "../../release/components.ts";
import { containersOf } from "../../release/containers.ts";
import { routeTargets } from "../../release/network/gateways.ts";
import { healthPort, portOfService } from "../../release/ports.ts";
import type { Site } from "../site.ts";

/** In: where a route is written. Out: what it leads to, one for each place that says a target. */
export function placedTargets(
  keys: Keys,
  route: Route,
): { readonly target: string; readonly place: Keys }[] {
  const targets = routeTargets(route).map(({ target, by }) => ({
    target,
    place: [...keys, ...(by.at(-1) === "to" ? by : ["to"])],
  }));
  return [...new Map(targets.map((one) => [one.place.join("."), one])).values()];
}

/** A run listens only while it lasts, and nobody waits for it. Problems: SPEC_INVALID. */
export function checkTargetsThatEnd({ report, release: { service } }: Site): Problem[] {
  const { routes = {}, exposes = {} } = service.spec;
  const targets = [
    ...Object.entries(routes).flatMap(([name, route]) => placedTargets(["routes", name], route)),
    ...Object.entries(exposes).flatMap(([name, { ports }]) =>
      Object.entries(ports).map(([outside, target]) => ({
        target,
        place: ["exposes", name, "ports", outside],
      })),
    ),
  ];
  return targets.flatMap(({ target, place }) => {
    const end = portOfService(service, target);
    const kind = end === undefined ? undefined : kindThatEnds(end.component);
    const [field = "", name = ""] = place;
    return kind === undefined
      ? []
      : [
          report("SPEC_INVALID", place, {
            message: `\`${target}\` is a port of a ${kind}, whose pods end: most of the time nothing would answer`,
            found: JSON.stringify(target),
            expected: "a port of what keeps running",
            fix: `remove ${field}.${name}, lead to another component, or take \`runs\` away where it keeps running`,
          }),
        ];
  });
}

/** A gateway that ends TLS itself speaks plainly to the port behind it. Problems: SPEC_INVALID. */
export function checkTargetsOfTls(
  { report, release: { service } }: Site,
  name: string,
  route: Route,
): Problem[] {
  const { kind = "http" } = route;
  if (kind !== "http" && kind !== "grpc") return [];
  return placedTargets(["routes", name], route).flatMap(({ target, place }) => {
    const end = portOfService(service, target);
    if (end?.ports.some(({ name: port }) => isAskedOverTls(end.component, port)) !== true)
      return [];
    return [
      report("SPEC_INVALID", place, {
        message: `health asks \`${target}\` over TLS, and behind a route of kind ${kind} the gateway speaks without TLS`,
        found: JSON.stringify(target),
        expected: "a port without TLS",
        fix: 'lead to a port where the program speaks plain HTTP, or write kind: "tls": the gateway passes TLS on, and the program shows a certificate of its own',
      }),
    ];
  });
}

function isAskedOverTls(component: ResolvedComponent, port: string): boolean {
  return containersOf(component).some(({ spec: { health } }) => {
    if (health === undefined || "because" in health || health.https !== true) return false;
    return healthPort(component.ports, health.port)?.name === port;
  });
}
