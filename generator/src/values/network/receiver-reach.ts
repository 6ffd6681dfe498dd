/** What Alertmanager may call: the receivers of its environment's alerts. */
import type { Derived } from "../../model/derived.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { clusterFact, componentFact, environmentFact } from "../../release/causes.ts";
import { calledFor, saidAlerts } from "../../release/monitoring/alert-receivers.ts";
import { asNetwork } from "../../model/networks.ts";
import { internet } from "../../release/network/networks.ts";
import { policyRule } from "./policy-rule.ts";
import type { PolicyRule } from "./policy-rule.ts";
import { asPeer } from "./reach.ts";

/** One rule for each port of a host, for a component that says it reaches receivers. */
export function receiverRules(
  release: Release,
  component: ResolvedComponent,
): Derived<PolicyRule>[] {
  if (component.source.spec.reaches?.receivers !== true) return [];
  const { service, facts } = release;
  const { cluster } = facts;
  const called = Object.entries(saidAlerts(facts)?.receivers ?? {}).flatMap(([name, receiver]) => {
    const place = calledFor(receiver);
    return place === undefined ? [] : [{ name, ...place }];
  });
  const places = Map.groupBy(called, ({ host, port }) => `${host}:${port}`);
  return [...places.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const { host, port } = first;
    return policyRule(release, component, {
      concern: "receivers",
      direction: "egress",
      ...(host === undefined
        ? { party: { is: "internet" }, peers: [asPeer(internet(cluster))] }
        : {
            party: { is: "host", name: host },
            peers: [{ cidr: asNetwork(cluster.hosts?.[host] ?? "") }],
          }),
      ports: [{ port, protocol: "TCP" }],
      rule: "receiver-reached",
      causes: [
        componentFact(service, component, "reaches", "receivers"),
        ...[first, ...more].map(({ name }) => environmentFact(facts, "alerts", "receivers", name)),
        host === undefined ? clusterFact(facts, "networks") : clusterFact(facts, "hosts", host),
      ],
    });
  });
}
