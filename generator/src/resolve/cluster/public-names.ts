/** Rules over the names under which the internet finds clusters, with what runs on them. */
import { namesWriter, tunnelEnd } from "../../model/known-services.ts";
import { clusterFile, environmentFile } from "../../model/paths.ts";
import type { Release } from "../../model/platform.ts";
import type { PublicNames } from "../../model/public-names.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import type { ProblemText } from "../../problems/report.ts";
import type { ProblemCode } from "../../problems/codes.ts";
import { isUnder } from "../../release/network/gateways.ts";
import { isInZone, publicHosts, releasesOf, targetOf } from "../../release/network/public-names.ts";
import type { PublicHost } from "../../release/network/public-names.ts";

/** In: releases of all clusters. Problems: NAMES_HOST_OUTSIDE, NAMES_TAKEN, NAMES_TUNNEL, NAMES_CERTIFICATE, NAMES_FACTS. */
export function checkPublicHosts(releases: readonly Release[]): Problem[] {
  const named = [...Map.groupBy(releases, ({ facts }) => facts.clusterName)].flatMap(
    ([cluster, mine]) => {
      const names = mine[0]?.facts.cluster.publicNames;
      return names === undefined ? [] : [{ cluster, mine, names, hosts: publicHosts(mine) }];
    },
  );
  return [
    ...named.flatMap(({ cluster, mine, names, hosts }) => [
      ...checkTunnel(cluster, mine, names),
      ...checkWriters(mine),
      ...hosts.flatMap((host) => checkHost(host, cluster, names)),
    ]),
    ...twoClusters(named),
  ];
}

const atHost = (
  code: ProblemCode,
  { release: { service, facts }, route }: PublicHost,
  field: "host" | "kind",
  text: ProblemText,
): Problem => problemAt(code, service.file, ["routes", route, field], text, facts.name);

function checkHost(at: PublicHost, cluster: string, names: PublicNames): Problem[] {
  const { host, kind } = at;
  if (!isInZone(host, names.zone.name)) return [outside(at, cluster, names)];
  if (host === targetOf(cluster, names))
    return [
      atHost("NAMES_TAKEN", at, "host", {
        message: `${host} is the name all public names of cluster ${cluster} lead to`,
        found: JSON.stringify(at.written),
        expected: "any other name in the zone",
        fix: "give the route another host",
      }),
    ];
  return names.direct === true ? [] : [...checkKind(at, kind, names), ...checkDepth(at, names)];
}

function outside(at: PublicHost, cluster: string, { zone }: PublicNames): Problem {
  const { written, release, host } = at;
  const { environment, name } = release.facts;
  const message = `${host} is for the internet, and not in the zone ${zone.name} of cluster ${cluster}`;
  const fix = "or make the route internal";
  return written === host
    ? atHost("NAMES_HOST_OUTSIDE", at, "host", {
        message,
        found: JSON.stringify(written),
        expected: `a host in ${zone.name}`,
        fix: `write a host in ${zone.name}, ${fix}`,
      })
    : atHost("NAMES_HOST_OUTSIDE", at, "host", {
        message: `${message}: the domain of ${name} is ${environment.domain}`,
        found: JSON.stringify(written),
        expected: `a whole name in ${zone.name}, or a domain in it in ${environmentFile(name)}`,
        fix: `write "${written}.${zone.name}", ${fix}`,
      });
}

/** What Cloudflare passes on is HTTP: TLS ends there, and a tunnel has no gRPC (Cloudflare Tunnel, "gRPC"). */
function checkKind(at: PublicHost, kind: PublicHost["kind"], { address }: PublicNames): Problem[] {
  const isTunnel = address === undefined;
  if (kind !== "tls" && !(kind === "grpc" && isTunnel)) return [];
  return [
    atHost("NAMES_FACTS", at, "kind", {
      message:
        kind === "tls"
          ? `${at.host} is a tls route, and Cloudflare ends TLS itself`
          : `${at.host} is a grpc route, which no tunnel of Cloudflare passes on`,
      found: JSON.stringify(kind),
      expected: isTunnel ? "kind http, or an address with direct" : "kind http, or direct",
      fix: isTunnel
        ? "make the route internal, or say address and direct: true in publicNames"
        : "make the route internal, or say direct: true in publicNames",
    }),
  ];
}

