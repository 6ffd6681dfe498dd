/** Rules between services, on both sides: who consumes whom, what operators, gateways, the scraper and the prober call. */
import type { Cause, Derived } from "../../model/derived.ts";
import type {
  Call,
  Connection,
  Endpoint,
  Release,
  ResolvedComponent,
} from "../../model/platform.ts";
import { clusterFact, componentFact, serviceFact } from "../../release/causes.ts";
import { isPostgresCluster, postgresPorts } from "../../release/postgres.ts";
import { hostFact, labelFacts, policyPorts, policyRule, portFacts } from "./policy-rule.ts";
import type { Peer, PolicyRule } from "./policy-rule.ts";

/** Ingress of those who are consumed. */
export function consumerRules(
  release: Release,
  component: ResolvedComponent,
): Derived<PolicyRule>[] {
  const own = { service: release.service, component };
  const edges = release.incoming.filter((edge) => edge.provider.component === component);
  return byEnd(edges, ({ consumer }) => consumer).map(({ end, ports, operates, fact }) =>
    policyRule(release, component, {
      concern: operates ? "operator" : "consumers",
      direction: "ingress",
      party: { is: "pods", end },
      peers: [peerOf(end, release)],
      ports: policyPorts(ports),
      rule: operates ? "operator-tends" : "consumer-accepted",
      causes: [fact, ...(operates ? [] : portFacts(own, ports)), ...endFacts(release, end)],
    }),
  );
}

/** Egress of those who consume. */
export function consumedRules(
  release: Release,
  component: ResolvedComponent,
): Derived<PolicyRule>[] {
  const edges = release.outgoing.filter((edge) => edge.consumer.component === component);
  return byEnd(edges, ({ provider }) => provider).map(({ end, ports, operates, fact }) =>
    policyRule(release, component, {
      concern: operates ? "operates" : "consumes",
      direction: "egress",
      party: { is: "pods", end },
      peers: [peerOf(end, release)],
      ports: policyPorts(ports),
      rule: operates ? "operator-tends" : "provider-reached",
      causes: [fact, ...(operates ? [] : portFacts(end, ports)), ...endFacts(release, end)],
    }),
  );
}

/** Egress of gateways to where routes lead, of the scraper to metrics, and of the prober to what it asks. */
export function callRules(release: Release, component: ResolvedComponent): Derived<PolicyRule>[] {
  return release.calls
    .filter((call) => call.consumer.component === component)
    .map((call) => {
      const { causes, ...draft } = asked(release, component, call);
      return policyRule(release, component, {
        ...draft,
        direction: "egress",
        party: { is: "pods", end: call.provider },
        peers: [peerOf(call.provider, release)],
        ports: policyPorts(call.ports),
        causes: [...causes, ...endFacts(release, call.provider)],
      });
    });
}

function asked(
  release: Release,
  component: ResolvedComponent,
  { provider, ports, route, probe }: Call,
) {
  const { service } = provider;
  const { facts } = release;
  if (probe === true) {
    const fact = (field: string) => componentFact(service, provider.component, field);
    const causes = [fact("metrics"), fact("health"), clusterFact(facts, "prober")];
    return {
      concern: "probes",
      rule: "prober-reaches" as const,
      causes: [...causes, serviceFact(service, "stopped"), ...portFacts(provider, ports)],
    };
  }
  if (route === undefined) {
    const metrics = componentFact(service, provider.component, "metrics");
    const causes = [metrics, clusterFact(facts, "scraper"), ...portFacts(provider, ports)];
    return { concern: "scrapes", rule: "scraper-reaches" as const, causes };
  }
  const gateway = facts.cluster.gateways[route.audience];
  return {
    concern: `${route.audience}-routes`,
    selects: { selects: { ...component.podLabels, ...gateway?.podLabels } },
    rule: "gateway-reaches" as const,
    causes: [
      serviceFact(service, "routes", route.name),
      clusterFact(facts, "gateways", route.audience),
      componentFact(release.service, component, "gatewayPorts"),
      ...portFacts(provider, ports),
    ],
  };
}

/** CloudNativePG: instances follow each other. */
export function instanceRules(
  release: Release,
  component: ResolvedComponent,
): Derived<PolicyRule>[] {
  if (!isPostgresCluster(component)) return [];
  const end = { service: release.service, component };
  return (["ingress", "egress"] as const).map((direction) =>
    policyRule(release, component, {
      concern: "instances",
      direction,
      party: { is: "pods", end },
      peers: [peerOf(end, release)],
      ports: policyPorts(postgresPorts),
      rule: "instances-follow",
      causes: [componentFact(release.service, component, "runs")],
    }),
  );
}

/** Edges to the same pods by the same fact are one rule. */
function byEnd(edges: readonly Connection[], endOf: (edge: Connection) => Endpoint) {
  const groups = Map.groupBy(edges, (edge) => endOf(edge).component);
  return [...groups.values()].flatMap((all) =>
    // An operator comes last: it names nobody.
    [...Map.groupBy(all, ({ target }) => target).values()]
      .toSorted(([a], [b]) => Number(a?.operates === true) - Number(b?.operates === true))
      .flatMap((group) => {
        const [edge] = group;
        if (edge === undefined) return [];
        const ports = group.flatMap((one) => one.ports);
        return [{ end: endOf(edge), ports, operates: edge.operates === true, fact: factOf(edge) }];
      }),
  );
}

/** An operator is not asked for: it tends whatever is of its kind. */
function factOf({ consumer, provider, target }: Connection): Cause {
  return target === undefined
    ? componentFact(provider.service, provider.component, "runs")
    : componentFact(consumer.service, consumer.component, "consumes", target);
}

/** Pods on the node's network have the node's address, and no label selects them. */
export function peerOf(end: Endpoint, release: Release): Peer {
  if (end.component.hostNetwork) return { cidr: release.facts.cluster.networks.nodes };
  if (end.service === release.service && end.component.source.kind === "workload")
    return { component: end.component.name };
  return { namespace: end.service.namespace, pods: { ...end.component.podLabels } };
}

/** How the pods of the other end are known: by labels, or by their node's network; of another service only when it says so. */
export function endFacts(release: Release, end: Endpoint): Cause[] {
  const fact = hostFact(end);
  if (fact.absent === undefined) return [fact];
  return [...labelFacts(end), ...(end.service === release.service ? [fact] : [])];
}
