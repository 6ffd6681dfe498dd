/** What a gateway and its controller may call: the sign-in providers of the environments of their cluster. */
import type { EnvironmentFacts, Release, ResolvedComponent } from "../model/platform.ts";
import { proxyPort } from "../release/gateways.ts";
import { asCidr, everywhere, privateNetworks } from "./reach.ts";
import type { Rule } from "./reach.ts";

/** One rule for each provider; none for a component that reaches no provider. */
export function providerRules({ carries }: Release, component: ResolvedComponent): Rule[] {
  if (component.source.spec.reaches?.signIn !== true) return [];
  return (carries?.environments ?? []).flatMap(providerRule);
}

function providerRule({ environment, cluster }: EnvironmentFacts): Rule[] {
  if (environment.signIn === undefined) return [];
  const { issuer, at = "internet" } = environment.signIn;
  const port = Number(new URL(issuer).port || 443);
  const to = (peer: Rule["peers"][number], number: number): Rule[] => [
    { peers: [peer], ports: [{ port: number, protocol: "TCP" }] },
  ];
  if (at === "internet") return to({ cidr: everywhere, except: [...privateNetworks] }, port);
  if (typeof at === "object") return to({ cidr: asCidr(cluster.hosts?.[at.lan] ?? "") }, port);
  const gateway = cluster.gateways[at];
  return gateway === undefined
    ? []
    : to({ namespace: gateway.podNamespace, pods: gateway.podLabels }, proxyPort(port));
}
