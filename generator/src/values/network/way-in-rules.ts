/** Ingress of what is no consumer: gateways, the scraper, the prober, clients of load balancers, the API server and nodes. */
import type { Audience } from "../../model/audiences.ts";
import type { Cause, Derived } from "../../model/derived.ts";
import type { Release, ResolvedComponent, ResolvedPort } from "../../model/platform.ts";
import { clusterFact, componentFact, serviceFact } from "../../release/causes.ts";
import { gatewayOf, listenerOf, proxyPort, routeEnds } from "../../release/network/gateways.ts";
import { probedAt, probingFacts } from "../../release/monitoring/probing.ts";
import { scrapeOf } from "../../release/monitoring/scraping.ts";
import { everyAddress } from "../../release/network/networks.ts";
import { portOfService } from "../../release/ports.ts";
import { gatewayProxies } from "./gateway-proxies.ts";
import { policyPorts, policyRule, portFacts } from "./policy-rule.ts";
import type { Peer, PolicyPort, PolicyRule } from "./policy-rule.ts";
import { apiServerPeers } from "./reach.ts";

type Rules = readonly Derived<PolicyRule>[];

/** Gateways, to where the routes of a service lead, and each of their rules. */
export function routeRules(release: Release, component: ResolvedComponent): Rules {
  const { service, facts } = release;
  return Object.entries(service.spec.routes ?? {}).flatMap(([name, route]) => {
    const gateway = gatewayOf(release, route);
    if (gateway === undefined) return [];
    const ends = routeEnds(service, route).filter((end) => end.component === component);
    const fact = (...more: string[]) => serviceFact(service, "routes", name, ...more);
    return ends.map(({ ports, by }) =>
      policyRule(release, component, {
        concern: "gateway",
        direction: "ingress",
        party: { is: "gateway", audience: route.audience },
        peers: [{ namespace: gateway.podNamespace, pods: gateway.podLabels }],
        ports: policyPorts(ports),
        rule: "gateway-accepted",
        causes: [
          fact(...by),
          // With any of these it would lead elsewhere.
          ...(by.length === 0 ? [fact("rules")] : []),
          ...(by.length === 2 ? [fact(...by, "to"), fact(...by, "redirect")] : []),
          ...(component.ports.some(isUdpOf(ports)) ? [fact("kind")] : []),
          clusterFact(facts, "gateways", route.audience),
          ...portFacts({ service, component }, ports),
        ],
      }),
    );
  });
}

/** Whether a port is one of these by its name, over UDP: then the kind of a route says which of the two is meant. */
const isUdpOf = (ports: readonly ResolvedPort[]) => (port: ResolvedPort) =>
  port.protocol === "UDP" && ports.some(({ name }) => name === port.name);

/** The scraper, to metrics. */
export function metricsRules(release: Release, component: ResolvedComponent): Rules {
  const { service, facts } = release;
  const { scraper } = facts.cluster;
  const ports = scrapeOf(facts, component)?.ports;
  if (scraper === undefined || ports === undefined) return [];
  return [
    policyRule(release, component, {
      concern: "metrics",
      direction: "ingress",
      party: { is: "scraper" },
      peers: [{ namespace: scraper.namespace, pods: scraper.podLabels }],
      ports: policyPorts(ports),
      rule: "scraper-accepted",
      causes: [
        componentFact(service, component, "metrics"),
        clusterFact(facts, "scraper"),
        ...portFacts({ service, component }, ports),
      ],
    }),
  ];
}

/** The prober, to what it asks. */
export function probeRules(release: Release, component: ResolvedComponent): Rules {
  const { service, facts } = release;
  const { prober } = facts.cluster;
  const probing = probedAt(release, component);
  if (prober === undefined || probing === undefined) return [];
  return [
    policyRule(release, component, {
      concern: "probe",
      direction: "ingress",
      party: { is: "prober" },
      peers: [{ namespace: prober.namespace, pods: prober.podLabels }],
      ports: policyPorts([probing.port]),
      rule: "prober-accepted",
      causes: [
        ...probingFacts(service, component, probing),
        clusterFact(facts, "scraper"),
        clusterFact(facts, "prober"),
      ],
    }),
  ];
}

/** Clients of a load balancer, and nodes, whose address is what a pod sees unless the client's is kept. */
export function clientRules(release: Release, component: ResolvedComponent): Rules {
  const { service, facts } = release;
  return Object.entries(service.spec.exposes ?? {}).flatMap(([name, exposure]) => {
    const ports = Object.values(exposure.ports).flatMap((address) => {
      const end = portOfService(service, address);
      return end?.component === component ? end.ports : [];
    });
    if (ports.length === 0) return [];
    const { clients } = exposure;
    const fact = serviceFact(service, "exposes", name);
    const common = {
      concern: "clients",
      direction: "ingress" as const,
      ports: policyPorts(ports),
    };
    const rule = policyRule(release, component, {
      ...common,
      party: { is: "clients" },
      peers:
        clients === "lan" || clients === "internet"
          ? clientsOf(release, clients)
          : networks(clients),
      rule: "clients-accepted",
      causes: [
        fact,
        ...(clients === "lan" ? [clusterFact(facts, "networks", "lan")] : []),
        ...portFacts({ service, component }, ports),
      ],
    });
    if (exposure.keepClientAddress === true) return [rule];
    const ofNodes = policyRule(release, component, {
      ...common,
      party: { is: "nodes" },
      peers: networks([facts.cluster.networks.nodes]),
      rule: "nodes-stand-for-clients",
      causes: [
        fact,
        serviceFact(service, "exposes", name, "keepClientAddress"),
        clusterFact(facts, "networks", "nodes"),
        ...portFacts({ service, component }, ports),
      ],
    });
    return [rule, ofNodes];
  });
}

