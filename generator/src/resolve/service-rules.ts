/** What does not fit together in one service, or with its cluster, though each value is right by itself. */
import { isIP } from "node:net";
import type { Exposure, Route } from "../model/connections.ts";
import type { Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import type { Keys, ProblemText } from "../problems/report.ts";
import type { ProblemCode } from "../problems/codes.ts";
import { isInPool } from "./addresses.ts";
import { addresses, portOfService } from "./connections.ts";
import { isGatewayListener } from "./gateways.ts";

interface Site {
  readonly release: Release;
  readonly report: (code: ProblemCode, keys: Keys, text: ProblemText) => Problem;
}

/** Problems: SPEC_INVALID, PORT_UNKNOWN, ADDRESS_UNKNOWN. */
export function checkService(release: Release): Problem[] {
  const { service, facts } = release;
  const site: Site = {
    release,
    report: (code, keys, text) => problemAt(code, service.file, keys, text, facts.name),
  };
  return [
    ...Object.entries(service.spec.routes ?? {}).flatMap(([name, route]) => [
      ...checkRoute(site, name, route),
      ...checkRules(site, name, route),
    ]),
    ...Object.entries(service.spec.exposes ?? {}).flatMap(([name, exposure]) =>
      checkExposure(site, name, exposure),
    ),
    ...components(site),
    ...databaseVolume(site),
    ...chartMetrics(site),
    ...pathsOfComposed(site),
  ];
}

function checkRoute({ report, release }: Site, name: string, route: Route): Problem[] {
  const keys = ["routes", name];
  const kind = route.kind ?? "http";
  const byPort = kind === "tcp" || kind === "udp";
  const target = portOfService(release.service, route.to);
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
  if (target !== undefined && !target.ports.some((port) => isGatewayListener(route, port))) {
    problems.push(
      report("SPEC_INVALID", [...keys, "to"], {
        message: `a ${kind} route needs a ${kind === "udp" ? "UDP" : "TCP"} port, which \`${route.to}\` is not`,
        found: JSON.stringify(route.to),
        expected: kind === "udp" ? "a UDP port" : "a TCP port",
        fix: "lead to another port, or change kind",
      }),
    );
  }
  return problems;
}

/** What each kind of route can look at; HTTP knows all of it. */
const ruleFields = ["path", "method", "headers", "rewrite", "redirect", "timeout"] as const;
const fieldsOfKind: Readonly<Record<string, readonly string[]>> = {
  http: ruleFields,
  grpc: ["headers"],
};

function checkRules({ report }: Site, name: string, route: Route): Problem[] {
  const kind = route.kind ?? "http";
  const allowed = fieldsOfKind[kind] ?? [];
  const cannot = (keys: Keys, field: string) =>
    report("SPEC_INVALID", keys, {
      message: `a ${kind} route cannot look at ${field}`,
      expected: allowed.length === 0 ? "a rule without conditions" : allowed.join(", "),
      fix: `remove ${field}, or change kind`,
      target: "key",
    });
  const ofPaths =
    route.paths !== undefined && !allowed.includes("path")
      ? [cannot(["routes", name, "paths"], "paths")]
      : [];
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
    const both = (["to", "rewrite"] as const).filter(
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
  return [...ofPaths, ...ofRules];
}

function checkExposure({ report, release }: Site, name: string, exposure: Exposure): Problem[] {
  const { facts, service } = release;
  const keys = ["exposes", name];
  const outside = Object.keys(exposure.ports);
  const ends = Object.values(exposure.ports).flatMap(
    (address) => portOfService(service, address)?.component ?? [],
  );
  const problems: Problem[] = outside
    .filter((port) => Number(port) < 1 || Number(port) > 65_535)
    .map((port) =>
      report("SPEC_INVALID", [...keys, "ports", port], {
        message: "a port is a number from 1 to 65535",
        found: port,
        expected: "a number from 1 to 65535",
        fix: "mend the number",
        target: "key",
      }),
    );
  if (outside.length === 0)
    problems.push(
      report("SPEC_INVALID", [...keys, "ports"], {
        message: `exposure \`${name}\` has no port`,
        expected: "port outside to own port",
        fix: `add one, or remove ${name}`,
      }),
    );
  if (new Set(ends).size > 1)
    problems.push(
      report("SPEC_INVALID", [...keys, "ports"], {
        message: "one address leads to one component, and these ports are of several",
        expected: "ports of one component",
        fix: "make an exposure for each component",
      }),
    );
  const { address } = exposure;
  if (
    address !== undefined &&
    isIP(address) !== 0 &&
    !isInPool(facts.cluster.addressPool ?? [], address)
  ) {
    problems.push(
      report("ADDRESS_UNKNOWN", [...keys, "address"], {
        message: `${address} is not in the pool of cluster ${facts.clusterName}`,
        found: JSON.stringify(address),
        expected: `one of: ${(facts.cluster.addressPool ?? []).join(", ") || "nothing: the cluster has no addressPool"}`,
        fix: `take an address of the pool, or widen addressPool in environments/clusters/${facts.clusterName}.ts`,
      }),
    );
  }
  return problems;
}

function components({ report, release: { service } }: Site): Problem[] {
  if (service.kind !== "composed" || service.components.length > 0) return [];
  return [
    report("SPEC_INVALID", ["components"], {
      message: "a service without components runs nothing",
      expected: "at least one component",
      fix: "add a component",
    }),
  ];
}

/** A database cluster keeps its files in the one volume that is a database's. */
function databaseVolume({ report, release: { service } }: Site): Problem[] {
  const cluster = service.components.find(
    (component) =>
      component.source.kind === "workload" && component.source.spec.runs?.as === "postgresCluster",
  );
  const count = service.volumes.filter(({ volume }) => volume.holds === "database").length;
  if (cluster === undefined || count === 1) return [];
  const message =
    count === 0
      ? "a PostgreSQL cluster needs a volume for its files"
      : "a PostgreSQL cluster has one volume for its files";
  return [
    report("SPEC_INVALID", count === 0 ? [...cluster.path, "runs"] : ["storage"], {
      message,
      expected: "one volume made by database({ … })",
      fix: 'storage: { data: database({ size: "20Gi" }) }',
    }),
  ];
}

function chartMetrics({ report, release: { service } }: Site): Problem[] {
  if (service.kind !== "chart" || !("chart" in service.spec) || service.spec.metrics === undefined)
    return [];
  const { port } = service.spec.metrics;
  if (portOfService(service, port) !== undefined) return [];
  return [
    report("PORT_UNKNOWN", ["metrics", "port"], {
      message: `${service.name} has no port \`${port}\``,
      ...choice(port, addresses(service), "add it to ports of a component"),
    }),
  ];
}

function pathsOfComposed({ report, release: { service } }: Site): Problem[] {
  if (service.kind !== "composed") return [];
  return service.volumes
    .filter(({ volume }) => volume.at !== undefined)
    .map(({ name, volume }) =>
      report("SPEC_INVALID", ["storage", name, "at"], {
        message: "with several components, `mounts` of a component says where a volume is",
        found: JSON.stringify(volume.at),
        expected: "no `at`",
        fix: `remove it, and write mounts: { ${name}: ${JSON.stringify(volume.at)} } in the component`,
        target: "key",
      }),
    );
}