/** The certificate every zone has is for it and one label below (Cloudflare, "Universal SSL", limitations). */
function checkDepth(at: PublicHost, { zone, certificates = [] }: PublicNames): Problem[] {
  const { host } = at;
  const isHeld = [zone.name, `*.${zone.name}`, ...certificates].some(
    (name) => name === host || (name.startsWith("*.") && isUnder(host, name.slice(2))),
  );
  if (isHeld) return [];
  const parent = host.slice(host.indexOf(".") + 1);
  const [label = ""] = host.replace(/^\*\./, "").split(".");
  return [
    atHost("NAMES_CERTIFICATE", at, "host", {
      message: `Cloudflare answers for ${host} without a certificate: its own ones hold for ${zone.name} and *.${zone.name}`,
      found: JSON.stringify(at.written),
      expected: `one label before ${zone.name}`,
      fix: `write a host such as "${label}-${at.release.facts.name}.${zone.name}", or order a certificate and write "*.${parent}" in publicNames.certificates`,
    }),
  ];
}

/** Both ends, or none. */
function checkTunnel(cluster: string, mine: readonly Release[], names: PublicNames): Problem[] {
  const [end] = releasesOf(mine, tunnelEnd);
  const carrier = mine[0]?.facts.cluster.carrier ?? "";
  if (names.address === undefined && end === undefined)
    return [
      problemAt("NAMES_TUNNEL", clusterFile(cluster), ["publicNames"], {
        message: `the way into cluster ${cluster} is a tunnel, and ${tunnelEnd} does not run there`,
        expected: `${tunnelEnd} among the services of ${carrier}`,
        fix: `take publicNames out, npm run new-service ${tunnelEnd} -- --environment ${carrier}, and write it again; or write address`,
        target: "key",
      }),
    ];
  if (names.address === undefined || end === undefined) return [];
  return [
    problemAt("NAMES_TUNNEL", clusterFile(cluster), ["publicNames", "address"], {
      message: `the way into cluster ${cluster} is an address, and ${tunnelEnd} runs in ${end.facts.name} for a tunnel that is not there`,
      found: JSON.stringify(names.address),
      expected: `an address, or ${tunnelEnd}`,
      fix: `remove address, or take ${tunnelEnd} out of services in ${environmentFile(end.facts.name)}`,
    }),
  ];
}

/** On the carrier it writes what all environments have; beside the carrier a second one, or `infra`, would write too. */
function checkWriters(mine: readonly Release[]): Problem[] {
  return releasesOf(mine, namesWriter)
    .filter(({ facts }) => facts.name !== facts.cluster.carrier)
    .map(({ facts: { name, cluster, clusterName } }) =>
      problemAt(
        "NAMES_TAKEN",
        environmentFile(name),
        ["services"],
        {
          message: `${namesWriter} in ${name} would write the public names of cluster ${clusterName}, which have another owner`,
          expected: `${namesWriter} in ${cluster.carrier}, which carries what exists once, or nowhere`,
          fix: `take it out of ${name}; add it to ${cluster.carrier}, unless infra is to write them`,
        },
        name,
      ),
    );
}

interface Hosts {
  readonly cluster: string;
  readonly names: PublicNames;
  readonly hosts: readonly PublicHost[];
}

function twoClusters(named: readonly Hosts[]): Problem[] {
  const claims = named.flatMap(({ cluster, names, hosts }) =>
    hosts.map((at) => ({ at, cluster, zone: names.zone.id })),
  );
  return claims.flatMap(({ at, cluster, zone }, index) => {
    const first = claims
      .slice(0, index)
      .find((one) => one.zone === zone && one.at.host === at.host && one.cluster !== cluster);
    return first === undefined
      ? []
      : [
          atHost("NAMES_TAKEN", at, "host", {
            message: `${at.host} is a public name on cluster ${first.cluster} and on cluster ${cluster}`,
            found: JSON.stringify(at.written),
            expected: "a name that leads to one cluster",
            fix: "give one of them another host, or make one internal",
          }),
        ];
  });
}
