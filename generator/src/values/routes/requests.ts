/** Which requests a route takes, where they go, and how long an answer may take. */
import type { Cause, Derived } from "../../model/derived.ts";
import type { ServiceValues } from "../../model/values/service.ts";
import { componentFact, environmentFact } from "../../release/causes.ts";
import { hasService } from "../../release/components.ts";
import { fullHost, takesPort } from "../../release/network/gateways.ts";
import { portOfService } from "../../release/ports.ts";
import { compact } from "../compact.ts";
import type { RouteSite } from "./site.ts";

type Rule = ServiceValues["routes"][string]["rules"][number];

/** What one rule of a route takes, and its end. */
export interface RouteMatches {
  /** Its name; undefined for a route without rules of its own. */
  readonly rule: string | undefined;
  /** One for each path of a route without rules. */
  readonly matches: readonly Omit<Rule, "timeout" | "backend">[];
  readonly backend: Rule["backend"];
}

/** How long an answer may take in a rule. */
export interface Timeout {
  readonly rule: string | undefined;
  readonly timeout: string;
}

/** One for each rule; one for a route without rules, whatever its paths. */
export function derivedRouteMatches(site: RouteSite): Derived<RouteMatches>[] {
  const { route, fact } = site;
  if (route.rules !== undefined)
    return Object.keys(route.rules).map((rule) => derivedRule(site, rule));
  const isHttp = (route.kind ?? "http") === "http";
  const paths = route.paths ?? (isHttp ? ["/"] : [undefined]);
  const { backend, causes } = end(site, route.to, fact("to"));
  return [
    {
      value: {
        rule: undefined,
        matches: paths.map((path) =>
          compact({
            path: path === undefined ? undefined : { value: path, type: "PathPrefix" as const },
          }),
        ),
        backend,
      },
      rule: "route-requests",
      causes: [
        fact("kind"),
        ...(isHttp ? [fact("paths")] : []),
        ...(route.kind === undefined || isHttp || route.kind === "grpc" ? [fact("rules")] : []),
        ...causes,
      ],
    },
  ];
}

/** The fields of a rule that decide which requests it takes and where they go, said or not, by the kind of its route. */
const decidingFields: Readonly<Record<string, readonly string[]>> = {
  http: ["path", "method", "headers", "redirect"],
  grpc: ["headers"],
};

function derivedRule(site: RouteSite, name: string): Derived<RouteMatches> {
  const { release, route, fact } = site;
  const rule = route.rules?.[name] ?? {};
  const own = (field: string) => fact("rules", name, field);
  const { redirect } = rule;
  const goesOn = redirect === undefined;
  const { environment } = release.facts;
  const target = redirect === undefined ? undefined : fullHost(redirect, environment.domain);
  const { backend, causes } = end(
    site,
    rule.to ?? route.to,
    ...(rule.to === undefined ? [own("to"), fact("to")] : [own("to")]),
  );
  const type = rule.exact === true ? ("Exact" as const) : ("PathPrefix" as const);
  return {
    value: {
      rule: name,
      matches: [
        compact({
          path: rule.path === undefined ? undefined : { value: rule.path, type },
          method: rule.method,
          headers: rule.headers,
          rewrite: rule.rewrite,
          redirect: target,
        }),
      ],
      backend: goesOn ? backend : undefined,
    },
    rule: "route-requests",
    causes: [
      fact("kind"),
      ...(decidingFields[route.kind ?? "http"] ?? []).map(own),
      ...(rule.path === undefined ? [] : [own("exact")]),
      ...(goesOn && (route.kind ?? "http") === "http" ? [own("rewrite")] : []),
      ...(goesOn ? causes : []),
      ...(target === redirect ? [] : [environmentFact(release.facts, "domain")]),
    ],
  };
}

/**
 * Without one Envoy breaks off any answer after 15 seconds: downloads, films, streams of events. `0s` is no
 * limit (Gateway API, `timeouts.request`).
 */
const noLimit = "0s";

/** Of HTTP routes alone; a rule that redirects answers itself. */
export function derivedTimeouts({ route, fact }: RouteSite): Derived<Timeout>[] {
  if ((route.kind ?? "http") !== "http") return [];
  const ofRoute = route.timeout ?? noLimit;
  if (route.rules === undefined)
    return [
      {
        value: { rule: undefined, timeout: ofRoute },
        rule: "route-timeout",
        causes: [fact(), fact("kind"), fact("rules"), fact("timeout")],
      },
    ];
  return Object.entries(route.rules).flatMap(([rule, { redirect, timeout }]) =>
    redirect === undefined
      ? [
          {
            value: { rule, timeout: timeout ?? ofRoute },
            rule: "route-timeout" as const,
            causes: [
              fact("kind"),
              fact("rules", rule, "redirect"),
              fact("rules", rule, "timeout"),
              ...(timeout === undefined ? [fact("timeout")] : []),
            ],
          },
        ]
      : [],
  );
}

/** The port a target names, as its Service has it. */
function end(
  { release: { service }, route }: RouteSite,
  target: string,
  ...asked: Cause[]
): { backend: Rule["backend"]; causes: readonly Cause[] } {
  const found = portOfService(service, target);
  const port = found?.ports.find((candidate) => takesPort(route, candidate));
  return found === undefined || port === undefined
    ? { backend: undefined, causes: asked }
    : {
        backend: compact({
          service: found.component.objectName,
          port: port.number,
          // A chart makes its own, and CloudNativePG.
          external: hasService(found.component) ? undefined : (true as const),
        }),
        causes: [...asked, componentFact(service, found.component, "ports", port.name)],
      };
}
