/**
 * What a gateway and its controller may call: the sign-in providers of the routes on their cluster that ask there. And
 * who lets them in, where such a provider is behind a gateway.
 */
import type { Cause, Derived } from "../../model/derived.ts";
import type {
  Endpoint,
  EnvironmentFacts,
  Release,
  ResolvedComponent,
} from "../../model/platform.ts";
import { clusterFact, componentFact, environmentFact, serviceFact } from "../../release/causes.ts";
import { proxyPort } from "../../release/network/gateways.ts";
import { asNetwork } from "../../model/networks.ts";
import { internet } from "../../release/network/networks.ts";
import { signInOf } from "../../release/network/sign-in.ts";
import { endFacts, peerOf } from "./connection-rules.ts";
import { gatewayProxies } from "./gateway-proxies.ts";
import { policyRule } from "./policy-rule.ts";
import type { Peer, PolicyRule } from "./policy-rule.ts";
import { asPeer } from "./reach.ts";

/**
 * One rule for each provider at which the gateway asks on some route; of proxies, those of the gateway that route goes
 * through. None for a component that reaches no provider.
 */
export function providerRules(
  release: Release,
  component: ResolvedComponent,
): Derived<PolicyRule>[] {
  return askingOf(release, { service: release.service, component }).flatMap(
    ({ caller: { concern, selects }, facts, causes }) => {
      const provider = providerOf(facts);
      if (provider === undefined) return [];
      return policyRule(release, component, {
        concern,
        ...(selects === undefined ? {} : { selects }),
        direction: "egress",
        party: { is: "provider", environment: facts.name },
        peers: [provider.peer],
        ports: [{ port: provider.port, protocol: "TCP" }],
        rule: "sign-in-provider-reached",
        causes: [...causes, ...provider.causes],
      });
    },
  );
}

/**
 * The other side, where a provider is behind a gateway: its proxies let in who asks there, which are pods, whatever
 * clients the gateway has.
 */
export function providerGatewayRules(
  release: Release,
  component: ResolvedComponent,
): Derived<PolicyRule>[] {
  const asking = (release.carries?.askers ?? []).flatMap((end) =>
    askingOf(release, end).map((one) => ({ ...one, end })),
  );
  return gatewayProxies(release, component).flatMap(({ audience, selects, causes }) =>
    asking.flatMap(({ end, caller, facts, causes: others }) => {
      const provider = providerOf(facts);
      if (provider === undefined || facts.environment.signIn?.at !== audience) return [];
      return policyRule(release, component, {
        concern: `${audience}-sign-in`,
        selects,
        direction: "ingress",
        party: { is: "asker", end, audience: caller.audience, environment: facts.name },
        peers: [callerPeer(release, end, caller)],
        ports: [{ port: provider.port, protocol: "TCP" }],
        rule: "sign-in-accepted",
        causes: [...causes, ...others, ...endFacts(release, end)],
      });
    }),
  );
}

/** What one caller asks at the provider of one environment. */
interface Asking {
  readonly caller: Caller;
  readonly facts: EnvironmentFacts;
  readonly causes: readonly Cause[];
}

function askingOf({ carries, facts: own }: Release, { service, component }: Endpoint): Asking[] {
  if (component.source.spec.reaches?.signIn !== true) return [];
  const routes = (carries?.routes ?? []).filter(({ route }) => signInOf(route) === "sso");
  return callersOf({ service, facts: own }, component).flatMap((caller) => {
    const { audience, causes } = caller;
    const mine = routes.filter(
      ({ route }) => audience === undefined || route.audience === audience,
    );
    return [...Map.groupBy(mine, ({ facts }) => facts)].map(([facts, asked]) => ({
      caller,
      facts,
      causes: [
        componentFact(service, component, "reaches", "signIn"),
        ...causes,
        ...asked.map((on) => serviceFact(on.service, "routes", on.name, "signIn")),
        environmentFact(facts, "signIn"),
      ],
    }));
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
function callersOf(
  release: Pick<Release, "service" | "facts">,
  component: ResolvedComponent,
): Caller[] {
  if (!("gatewayPorts" in component.source.spec))
    return [
      {
        concern: "sign-in",
        causes: [componentFact(release.service, component, "gatewayPorts")],
      },
    ];
  return gatewayProxies(release, component).map((proxies) => ({
    concern: `${proxies.audience}-sign-in`,
    ...proxies,
  }));
}

function callerPeer(release: Release, end: Endpoint, { selects }: Caller): Peer {
  const peer = peerOf(end, release);
  return "namespace" in peer && selects?.selects !== undefined
    ? { ...peer, pods: selects.selects }
    : peer;
}

function providerOf(
  facts: EnvironmentFacts,
): { peer: Peer; port: number; causes: readonly Cause[] } | undefined {
  const { environment, cluster } = facts;
  if (environment.signIn === undefined) return undefined;
  const { issuer, at = "internet" } = environment.signIn;
  const port = Number(new URL(issuer).port || 443);
  if (at === "internet") return { peer: asPeer(internet(cluster)), port, causes: [] };
  if (typeof at === "object")
    return {
      peer: { cidr: asNetwork(cluster.hosts?.[at.lan] ?? "") },
      port,
      causes: [clusterFact(facts, "hosts", at.lan)],
    };
  const gateway = cluster.gateways[at];
  return gateway === undefined
    ? undefined
    : {
        peer: { namespace: gateway.podNamespace, pods: gateway.podLabels },
        port: proxyPort(port),
        causes: [clusterFact(facts, "gateways", at)],
      };
}
