/** Both sides of every connection, as one policy per concern. Ports are pod ports (NetworkPolicy acts after DNAT). */
import type { Endpoint, Release, ResolvedComponent, ResolvedPort } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { gatewayOf, isGatewayListener } from "../resolve/gateways.ts";
import { concernName } from "../resolve/names.ts";
import { outsidePorts } from "../resolve/ports.ts";
import type { OutsidePortRange } from "../resolve/ports.ts";
import { portOfService } from "../resolve/connections.ts";
import { compact } from "./compact.ts";
import { metricsPort } from "./monitors.ts";

type Policies = ServiceValues["policies"];
type Policy = Policies[string];
type Rule = NonNullable<Policy["ingress"]>[number];
type PolicyPort = Rule["ports"][number];

/** What is not the internet (RFC 1918, RFC 6598 shared space, RFC 3927 link local). */
export const privateNetworks = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
] as const;
const everywhere = "0.0.0.0/0";

/** All policies of a release beside default deny and DNS, which the library always renders. */
export function policies(release: Release): Policies {
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
const outsidePolicyPorts = (texts: readonly string[]): PolicyPort[] =>
  texts
    .flatMap(outsidePorts)
    .map(({ port, endPort, protocol }: OutsidePortRange) => compact({ port, endPort, protocol }));

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
  const port = metricsPort(release.service, component);
  if (port === undefined) return [];
  const { namespace, podLabels } = release.facts.cluster.scraper;
  return [{ peers: [{ namespace, pods: podLabels }], ports: policyPorts([port]) }];
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

/** Webhooks and aggregated APIs are called from the nodes of the control plane, which are no pods. */
function callerRules(release: Release, component: ResolvedComponent): Rule[] {
  if (component.source.kind !== "chart") return [];
  return (component.source.spec.calledBy ?? []).map((caller) => ({
    peers:
      caller === "nodes"
        ? [{ cidr: release.facts.cluster.networks.nodes }]
        : apiServerPeers(release),
    ports: policyPorts(component.ports),
  }));
}

/** CloudNativePG: instances follow each other and ask the API server; the operator asks each for its status. */
const postgresPort = 5432;
const statusPort = 8000;

function databaseConcerns(
  release: Release,
  component: ResolvedComponent,
): (readonly [string, Pick<Policy, "ingress" | "egress">])[] {
  if (component.source.kind !== "workload" || component.source.spec.runs?.as !== "postgresCluster")
    return [];
  const ports = [postgresPort, statusPort].map((port) => ({ port, protocol: "TCP" as const }));
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

function reachConcerns(
  release: Release,
  component: ResolvedComponent,
): (readonly [string, Pick<Policy, "egress">])[] {
  const { spec } = component.source;
  const account = "account" in spec ? spec.account : undefined;
  const { internet, lan, apiserver, nodes } = spec.reaches ?? {};
  const nameservers = ownNameservers(spec);
  const { cluster } = release.facts;
  const apiPorts = apiserver ?? (account === undefined ? undefined : ["https"]);
  return [
    [
      "internet",
      {
        egress:
          internet === undefined
            ? []
            : [
                {
                  peers: [{ cidr: everywhere, except: [...privateNetworks] }],
                  ports: outsidePolicyPorts(internet),
                },
              ],
      },
    ],
    [
      "lan",
      {
        egress: Object.entries(lan ?? {}).map(([host, ports]) => ({
          peers: [{ cidr: asCidr(cluster.hosts?.[host] ?? "") }],
          ports: outsidePolicyPorts(ports),
        })),
      },
    ],
    [
      "apiserver",
      {
        egress:
          apiPorts === undefined
            ? []
            : [{ peers: apiServerPeers(release), ports: apiServerPorts(release, apiPorts) }],
      },
    ],
    [
      "nameservers",
      {
        egress:
          nameservers.length === 0
            ? []
            : [
                {
                  peers: nameservers.map((address) => ({ cidr: asCidr(address) })),
                  ports: outsidePolicyPorts(["dns"]),
                },
              ],
      },
    ],
    [
      "nodes",
      {
        egress:
          nodes === undefined
            ? []
            : [{ peers: [{ cidr: cluster.networks.nodes }], ports: outsidePolicyPorts(nodes) }],
      },
    ],
  ];
}

/** Asked instead of the cluster's, which every pod may ask; one in the pod itself needs no leave. */
function ownNameservers(spec: ResolvedComponent["source"]["spec"]): string[] {
  const asked = "network" in spec ? (spec.network?.nameservers ?? []) : [];
  return asked.filter((address) => !/^(127\.|::1$)/.test(address));
}

const apiServerPeers = (release: Release) =>
  release.facts.cluster.apiServer.addresses.map((address) => ({ cidr: asCidr(address) }));
/** `https` is the API's own port, whatever its number. */
const apiServerPorts = (release: Release, wanted: readonly string[]): PolicyPort[] =>
  wanted.flatMap((port) =>
    port === "https"
      ? [{ port: release.facts.cluster.apiServer.port ?? 6443, protocol: "TCP" as const }]
      : outsidePolicyPorts([port]),
  );
const asCidr = (address: string) =>
  address.includes("/") ? address : `${address}/${address.includes(":") ? 128 : 32}`;
