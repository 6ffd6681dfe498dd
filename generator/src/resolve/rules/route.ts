/** What does not fit together in one route: hosts and listeners by its kind, paths and rules. */
import type { Route } from "../../model/connections.ts";
import type { Problem } from "../../problems/problem.ts";
import type { Keys } from "../../model/reading.ts";
import type { Site } from "../site.ts";
import { portOfService } from "../../release/ports.ts";
import { sharesHosts, takesPort, writtenHosts } from "../../release/network/gateways.ts";
import { placedTargets } from "./route-targets.ts";

/** Problems: SPEC_INVALID for a host, a listener, paths or a port that does not go with the kind. */
export function checkRoute({ report, release }: Site, name: string, route: Route): Problem[] {
  const keys = ["routes", name];
  const kind = route.kind ?? "http";
  const byPort = kind === "tcp" || kind === "udp";
  const problems: Problem[] = [];
  if (!byPort && route.host === undefined)
    problems.push(
      report("SPEC_INVALID", keys, {
        message: `route \`${name}\` has no host, so it would answer to every name`,
        expected: "host: the name it is reached by",
        fix: `add host: "${release.service.name}"`,
      }),
    );
  if (byPort && route.listener === undefined)
    problems.push(
      report("SPEC_INVALID", keys, {
        message: `a ${kind} route needs the port of the gateway it listens on`,
        expected: "listener: a port number",
        fix: "add listener, e.g. listener: 8883",
      }),
    );
  if (!byPort && route.listener !== undefined)
    problems.push(
      report("SPEC_INVALID", [...keys, "listener"], {
        message: `a ${kind} route is found by its host, not by a port of the gateway`,
        found: String(route.listener),
        expected: "listener only for kind tcp or udp",
        fix: "remove listener",
        target: "key",
      }),
    );
  if (byPort && route.host !== undefined)
    problems.push(
      report("SPEC_INVALID", [...keys, "host"], {
        message: `a ${kind} route knows no host`,
        found: JSON.stringify(route.host),
        expected: "no host",
        fix: "remove host",
        target: "key",
      }),
    );
  if (route.paths !== undefined && route.rules !== undefined)
    problems.push(
      report("SPEC_INVALID", [...keys, "paths"], {
        message: "`paths` and `rules` both say which requests it takes",
        expected: "one of the two",
        fix: "remove `paths`, or remove `rules`",
        target: "key",
      }),
    );
  return [
    ...problems,
    ...targetsOfOtherProtocol({ report, release }, keys, route),
    ...portForNames(report, keys, route),
    ...hostsTwice(report, keys, route),
    ...tooMany(report, keys, route),
  ];
}

/** The most that one object of the kinds http and grpc takes (Gateway API, maxItems). Each path becomes a rule of it. */
const itemsMax = 16;

function tooMany(report: Site["report"], keys: Keys, route: Route): Problem[] {
  if (route.kind !== undefined && route.kind !== "http" && route.kind !== "grpc") return [];
  const counts = {
    host: writtenHosts(route).length,
    paths: (route.paths ?? []).length,
    rules: Object.keys(route.rules ?? {}).length,
  };
  return Object.entries(counts)
    .filter(([, count]) => count > itemsMax)
    .map(([field, count]) =>
      report("SPEC_INVALID", [...keys, field], {
        message: `a route takes ${itemsMax} ${field === "host" ? "hosts" : field} at most`,
        found: String(count),
        expected: `${itemsMax} or fewer`,
        fix: "make a second route for the rest",
        target: "key",
      }),
    );
}

/** That a port is there at all is told elsewhere. */
function targetsOfOtherProtocol(
  { report, release }: Pick<Site, "report" | "release">,
  keys: Keys,
  route: Route,
): Problem[] {
  const protocol = route.kind === "udp" ? "UDP" : "TCP";
  return placedTargets(keys, route).flatMap(({ target, place }) => {
    const end = portOfService(release.service, target);
    if (end === undefined || end.ports.some((port) => takesPort(route, port))) return [];
    return [
      report("SPEC_INVALID", place, {
        message: `a ${route.kind ?? "http"} route needs a ${protocol} port, which \`${target}\` is not`,
        found: JSON.stringify(target),
        expected: `a ${protocol} port`,
        fix: "lead to another port, or change kind",
      }),
    ];
  });
}

/** Ports of every gateway: plain HTTP, which redirects, and TLS. */
const portsForNames: readonly number[] = [80, 443];

