/** What a gateway and its controller may call: the sign-in providers of the environments of their cluster. */
import type { Cause, Derived } from "../model/derived.ts";
import type { EnvironmentFacts, Release, ResolvedComponent } from "../model/platform.ts";
import { clusterFact, componentFact, environmentFact } from "../release/causes.ts";
import { proxyPort } from "../release/gateways.ts";
import { asNetwork, internet } from "../release/networks.ts";
import { policyRule } from "./policy-rule.ts";
import type { Peer, Party, PolicyRule } from "./policy-rule.ts";
import { asPeer } from "./reach.ts";

/** One rule for each provider; none for a component that reaches no provider. */
export function providerRules(
  release: Release,
  component: ResolvedComponent,
): Derived<PolicyRule>[] {
  if (component.source.spec.reaches?.signIn !== true) return [];
  return (release.carries?.environments ?? []).flatMap((facts) => {
    const provider = providerOf(facts);
    return provider === undefined
      ? []
      : [
          policyRule(release, component, {
            concern: "sign-in",
            direction: "egress",
            party: provider.party,
            peers: [provider.peer],
            ports: [{ port: provider.port, protocol: "TCP" }],
            rule: "sign-in-provider-reached",
            causes: [
              componentFact(release.service, component, "reaches", "signIn"),
              environmentFact(facts, "signIn"),
              ...provider.causes,
            ],
          }),
        ];
  });
}

function providerOf(
  facts: EnvironmentFacts,
): { party: Party; peer: Peer; port: number; causes: readonly Cause[] } | undefined {
  const { environment, cluster } = facts;
  if (environment.signIn === undefined) return undefined;
  const { issuer, at = "internet" } = environment.signIn;
  const port = Number(new URL(issuer).port || 443);
  if (at === "internet")
    return { party: { is: "internet" }, peer: asPeer(internet(cluster)), port, causes: [] };
  if (typeof at === "object")
    return {
      party: { is: "host", name: at.lan },
      peer: { cidr: asNetwork(cluster.hosts?.[at.lan] ?? "") },
      port,
      causes: [clusterFact(facts, "hosts", at.lan)],
    };
  const gateway = cluster.gateways[at];
  return gateway === undefined
    ? undefined
    : {
        party: { is: "gateway", audience: at },
        peer: { namespace: gateway.podNamespace, pods: gateway.podLabels },
        port: proxyPort(port),
        causes: [clusterFact(facts, "gateways", at)],
      };
}
