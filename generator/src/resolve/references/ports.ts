/** Ports a service names of its own: where it is asked for health and metrics, and where routes, exposures and offers lead. */
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
  const { service, facts } = site.release;
  const valid = addresses(service);
  const target = (address: string, keys: Keys) =>
    portOfService(service, address) === undefined
      ? [
          site.report("PORT_UNKNOWN", keys, {
            message: `${service.name} has no port \`${address}\``,
            ...portChoice(address, valid, { otherwise: "add it to ports" }),
          }),
        ]
      : [];
  const pool = facts.cluster.addresses ?? {};
  return [
    ...Object.entries(service.spec.routes ?? {}).flatMap(([name, route]) => [
      ...target(route.to, ["routes", name, "to"]),
      ...Object.entries(route.rules ?? {}).flatMap(([rule, { to }]) =>
        to === undefined ? [] : target(to, ["routes", name, "rules", rule, "to"]),
      ),
      ...(facts.cluster.gateways[route.audience] === undefined
        ? [
            site.report("GATEWAY_MISSING", ["routes", name, "audience"], {
              message: `cluster <cluster> has no ${route.audience} gateway`,
              ...audienceChoice(
                facts,
                route.audience,
                `add it to gateways in ${clusterFile("<cluster>")}`,
              ),
            }),
          ]
        : []),
    ]),
    ...Object.entries(service.spec.exposes ?? {}).flatMap(([name, exposure]) => [
      ...Object.entries(exposure.ports).flatMap(([outside, address]) =>
        target(address, ["exposes", name, "ports", outside]),
      ),
      ...(exposure.address === undefined || isAddressKnown(facts.cluster, exposure.address)
        ? []
        : [
            site.report("ADDRESS_UNKNOWN", ["exposes", name, "address"], {
              message: `cluster <cluster> has no address \`${exposure.address}\``,
              ...choice(
                exposure.address,
                Object.keys(pool),
                `add it to addresses in ${clusterFile("<cluster>")}`,
              ),
            }),
          ]),
    ]),
    ...Object.entries(service.spec.offers ?? {}).flatMap(([name, offer]) =>
      "port" in offer ? target(offer.port, ["offers", name, "port"]) : [],
    ),
  ];
}
