/** Both sides of every connection, as one policy per concern. Ports are pod ports (NetworkPolicy acts after DNAT). */
import type { Derived } from "../../model/derived.ts";
import { valuesOf } from "../../model/derived.ts";
import type {
  EnvironmentFacts,
  Release,
  ResolvedComponent,
  ResolvedService,
} from "../../model/platform.ts";
import type { ServiceValues } from "../../model/values/service.ts";
import { isWorkload } from "../../release/components.ts";
import { clusterFact, componentFact, namespaceFact } from "../../release/causes.ts";
import { isOfCluster, nameserversOf } from "../../release/network/nameservers.ts";
import { compact } from "../compact.ts";
import { derivedNamespace } from "../namespace.ts";
import { callRules, consumedRules, consumerRules, instanceRules } from "./connection-rules.ts";
import { mergedPolicies } from "./policy-merge.ts";
import { drillRules } from "./drill-rules.ts";
import { hostFact } from "./policy-rule.ts";
import type { PolicyRule } from "./policy-rule.ts";
import { providerGatewayRules, providerRules } from "./provider-reach.ts";
import { reachRules } from "./reach.ts";
import { receiverRules } from "./receiver-reach.ts";
import {
  callerRules,
  clientRules,
  gatewayClientRules,
  metricsRules,
  probeRules,
  routeRules,
} from "./way-in-rules.ts";

/** All policies of a release beside default deny and DNS, which the library renders by itself. */
export const policies = (release: Release): ServiceValues["policies"] =>
  mergedPolicies(valuesOf(derivedPolicyRules(release)));

/** Every rule that a fact asks for. What two facts ask for is here twice, and rendered once. */
export function derivedPolicyRules(release: Release): Derived<PolicyRule>[] {
  return release.service.components
    .filter((component) => !component.hostNetwork)
    .flatMap((component) => [
      ...consumerRules(release, component),
      ...consumedRules(release, component),
      ...callRules(release, component),
      ...instanceRules(release, component),
      ...routeRules(release, component),
      ...metricsRules(release, component),
      ...probeRules(release, component),
      ...clientRules(release, component),
      ...gatewayClientRules(release, component),
      ...callerRules(release, component),
      ...reachRules(release, component),
      ...providerRules(release, component),
      ...providerGatewayRules(release, component),
      ...receiverRules(release, component),
      ...drillRules(release, component),
    ]);
}

/** Components on the node's network: policies cannot select their pods. */
export const derivedUnselectable = ({ service }: Release): Derived<ResolvedComponent>[] =>
  service.components
    .filter((component) => component.hostNetwork)
    .map((component) => ({
      value: component,
      rule: "host-network-unselectable",
      causes: [hostFact({ service, component }), namespaceFact(service)],
    }));

/** Nothing in, nothing out, for every pod of the namespace. */
export const derivedDefaultDeny = (release: Release): Derived<string> => ({
  ...derivedNamespace(release),
  rule: "default-deny",
});

/** Whom pods may ask for names. */
export function derivedDns({ facts, service }: Release): Derived<ServiceValues["dns"]> {
  const { dns } = facts.cluster;
  return {
    value: {
      namespace: dns.namespace,
      podLabels: dns.podLabels,
      ...compact({ addresses: dns.nodeLocal }),
    },
    rule: "dns-reached",
    causes: [
      clusterFact(facts, "dns"),
      ...service.components
        .filter((component) => isWorkload(component) && !asksOthers(facts, component))
        .map((component) => nameserversFact(service, component)),
    ],
  };
}

/** Components whose pods ask others: a way to the cluster's DNS would lead past a VPN or a filter. */
export const derivedWithoutDns = ({ facts, service }: Release): Derived<string>[] =>
  service.components
    .filter((component) => !component.hostNetwork && asksOthers(facts, component))
    .map((component) => ({
      value: component.name,
      rule: "dns-left-out",
      causes: [nameserversFact(service, component)],
    }));

const nameserversFact = (service: ResolvedService, component: ResolvedComponent) =>
  componentFact(service, component, "network", "nameservers");

function asksOthers({ cluster }: EnvironmentFacts, component: ResolvedComponent): boolean {
  const asked = nameserversOf(component);
  return asked.length > 0 && !asked.some((address) => isOfCluster(cluster, address));
}
