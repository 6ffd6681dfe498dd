/** Both sides of every connection, as one policy per concern. Ports are pod ports (NetworkPolicy acts after DNAT). */
import type { Endpoint, Release, ResolvedComponent, ResolvedPort } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { gatewayOf, isGatewayListener } from "../release/gateways.ts";
import { concernName } from "../model/names.ts";
import { portOfService } from "../release/ports.ts";
import { isPostgresCluster, postgresPorts } from "../release/postgres.ts";
import { compact } from "./compact.ts";
import { metricsPorts } from "./monitors.ts";
import { providerRules } from "./provider-reach.ts";
import { everywhere, reachConcerns, apiServerPeers, apiServerPorts } from "./reach.ts";
import type { Policy, PolicyPort, Rule } from "./reach.ts";

/** All policies of a release beside default deny and DNS, which the library always renders. */
export function policies(release: Release): ServiceValues["policies"] {
  const entries = release.service.components.flatMap((component) => {
    // Policies cannot select pods on the node's network.
    if (component.hostNetwork) return [];
    const concerns: readonly (readonly [string, Pick<Policy, "ingress" | "egress">])[] = [
      [
        "consumers",
        {
          ingress: release.incoming
            .filter((edge) => edge.provider.component === component && edge.operates !== true)
            .map((edge) => ({
              peers: [peerOf(edge.consumer, release)],
              ports: policyPorts(edge.ports),
            })),
        },
      ],
      [
        "consumes",
        {
          egress: release.outgoing
            .filter((edge) => edge.consumer.component === component)
            .map((edge) => ({
              peers: [peerOf(edge.provider, release)],
              ports: policyPorts(edge.ports),
            })),
        },
      ],
      ["gateway", { ingress: gatewayRules(release, component) }],
      ["metrics", { ingress: metricsRules(release, component) }],
      ["clients", { ingress: clientRules(release, component) }],
      ["callers", { ingress: callerRules(release, component) }],
      ["sign-in", { egress: providerRules(release, component) }],
      ...databaseConcerns(release, component),
      ...reachConcerns(release, component),
    ];
    return concerns.flatMap(([concern, rules]) => {
      const filled = compact({ ingress: merged(rules.ingress), egress: merged(rules.egress) });
      if (Object.keys(filled).length === 0) return [];
      const selects =
        component.source.kind === "workload"
          ? { component: component.name }
          : compact({ selects: { ...component.podLabels } });
      return [[concernName(component.objectName, concern), { ...selects, ...filled }] as const];
    });
  });
  return Object.fromEntries(entries);
}

/** Rules to the same peers become one, with all their ports; a fixed order whatever the input's. */
function merged(rules: readonly Rule[] | undefined): Rule[] {
  const byPeers = new Map<string, Rule>();
  for (const rule of rules ?? []) {
    const key = JSON.stringify(rule.peers);
    const ports = [...(byPeers.get(key)?.ports ?? []), ...rule.ports];
    byPeers.set(key, { peers: rule.peers, ports: distinct(ports) });
  }
  return [...byPeers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule);
}

function distinct(ports: readonly PolicyPort[]): PolicyPort[] {
  const byText = new Map(
    ports.map((port) => [
      `${port.protocol} ${String(port.port ?? 0).padStart(5, "0")} ${port.endPort ?? ""}`,
      port,
    ]),
  );
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, port]) => port);
}

/** Pods on the node's network have the node's address, and no label selects them. */
function peerOf(end: Endpoint, release: Release): Rule["peers"][number] {
  if (end.component.hostNetwork) return { cidr: release.facts.cluster.networks.nodes };
  if (end.service === release.service && end.component.source.kind === "workload")
    return { component: end.component.name };
  return { namespace: end.service.namespace, pods: { ...end.component.podLabels } };
}

const policyPorts = (ports: readonly ResolvedPort[]): PolicyPort[] =>
  ports.map((port) => ({ port: port.number, protocol: port.protocol }));

function gatewayRules(release: Release, component: ResolvedComponent): Rule[] {
  return Object.values(release.service.spec.routes ?? {}).flatMap((route) => {
    const targets = [
      route.to,
      ...Object.values(route.rules ?? {}).flatMap((rule) => rule.to ?? []),
    ];
    const gateway = gatewayOf(release, route);
    if (gateway === undefined) return [];
    return targets.flatMap((target) => {
      const end = portOfService(release.service, target);
      if (end?.component !== component) return [];
      return [
        {
          peers: [{ namespace: gateway.podNamespace, pods: gateway.podLabels }],
          ports: policyPorts(end.ports.filter((port) => isGatewayListener(route, port))),
        },
      ];
    });
  });
}

function metricsRules(release: Release, component: ResolvedComponent): Rule[] {
  const { scraper } = release.facts.cluster;
  const ports = metricsPorts(release, component);
  if (scraper === undefined || ports.length === 0) return [];
  const { namespace, podLabels } = scraper;
  return [{ peers: [{ namespace, pods: podLabels }], ports: policyPorts(ports) }];
}

/** Clients of a load balancer; with the cluster's default the node's address is what a pod sees. */
function clientRules(release: Release, component: ResolvedComponent): Rule[] {
  const { networks } = release.facts.cluster;
  return Object.values(release.service.spec.exposes ?? {}).flatMap((exposure) => {
    const ends = Object.values(exposure.ports)
      .flatMap((address) => portOfService(release.service, address) ?? [])
      .filter((end) => end.component === component);
    if (ends.length === 0) return [];
    const clients =
      exposure.clients === "lan"
        ? networks.lan
        : exposure.clients === "internet"
          ? [everywhere]
          : exposure.clients;
    const sources =
      exposure.keepClientAddress === true ? clients : [...new Set([...clients, networks.nodes])];
    return [
      {
        peers: sources.map((cidr) => ({ cidr })),
        ports: policyPorts(ends.flatMap((end) => end.ports)),
      },
    ];
  });
}

/**
 * Webhooks and aggregated APIs are called from nodes, which are no pods. Where the network plugin makes a tunnel
 * between nodes (IPIP, VXLAN), such a call bears the address of the tunnel, which is one of the pod network.
 */
function callerRules(release: Release, component: ResolvedComponent): Rule[] {
  if (component.source.kind !== "chart") return [];
  const { nodes, pods } = release.facts.cluster.networks;
  const everyNode = [{ cidr: nodes }, { cidr: pods }];
  return (component.source.spec.calledBy ?? []).map((caller) => ({
    peers: caller === "nodes" ? everyNode : [...apiServerPeers(release), ...everyNode],
    ports: policyPorts(component.ports),
  }));
}

/** CloudNativePG: instances follow each other and ask the API server; the operator asks each for its status. */
function databaseConcerns(
  release: Release,
  component: ResolvedComponent,
): (readonly [string, Pick<Policy, "ingress" | "egress">])[] {
  if (!isPostgresCluster(component)) return [];
  const ports = policyPorts(postgresPorts);
  const instances = [{ peers: [{ component: component.name }], ports }];
  const operators = release.incoming
    .filter((edge) => edge.operates === true)
    .map(({ consumer }) => peerOf(consumer, release));
  return [
    ["instances", { ingress: instances, egress: instances }],
    ["operator", { ingress: operators.map((peer) => ({ peers: [peer], ports })) }],
    [
      "apiserver",
      { egress: [{ peers: apiServerPeers(release), ports: apiServerPorts(release, ["https"]) }] },
    ],
  ];
}
