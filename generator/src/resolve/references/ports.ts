/** Ports a service names of its own: where it is asked for health and metrics, and where routes, exposures and offers lead. */
import type { Exposure, Route } from "../../model/connections.ts";
import { clusterFile } from "../../model/paths.ts";
import type { ResolvedComponent } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { choice } from "../../problems/report.ts";
import type { Keys } from "../../model/reading.ts";
import { kindThatEnds } from "../../release/components.ts";
import type { AuthoredContainer } from "../../release/containers.ts";
import { isPostgresCluster } from "../../release/postgres.ts";
import type { Site } from "../site.ts";
import { addresses } from "../connections/connections.ts";
import { portChoice } from "../connections/port-choice.ts";
import { isAddressKnown } from "../../release/network/address-pool.ts";
import { healthPort, portOfService } from "../../release/ports.ts";
import { audienceChoice } from "../audiences.ts";

/** What keeps running says how it is asked, at a port that is there. Problems: HEALTH_MISSING, PORT_UNKNOWN, PORT_AMBIGUOUS. */
export function checkHealth(
  site: Site,
  component: ResolvedComponent,
  { spec, keys, role, name, exporterPort }: AuthoredContainer,
): Problem[] {
  const needsNone = kindThatEnds(component) !== undefined || isPostgresCluster(component);
  if (role === "init" || exporterPort !== undefined) return [];
  const what = name ?? component.name;
  if (spec.health === undefined && needsNone) return [];
  if (spec.health === undefined)
    return [
      site.report("HEALTH_MISSING", keys, {
        message: `${what} keeps running and has no health`,
        expected: "health: how it is asked whether it is alive",
        fix: `add ${role === "main" ? healthProposal(component) : healthByCommand}, or health: because(false, "say why here")`,
        causes: [
          {
            does: "removes",
            keys: [...keys, "health"],
            fix: `take it out of remove; another health is written over it: health: { … }, or health: because(false, "say why here")`,
          },
        ],
      }),
    ];
  if ("because" in spec.health || spec.health.exec !== undefined) return [];
  const valid = [
    ...new Set(component.ports.filter((port) => port.protocol === "TCP").map((port) => port.name)),
  ];
  const { port } = spec.health;
  if (port !== undefined && !valid.includes(port))
    return [
      site.report("PORT_UNKNOWN", [...keys, "health", "port"], {
        message: `${what} has no TCP port \`${port}\``,
        ...portChoice(
          port,
          portNames(component).filter(({ address }) => valid.includes(address)),
          { otherwise: "add it to ports" },
        ),
      }),
    ];
  if (port === undefined && healthPort(component.ports, undefined) === undefined) {
    return [
      site.report("PORT_AMBIGUOUS", [...keys, "health"], {
        message: `health does not say which port is asked`,
        found: `ports ${valid.join(", ") || "(none)"}`,
        expected: "one port, or one named http, or `port`",
        fix: "add port to health",
      }),
    ];
  }
  return [];
}

const healthByCommand =
  "health: { exec: [ … ] } with a command of the image that fails when it does not work";

/** What asks something: a command that always succeeds would not. */
function healthProposal({ ports }: ResolvedComponent): string {
  const [first, ...others] = ports.filter((port) => port.protocol === "TCP");
  if (first === undefined) return healthByCommand;
  const asked = healthPort(ports, undefined);
  const port = asked === undefined && others.length > 0 ? `, port: "${first.name}"` : "";
  if ((asked ?? first).grpc) return `health: { grpc: true${port} }, or { tcp: true${port} }`;
  return `health: { tcp: true${port} }, or better { http: "/…"${port} } with a path that it answers when it works`;
}

/** As the component itself writes them. */
export const portNames = ({ ports }: ResolvedComponent) =>
  ports.map(({ name, number }) => ({ address: name, number }));

/** Ports of metrics and of extra Services. Problems: PORT_UNKNOWN. */
export function checkOwnPorts(site: Site, component: ResolvedComponent): Problem[] {
  const { metrics } = component.source.spec;
  const services =
    component.source.kind === "workload" ? component.source.spec.services : undefined;
  const valid = [...new Set(component.ports.map((port) => port.name))];
  const unknown = (name: string, keys: Keys) =>
    valid.includes(name)
      ? []
      : [
          site.report("PORT_UNKNOWN", keys, {
            message: `${component.name} has no port \`${name}\``,
            ...portChoice(name, portNames(component), { otherwise: "add it to ports" }),
          }),
        ];
  return [
    ...(metrics !== undefined && "port" in metrics
      ? [metrics.port]
          .flat()
          .flatMap((port) => unknown(port, [...component.path, "metrics", "port"]))
      : []),
    ...Object.entries(services ?? {}).flatMap(([name, service]) =>
      service.ports.flatMap((port, index) =>
        unknown(port, [...component.path, "services", name, "ports", index]),
      ),
    ),
  ];
}

/** Routes, exposures and offers lead to own ports, through gateways and addresses that are there. Problems: PORT_UNKNOWN, GATEWAY_MISSING, ADDRESS_UNKNOWN. */
export function checkWaysIn(site: Site): Problem[] {
  const { routes = {}, exposes = {}, offers = {} } = site.release.service.spec;
  return [
    ...Object.entries(routes).flatMap(([name, route]) => ofRoute(site, name, route)),
    ...Object.entries(exposes).flatMap(([name, exposure]) => ofExposure(site, name, exposure)),
    ...Object.entries(offers).flatMap(([name, offer]) =>
      "port" in offer ? ofTarget(site, offer.port, ["offers", name, "port"]) : [],
    ),
  ];
}

function ofRoute(site: Site, name: string, { to, rules = {}, audience }: Route): Problem[] {
  const { facts } = site.release;
  const keys = ["routes", name];
  return [
    ...ofTarget(site, to, [...keys, "to"]),
    ...Object.entries(rules).flatMap(([rule, { to: other }]) =>
      other === undefined ? [] : ofTarget(site, other, [...keys, "rules", rule, "to"]),
    ),
    ...(facts.cluster.gateways[audience] === undefined
      ? [
          site.report("GATEWAY_MISSING", [...keys, "audience"], {
            message: `cluster <cluster> has no ${audience} gateway`,
            ...audienceChoice(facts, audience, `add it to gateways in ${clusterFile("<cluster>")}`),
          }),
        ]
      : []),
  ];
}

function ofExposure(site: Site, name: string, { ports, address }: Exposure): Problem[] {
  const { cluster } = site.release.facts;
  const keys = ["exposes", name];
  return [
    ...Object.entries(ports).flatMap(([outside, port]) =>
      ofTarget(site, port, [...keys, "ports", outside]),
    ),
    ...(address === undefined || isAddressKnown(cluster, address)
      ? []
      : [
          site.report("ADDRESS_UNKNOWN", [...keys, "address"], {
            message: `cluster <cluster> has no address \`${address}\``,
            ...choice(
              address,
              Object.keys(cluster.addresses ?? {}),
              `add it to addresses in ${clusterFile("<cluster>")}`,
            ),
          }),
        ]),
  ];
}

const ofTarget = ({ release: { service }, report }: Site, port: string, keys: Keys): Problem[] =>
  portOfService(service, port) === undefined
    ? [
        report("PORT_UNKNOWN", keys, {
          message: `${service.name} has no port \`${port}\``,
          ...portChoice(port, addresses(service), { otherwise: "add it to ports" }),
        }),
      ]
    : [];
