/** `routeHost("web")` in variables, and inside objects and values of a chart: the name by which a route of the service itself is called. */
import type { Release } from "../../model/platform.ts";
import { askedFor } from "../../model/reading.ts";
import { fullHosts } from "./gateways.ts";

/** The route whose host a value stands for; undefined for any other value. */
export const routeAskedFor = (value: object): string | undefined => askedFor(value, "routeHost");

/** The first host of a route that is a name and no wildcard; undefined where there is none. */
export function hostOfRoute({ service, facts }: Release, name: string): string | undefined {
  const route = service.spec.routes?.[name];
  return route === undefined
    ? undefined
    : fullHosts(route, facts.environment.domain).find((host) => !host.startsWith("*."));
}
