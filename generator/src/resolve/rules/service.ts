/** What does not fit together in one service, or with its cluster, though each value is right by itself. */
import { exampleText } from "../../model/example-text.ts";
import { clusterFile } from "../../model/paths.ts";
import { isIP } from "node:net";
import type { Exposure } from "../../model/connections.ts";
import type { Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { siteOf } from "../site.ts";
import type { Site } from "../site.ts";
import { isInPool } from "../../release/network/address-pool.ts";
import { hasTunnel, isInside } from "../../release/network/networks.ts";
import { portOfService } from "../../release/ports.ts";
import { isPostgresCluster } from "../../release/postgres.ts";
import { checkListeners } from "../names/listeners.ts";
import { checkObjective } from "./objective.ts";
import { checkObjects } from "./objects.ts";
import { checkRoute, checkRules } from "./route.ts";
import { checkTargetsOfTls, checkTargetsThatEnd } from "./route-targets.ts";
import { checkSignIn } from "./sign-in.ts";

/** Problems: SPEC_INVALID, PORT_UNKNOWN, ADDRESS_UNKNOWN, EXPOSURE_THROUGH_TUNNEL, SIGN_IN_…, OBJECTIVE_UNMEASURED. */
export function checkService(release: Release): Problem[] {
  const { service } = release;
  const site = siteOf(release);
  return [
    ...Object.entries(service.spec.routes ?? {}).flatMap(([name, route]) => [
      ...checkRoute(site, name, route),
      ...checkRules(site, name, route),
      ...checkTargetsOfTls(site, name, route),
      ...checkSignIn(site, name, route),
    ]),
    ...Object.entries(service.spec.exposes ?? {}).flatMap(([name, exposure]) => [
      ...checkExposure(site, name, exposure),
      ...clientsBehindTunnel(site, name, exposure),
    ]),
    ...checkTargetsThatEnd(site),
    ...checkListeners(site),
    ...checkObjects(site),
    ...checkObjective(release),
    ...components(site),
    ...databaseVolume(site),
    ...logins(site),
    ...pathsOfComposed(site),
  ];
}

function checkExposure({ report, release }: Site, name: string, exposure: Exposure): Problem[] {
  const { facts, service } = release;
  const keys = ["exposes", name];
  const ends = Object.values(exposure.ports).flatMap(
    (address) => portOfService(service, address)?.component ?? [],
  );
  const problems: Problem[] = [];
  if (Object.keys(exposure.ports).length === 0)
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
        message: `${address} is not in the pool of cluster <cluster>`,
        found: JSON.stringify(address),
        expected: `one of: ${(facts.cluster.addressPool ?? []).join(", ") || "nothing: the cluster has no addressPool"}`,
        fix: `take an address of the pool, or widen addressPool in ${clusterFile("<cluster>")}`,
      }),
    );
  }
  return problems;
}

/** Which node answers for an address is MetalLB's affair, and often not the one where the pod is. */
function clientsBehindTunnel(
  { report, release: { facts, service } }: Site,
  name: string,
  { clients, keepClientAddress, ports }: Exposure,
): Problem[] {
  if (keepClientAddress === true || clients === "internet" || !hasTunnel(facts.cluster)) return [];
  const { pods, lan } = facts.cluster.networks;
  const letIn = clients === "lan" ? lan : clients;
  if (letIn.some((cidr) => isInside({ cidr: pods }, { cidr }))) return [];
  // A pod on its node's network is called at an address of the node, to which no tunnel leads.
  const ends = Object.values(ports).map((address) => portOfService(service, address)?.component);
  if (ends.every((component) => component?.hostNetwork)) return [];
  return [
    report("EXPOSURE_THROUGH_TUNNEL", ["exposes", name], {
      severity: "warning",
      message: `clients of \`${name}\` that come by way of another node than its pod's are refused, as they bear an address of the tunnel between the two`,
      expected:
        "keepClientAddress: true, as nodes of cluster <cluster> have a tunnel between them (VXLAN)",
      fix: "add keepClientAddress: true",
      target: "key",
    }),
  ];
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
  const cluster = service.components.find(isPostgresCluster);
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

/** Roles and databases of a login are made in a PostgreSQL cluster alone: elsewhere it would be a password nothing knows. */
function logins({ report, release: { service } }: Site): Problem[] {
  return Object.entries(service.spec.offers ?? {}).flatMap(([name, offer]) => {
    // That it names no port of its own is told there.
    const end = "port" in offer ? portOfService(service, offer.port) : undefined;
    if (end === undefined || isPostgresCluster(end.component)) return [];
    return [
      report("SPEC_INVALID", ["offers", name], {
        message: "nobody makes the users of this login: its port is of no PostgreSQL cluster",
        expected: "a port of a component that runs: postgresCluster({ … })",
        fix: 'offer what all consumers share, and let them consume the port: offers: { password: secret("password") }',
      }),
    ];
  });
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
        fix: `remove it, and write mounts: ${exampleText({ [name]: volume.at })} in the component`,
        target: "key",
      }),
    );
}