/** Clients of the gateways whose proxies a component is. */
export function gatewayClientRules(release: Release, component: ResolvedComponent): Rules {
  const { facts } = release;
  return gatewayProxies(release, component).flatMap((proxies) =>
    [...forHosts(release, component), ...forPorts(release, proxies.audience)].map(
      ({ listener, ports, causes }) =>
        policyRule(release, component, {
          concern: `${proxies.audience}-clients`,
          selects: proxies.selects,
          direction: "ingress",
          party: { is: "clients", ...(listener === undefined ? {} : { listener }) },
          // Whether the client's address is kept is the chart's affair: a node's may stand for it.
          peers:
            proxies.audience === "public"
              ? clientsOf(release, "internet")
              : networks([
                  ...new Set([...facts.cluster.networks.lan, facts.cluster.networks.nodes]),
                ]),
          ports,
          rule: "gateway-clients-accepted",
          causes: [
            ...proxies.causes,
            ...(proxies.audience === "public" ? [] : [clusterFact(facts, "networks")]),
            ...causes,
          ],
        }),
    ),
  );
}

interface Listening {
  readonly listener?: string;
  readonly ports: readonly PolicyPort[];
  readonly causes: readonly Cause[];
}

/** Where proxies listen for routes that are found by their hosts. */
function forHosts({ service }: Release, component: ResolvedComponent): Listening[] {
  const { spec } = component.source;
  const names = "gatewayPorts" in spec ? (spec.gatewayPorts ?? []) : [];
  const ports = component.ports.filter((port) => names.includes(port.name));
  return ports.length === 0
    ? []
    : [{ ports: policyPorts(ports), causes: portFacts({ service, component }, ports) }];
}

/** Where they listen for routes that have a port of the gateway. */
const forPorts = ({ carries }: Release, audience: Audience): Listening[] =>
  (carries?.routes ?? []).flatMap(({ service, name, route }) => {
    const listener = route.audience === audience ? listenerOf(route) : undefined;
    if (listener === undefined) return [];
    const { protocol, port } = listener;
    return {
      listener: listener.name,
      ports: [{ port: proxyPort(port), protocol }],
      causes: ["listener", "kind", "audience"].map((field) =>
        serviceFact(service, "routes", name, field),
      ),
    };
  });

/**
 * Webhooks and aggregated APIs are called from nodes, which are no pods. Where the network plugin makes a tunnel
 * between nodes (IPIP, VXLAN), such a call bears the address of the tunnel, which is one of the pod network.
 */
export function callerRules(release: Release, component: ResolvedComponent): Rules {
  const { service, facts } = release;
  const { nodes, pods } = facts.cluster.networks;
  return callersOf(component).flatMap(({ caller, ports, names }) =>
    ports.length === 0
      ? []
      : policyRule(release, component, {
          concern: "callers",
          direction: "ingress",
          party: { is: caller },
          peers: [
            ...(caller === "nodes" ? [] : apiServerPeers(release)),
            ...networks([nodes, pods]),
          ],
          ports: policyPorts(ports),
          rule: "callers-accepted",
          causes: [
            ...(names === undefined
              ? [
                  ...portFacts({ service, component }, ports),
                  componentFact(service, component, "calledBy"),
                ]
              : [
                  componentFact(service, component, "calledBy", caller),
                  ...portFacts({ service, component }, ports),
                ]),
            clusterFact(facts, "networks"),
            ...(caller === "nodes" ? [] : [clusterFact(facts, "apiServer")]),
          ],
        }),
  );
}

interface Called {
  readonly caller: "apiserver" | "nodes";
  readonly ports: readonly ResolvedPort[];
  /** As they are named; without, each port is one that is called. */
  readonly names?: readonly string[];
}

function callersOf({ source, ports }: ResolvedComponent): Called[] {
  const { calledBy = [] } = source.spec;
  if (isList(calledBy)) {
    const byName = [...Map.groupBy(ports, ({ name }) => name).values()];
    return calledBy.flatMap((caller) => byName.map((called) => ({ caller, ports: called })));
  }
  return (["apiserver", "nodes"] as const).flatMap((caller) => {
    const names = calledBy[caller];
    if (names === undefined) return [];
    return [{ caller, names, ports: ports.filter((port) => names.includes(port.name)) }];
  });
}

const isList = <T>(value: readonly T[] | object): value is readonly T[] => Array.isArray(value);

const networks = (cidrs: readonly string[]): Peer[] => cidrs.map((cidr) => ({ cidr }));

const clientsOf = ({ facts }: Release, clients: "lan" | "internet"): Peer[] =>
  networks(clients === "lan" ? facts.cluster.networks.lan : [everyAddress(facts.cluster).cidr]);
