/** The hosts of a service's own routes, for whom asks for them: `routeHost("web")`. */
import type { Cause } from "../../model/derived.ts";
import type { Release } from "../../model/platform.ts";
import { askedFor } from "../../model/reading.ts";
import { environmentFact, serviceFact } from "../causes.ts";
import { fullHost, fullHosts, writtenHosts } from "./gateways.ts";

/** The route whose host a value stands for; undefined for any other value. */
export const routeAskedFor = (value: object): string | undefined => askedFor(value, "routeHost");

/** The first host of a route that is a name and no wildcard; undefined where there is none. */
export function hostOfRoute({ service, facts }: Release, name: string): string | undefined {
  const route = service.spec.routes?.[name];
  return route === undefined
    ? undefined
    : fullHosts(route, facts.environment.domain).find((host) => !host.startsWith("*."));
}

/** The facts behind the hosts of a route: what it says, and the environment's domain where one of them is a label. */
export function factsOfHosts({ service, facts }: Release, name: string): Cause[] {
  const route = service.spec.routes?.[name];
  const written = route === undefined ? [] : writtenHosts(route);
  return [
    serviceFact(service, "routes", name, "host"),
    ...(written.some((host) => host !== fullHost(host, facts.environment.domain))
      ? [environmentFact(facts, "domain")]
      : []),
  ];
}
