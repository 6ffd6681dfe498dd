/** What a gateway and its controller may call: the sign-in providers of the environments of their cluster. */
import type { Cause, Derived } from "../model/derived.ts";
import { valuesOf } from "../model/derived.ts";
import type { EnvironmentFacts, Release, ResolvedComponent } from "../model/platform.ts";
import { clusterFact, componentFact, environmentFact } from "../release/causes.ts";
import { proxyPort } from "../release/gateways.ts";
import { asCidr, everywhere, privateNetworks } from "./reach.ts";
import type { Rule } from "./reach.ts";

/** A provider and how it is reached. */
export interface ProviderReach {
  readonly environment: string;
  readonly issuer: string;
  readonly rule: Rule;
}

/** One rule for each provider; none for a component that reaches no provider. */
export const providerRules = (release: Release, component: ResolvedComponent): Rule[] =>
  valuesOf(derivedProviderReach(release, component)).map(({ rule }) => rule);

export function derivedProviderReach(
  { service, carries }: Release,
  component: ResolvedComponent,
): Derived<ProviderReach>[] {
  if (component.source.spec.reaches?.signIn !== true) return [];
  const asks = componentFact(service, component, "reaches", "signIn");
  return (carries?.environments ?? []).flatMap((facts): Derived<ProviderReach>[] => {
    const { signIn } = facts.environment;
    const place = placeOf(facts);
    return signIn === undefined || place === undefined
      ? []
      : [
          {
            value: { environment: facts.name, issuer: signIn.issuer, rule: place.rule },
            rule: "provider-reached",
            causes: [asks, environmentFact(facts, "signIn"), ...place.causes],
          },
        ];
  });
}

/** Undefined where the cluster does not know the place: that is told before. */
function placeOf(
  facts: EnvironmentFacts,
): { readonly rule: Rule; readonly causes: readonly Cause[] } | undefined {
  const { environment, cluster } = facts;
  if (environment.signIn === undefined) return undefined;
  const { issuer, at = "internet" } = environment.signIn;
  const port = Number(new URL(issuer).port || 443);
  const to = (peer: Rule["peers"][number], number: number, ...causes: Cause[]) => ({
    rule: { peers: [peer], ports: [{ port: number, protocol: "TCP" as const }] },
    causes,
  });
  if (at === "internet") return to({ cidr: everywhere, except: [...privateNetworks] }, port);
  if (typeof at === "object") {
    const address = cluster.hosts?.[at.lan];
    return address === undefined
      ? undefined
      : to({ cidr: asCidr(address) }, port, clusterFact(facts, "hosts", at.lan));
  }
  const gateway = cluster.gateways[at];
  return gateway === undefined
    ? undefined
    : to(
        { namespace: gateway.podNamespace, pods: gateway.podLabels },
        proxyPort(port),
        clusterFact(facts, "gateways", at),
      );
}