function portForNames(report: Site["report"], keys: Keys, { kind, listener }: Route): Problem[] {
  if (kind !== "tcp" || listener === undefined || !portsForNames.includes(listener)) return [];
  return [
    report("SPEC_INVALID", [...keys, "listener"], {
      message: "the gateway listens for names there, on HTTP and TLS",
      found: String(listener),
      expected: "any port but 80 and 443",
      fix: "take another port, or another kind of route",
    }),
  ];
}

function hostsTwice(report: Site["report"], keys: Keys, route: Route): Problem[] {
  const hosts = writtenHosts(route);
  const place = [...keys, "host", ...(sharesHosts(route) ? ["value"] : [])];
  return hosts.flatMap((one, index) =>
    hosts.indexOf(one) === index
      ? []
      : [
          report("SPEC_INVALID", [...place, index], {
            message: `\`${one}\` is twice in the list of hosts`,
            found: JSON.stringify(one),
            expected: "each host once",
            fix: "remove one of the two",
          }),
        ],
  );
}

/** What each kind of route can look at; HTTP knows all of it. */
const ruleFields = ["path", "method", "headers", "rewrite", "redirect", "timeout"] as const;

const fieldsOfKind: Readonly<Record<string, readonly string[]>> = {
  http: ruleFields,
  grpc: ["headers"],
};

/** Problems: SPEC_INVALID for what a kind of route cannot look at, or what a rule says without effect. */
export function checkRules({ report }: Site, name: string, route: Route): Problem[] {
  const kind = route.kind ?? "http";
  const allowed = fieldsOfKind[kind] ?? [];
  const cannot = (keys: Keys, field: string) =>
    report("SPEC_INVALID", keys, {
      message: `a ${kind} route has no ${field}`,
      expected: allowed.length === 0 ? "a rule without conditions" : allowed.join(", "),
      fix: `remove ${field}, or change kind`,
      target: "key",
    });
  const ofRoute = [
    ...(route.paths !== undefined && !allowed.includes("path") ? (["paths"] as const) : []),
    ...(route.timeout !== undefined && !allowed.includes("timeout") ? (["timeout"] as const) : []),
  ].map((field) => cannot(["routes", name, field], field));
  const ofRules = Object.entries(route.rules ?? {}).flatMap(([rule, value]) => {
    const keys = ["routes", name, "rules", rule];
    const unfit = ruleFields
      .filter((field) => value[field] !== undefined && !allowed.includes(field))
      .map((field) => cannot([...keys, field], field));
    const exact =
      value.exact !== undefined && value.path === undefined
        ? [
            report("SPEC_INVALID", [...keys, "exact"], {
              message: "`exact` without a path says nothing",
              expected: "path beside it",
              fix: "add path, or remove exact",
              target: "key",
            }),
          ]
        : [];
    const both = (["to", "rewrite", "timeout"] as const).filter(
      (field) => value.redirect !== undefined && value[field] !== undefined,
    );
    return [
      ...unfit,
      ...exact,
      ...both.map((field) =>
        report("SPEC_INVALID", [...keys, field], {
          message: `a redirect answers itself, so \`${field}\` would do nothing`,
          found: JSON.stringify(value[field]),
          expected: "redirect alone",
          fix: `remove ${field}, or remove redirect`,
          target: "key",
        }),
      ),
    ];
  });
  return [...ofRoute, ...ofRules, ...sameRequests(report, name, route)];
}

/** Of two rules that take the same requests, a gateway obeys the first alone (Gateway API, HTTPRouteRule). */
function sameRequests(
  report: Site["report"],
  name: string,
  { kind = "http", rules = {} }: Route,
): Problem[] {
  if (fieldsOfKind[kind] === undefined) return [];
  const first = new Map<string, string>();
  return Object.entries(rules).flatMap(([rule, { path = "/", exact, method, headers = {} }]) => {
    const fields = Object.entries(headers).map(([header, value]) => [header.toLowerCase(), value]);
    const start = exact === true ? path : path.replace(/\/$/, "");
    const requests = JSON.stringify([start, exact, method, fields.toSorted()]);
    const other = first.get(requests);
    first.set(requests, other ?? rule);
    return other === undefined
      ? []
      : [
          report("SPEC_INVALID", ["routes", name, "rules", rule], {
            message: `the rules \`${other}\` and \`${rule}\` take the same requests, so the second never acts`,
            found: rule,
            expected: "requests of its own for each rule",
            fix: "remove one of the two, or mend what it looks at",
            target: "key",
          }),
        ];
  });
}
