/** Redirects that lead back to the route they are of, at once or by way of others, and so go round for ever. */
import type { Route } from "../../model/connections.ts";
import type { Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { covers, fullHost, fullHosts } from "../../release/network/gateways.ts";
import { siteOf } from "../site.ts";

/** In: all releases, as a redirect may lead to another environment. Problems: SPEC_INVALID, at the redirect; each circle once, at its first. */
export function checkRedirects(releases: readonly Release[]): Problem[] {
  const ways = releases.flatMap(waysOf);
  const hosts = ways.flatMap((way) => way.hosts.map((host) => ({ host, way })));
  const circles = ways
    .flatMap((way) => circlesFrom(way, hosts))
    .map((circle) => rotated(circle.map((way) => ways.indexOf(way))));
  const unique = new Map(circles.map((circle) => [circle.join(" "), circle]));
  return [...unique.values()].flatMap((circle) =>
    problems(circle.flatMap((index) => ways[index] ?? [])),
  );
}

type Rule = NonNullable<Route["rules"]>[string];

/** Requests to the hosts of a route that one rule takes, and what becomes of them. */
interface Way {
  readonly release: Release;
  readonly route: string;
  readonly audience: Route["audience"];
  /** None where the route has no rules. */
  readonly name?: string;
  readonly rule: Rule;
  readonly hosts: readonly string[];
}

interface Host {
  readonly host: string;
  readonly way: Way;
}

interface Request {
  readonly path: string;
  readonly method: string;
  readonly headers: ReadonlyMap<string, string>;
}

function waysOf(release: Release): Way[] {
  return Object.entries(release.service.spec.routes ?? {}).flatMap(([route, value]): Way[] => {
    const hosts = fullHosts(value, release.facts.environment.domain);
    const of = { release, route, audience: value.audience, hosts };
    return value.rules === undefined
      ? (value.paths ?? ["/"]).map((path) => ({ ...of, rule: { path } }))
      : Object.entries(value.rules).map(([name, rule]) => ({ ...of, name, rule }));
  });
}

/** Ways that one after the other redirect a request of the first one, until it comes to the first again. */
function circlesFrom(first: Way, hosts: readonly Host[]): Way[][] {
  return requestsOf(first.rule).flatMap((request) => {
    const circle: Way[] = [];
    let way: Way | undefined = first;
    while (way?.rule.redirect !== undefined && !circle.includes(way)) {
      circle.push(way);
      way = next(way, request, hosts);
    }
    return way === first && circle.length > 0 ? [circle] : [];
  });
}

/** A circle has no start: the lowest one comes first. */
function rotated(circle: readonly number[]): number[] {
  const first = circle.indexOf(Math.min(...circle));
  return [...circle.slice(first), ...circle.slice(0, first)];
}

/** Requests that a rule takes: of its path itself, and of one below it. A browser follows a redirect with GET, whatever it asked with. */
function requestsOf({ path = "/", exact, method = "GET", headers = {} }: Rule): Request[] {
  if (method !== "GET" && method !== "HEAD") return [];
  const asked = new Map(
    Object.entries(headers).map(([header, value]) => [header.toLowerCase(), value]),
  );
  const below = `${path.replace(/\/$/, "")}/…`;
  return (exact === true ? [path] : [path, below]).map((one) => ({
    path: one,
    method,
    headers: asked,
  }));
}

/** Who takes a request where it is sent to. The nearest name wins, whoever has it, as in DNS and the Gateway API; of two that have the same the own cluster. */
function next(way: Way, request: Request, hosts: readonly Host[]): Way | undefined {
  const target = fullHost(way.rule.redirect ?? "", way.release.facts.environment.domain);
  const distance = ({ host, way: other }: Host): number[] => [
    host === target ? 0 : 1,
    -host.length,
    other.release.facts.clusterName === way.release.facts.clusterName ? 0 : 1,
    other.audience === way.audience ? 0 : 1,
  ];
  const reached = hosts.filter(({ host }) => host === target || covers(host, target));
  const [nearest] = reached.toSorted((a, b) => compare(distance(a), distance(b)));
  if (nearest === undefined) return undefined;
  return reached
    .filter((one) => compare(distance(one), distance(nearest)) === 0)
    .map((one) => one.way)
    .filter(({ rule }) => takes(rule, request))
    .toSorted((a, b) => compare(vagueness(a.rule), vagueness(b.rule)))[0];
}

function takes({ path = "/", exact, method, headers = {} }: Rule, request: Request): boolean {
  const start = path.replace(/\/$/, "");
  return (
    (exact === true
      ? request.path === path
      : request.path === start || request.path.startsWith(`${start}/`)) &&
    (method === undefined || method === request.method) &&
    Object.entries(headers).every(
      ([header, value]) => request.headers.get(header.toLowerCase()) === value,
    )
  );
}

/** Of the rules that take a request the one that asks for most of it acts (Gateway API, HTTPRouteRule). */
const vagueness = ({ path = "/", exact, method, headers = {} }: Rule): number[] => [
  exact === true ? 0 : 1,
  -path.length,
  method === undefined ? 1 : 0,
  -Object.keys(headers).length,
];

/** By the first number in which two lists differ. */
const compare = (a: readonly number[], b: readonly number[]): number =>
  a.map((one, index) => one - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;

function problems(circle: readonly Way[]): Problem[] {
  const [first, ...others] = circle;
  if (first?.name === undefined) return [];
  const keys = (way: Way) => ["routes", way.route, "rules", way.name ?? "", "redirect"];
  const text = ({ release, route }: Way) => {
    const { name } = release.facts;
    const elsewhere = name === first.release.facts.name ? "" : ` of ${name}`;
    return `${release.service.name}/${route}${elsewhere}`;
  };
  const around = others.length > 0;
  return [
    siteOf(first.release).report("SPEC_INVALID", keys(first), {
      message: around
        ? `redirects keep the path and lead round for ever: ${[...circle, first].map(text).join(" → ")}`
        : "the redirect keeps the path and leads to the route's own host, so it would go round for ever",
      found: JSON.stringify(first.rule.redirect),
      expected: around
        ? "a host that does not lead back here"
        : "a host that the route does not have",
      fix: around
        ? "remove one of these redirects, or lead it to another host"
        : "lead to another host, or write what the path becomes: rewrite, in place of redirect",
      ...(around
        ? {
            related: others.map((way) => ({
              file: way.release.service.file,
              keys: keys(way),
              note: `${text(way)} leads to ${JSON.stringify(way.rule.redirect)}`,
              environment: way.release.facts.name,
            })),
          }
        : {}),
    }),
  ];
}
