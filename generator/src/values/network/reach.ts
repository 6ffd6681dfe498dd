/** What pods may call outside the platform: the internet, the home network, the API server, nameservers, nodes. */
import { apiServerPort } from "../../model/api-server.ts";
import type { Derived } from "../../model/derived.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { clusterFact, componentFact } from "../../release/causes.ts";
import { isOfPod, nameserversOf } from "../../release/network/nameservers.ts";
import { asNetwork } from "../../model/networks.ts";
import { internet } from "../../release/network/networks.ts";
import { outsidePorts } from "../../release/network/outside-ports.ts";
import type { OutsidePortRange } from "../../release/network/outside-ports.ts";
import { isPostgresCluster } from "../../release/postgres.ts";
import { compact } from "../compact.ts";
import { policyRule } from "./policy-rule.ts";
import type { Peer, PolicyPort, PolicyRule } from "./policy-rule.ts";

type Rules = readonly Derived<PolicyRule>[];

const outsidePolicyPorts = (texts: readonly string[]): PolicyPort[] =>
  texts
    .flatMap(outsidePorts)
    .map(({ port, endPort, protocol }: OutsidePortRange) => compact({ port, endPort, protocol }));

/** Rules for `reaches`, for an account that asks the API server, and for nameservers of its own. */
export function reachRules(release: Release, component: ResolvedComponent): Rules {
  const { service, facts } = release;
  const { cluster } = facts;
  const { spec } = component.source;
  const { internet: internetPorts, lan = {}, nodes } = spec.reaches ?? {};
  const fact = (...path: string[]) => componentFact(service, component, "reaches", ...path);
  const egress = (draft: Omit<Parameters<typeof policyRule>[2], "direction">) =>
    policyRule(release, component, { direction: "egress", ...draft });
  return [
    ...(internetPorts === undefined
      ? []
      : [
          egress({
            concern: "internet",
            party: { is: "internet" },
            peers: [asPeer(internet(cluster))],
            ports: outsidePolicyPorts(internetPorts),
            rule: "internet-reached",
            causes: [fact("internet"), clusterFact(facts, "networks")],
          }),
        ]),
    ...Object.entries(lan).map(([name, ports]) =>
      egress({
        concern: "lan",
        party: { is: "host", name },
        peers: [{ cidr: asNetwork(cluster.hosts?.[name] ?? "") }],
        ports: outsidePolicyPorts(ports),
        rule: "host-reached",
        causes: [fact("lan", name), clusterFact(facts, "hosts", name)],
      }),
    ),
    ...apiServerRules(release, component),
    ...nameserverRules(release, component),
    ...(nodes === undefined
      ? []
      : [
          egress({
            concern: "nodes",
            party: { is: "nodes" },
            peers: [{ cidr: cluster.networks.nodes }],
            ports: outsidePolicyPorts(nodes),
            rule: "nodes-reached",
            causes: [fact("nodes"), clusterFact(facts, "networks", "nodes")],
          }),
        ]),
  ];
}

/** Who says so, who has an account with rights, and instances of a database cluster ask the API server. */
function apiServerRules(release: Release, component: ResolvedComponent): Rules {
  const { service, facts } = release;
  const { spec } = component.source;
  const wanted: readonly (readonly [readonly string[], readonly string[]])[] = [
    ...(spec.reaches?.apiserver === undefined
      ? []
      : [[["reaches", "apiserver"], spec.reaches.apiserver] as const]),
    ...("account" in spec && spec.account !== undefined ? [[["account"], ["https"]] as const] : []),
    ...(isPostgresCluster(component) ? [[["runs"], ["https"]] as const] : []),
  ];
  return wanted.map(([path, ports]) =>
    policyRule(release, component, {
      concern: "apiserver",
      direction: "egress",
      party: { is: "apiserver" },
      peers: apiServerPeers(release),
      ports: apiServerPorts(release, ports),
      rule: "apiserver-reached",
      causes: [componentFact(service, component, ...path), clusterFact(facts, "apiServer")],
    }),
  );
}

/** One in the pod itself needs no leave. */
function nameserverRules(release: Release, component: ResolvedComponent): Rules {
  const elsewhere = nameserversOf(component).filter((address) => !isOfPod(address));
  if (elsewhere.length === 0) return [];
  return [
    policyRule(release, component, {
      concern: "nameservers",
      direction: "egress",
      party: { is: "nameservers" },
      peers: elsewhere.map((address) => ({ cidr: asNetwork(address) })),
      ports: outsidePolicyPorts(["dns"]),
      rule: "nameservers-reached",
      causes: [componentFact(release.service, component, "network", "nameservers")],
    }),
  ];
}

/** The API server's addresses as peers. */
export const apiServerPeers = (release: Release): Peer[] =>
  release.facts.cluster.apiServer.addresses.map((address) => ({ cidr: asNetwork(address) }));

/** `https` is the API's own port, whatever its number. */
const apiServerPorts = (release: Release, wanted: readonly string[]): PolicyPort[] =>
  wanted.flatMap((port) =>
    port === "https"
      ? [{ port: apiServerPort(release.facts.cluster), protocol: "TCP" as const }]
      : outsidePolicyPorts([port]),
  );

export const asPeer = ({ cidr, except = [] }: ReturnType<typeof internet>): Peer => ({
  cidr,
  except: [...except],
});
