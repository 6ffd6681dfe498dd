/** Redirects that lead back to the route they are of, and so go round for ever. */
import type { Route } from "../../model/connections.ts";
import type { Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { covers, fullHost, fullHosts } from "../../release/network/gateways.ts";
import { siteOf } from "../site.ts";

/** In: all releases of one cluster, as they share its gateways. Problems: SPEC_INVALID, at the redirect. */
export function checkRedirects(releases: readonly Release[]): Problem[] {
  const hosts = releases.flatMap((release) =>
    routesOf(release).flatMap(([, route]) => fullHosts(route, domainOf(release))),
  );
  return releases.flatMap((release) =>
    routesOf(release).flatMap(([name, route]) =>
      Object.entries(route.rules ?? {})
        .filter(([, rule]) => leadsBack(fullHosts(route, domainOf(release)), rule, hosts, release))
        .map(([rule, { redirect }]) =>
          siteOf(release).report("SPEC_INVALID", ["routes", name, "rules", rule, "redirect"], {
            message:
              "the redirect keeps the path and leads to the route's own host, so it would go round for ever",
            found: JSON.stringify(redirect),
            expected: "a host that the route does not have",
            fix: "lead to another host, or write what the path becomes: rewrite, in place of redirect",
          }),
        ),
    ),
  );
}

type Rule = NonNullable<Route["rules"]>[string];

const routesOf = ({ service }: Release) => Object.entries(service.spec.routes ?? {});
const domainOf = ({ facts }: Release): string => facts.environment.domain;

/** A browser follows a redirect with GET, whatever it asked with. */
function leadsBack(
  own: readonly string[],
  { redirect, method = "GET" }: Rule,
  hosts: readonly string[],
  release: Release,
): boolean {
  if (redirect === undefined || (method !== "GET" && method !== "HEAD")) return false;
  const target = fullHost(redirect, domainOf(release));
  if (own.includes(target)) return true;
  // The nearest name wins, whoever has it (Gateway API, Hostname).
  return own.some(
    (wide) =>
      covers(wide, target) &&
      !hosts.some((host) => host === target || (covers(wide, host) && covers(host, target))),
  );
}
