/** What a gateway and its controller may call: the sign-in providers of the routes on their cluster that ask there. */
import type { Cause, Derived } from "../../model/derived.ts";
import type { EnvironmentFacts, Release, ResolvedComponent } from "../../model/platform.ts";
import { clusterFact, componentFact, environmentFact, serviceFact } from "../../release/causes.ts";
import { proxyPort } from "../../release/network/gateways.ts";
import { asNetwork, internet } from "../../release/network/networks.ts";
import { signInOf } from "../../release/network/sign-in.ts";
import { gatewayProxies } from "./gateway-proxies.ts";
import { policyRule } from "./policy-rule.ts";
import type { Peer, Party, PolicyRule } from "./policy-rule.ts";
import { asPeer } from "./reach.ts";

/**
 * One rule for each provider at which the gateway asks on some route; of proxies, those of the gateway that route goes
 * through. None for a component that reaches no provider.
 */
export function providerRules(
  release: Release,
  component: ResolvedComponent,
): Derived<PolicyRule>[] {
  if (component.source.spec.reaches?.signIn !== true) return [];
  const asking = (release.carries?.routes ?? []).filter(({ route }) => signInOf(route) === "sso");
  return callersOf(release, component).flatMap(({ concern, audience, selects, causes }) => {
    const own = asking.filter(({ route }) => audience === undefined || route.audience === audience);
    return [...Map.groupBy(own, ({ facts }) => facts)].flatMap(([facts, routes]) => {
      const provider = providerOf(facts);
      return provider === undefined
        ? []
        : [
            policyRule(release, component, {
              concern,
              ...(selects === undefined ? {} : { selects }),
              direction: "egress",
              party: provider.party,
              peers: [provider.peer],
              ports: [{ port: provider.port, protocol: "TCP" }],
              rule: "sign-in-provider-reached",
              causes: [
                componentFact(release.service, component, "reaches", "signIn"),
                ...causes,
                ...routes.map(({ service, name }) =>
                  serviceFact(service, "routes", name, "signIn"),
                ),
                environmentFact(facts, "signIn"),
                ...provider.causes,
              ],
            }),
          ];
    });
  });
}

interface Caller {
  readonly concern: string;
  /** Of whose routes alone; the controller is asked for all. */
  readonly audience?: string;
  readonly selects?: PolicyRule["selects"];
  readonly causes: readonly Cause[];
}

/** The proxies of each gateway, where a component is such, or all its pods. */
function callersOf(release: Release, component: ResolvedComponent): Caller[] {
  if (!("gatewayPorts" in component.source.spec)) return [{ concern: "sign-in", causes: [] }];
  return gatewayProxies(release, component).map((proxies) => ({
    concern: `${proxies.audience}-sign-in`,
    ...proxies,
  }));
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
