/** Who calls the proxies of gateways, and whom these call: where routes lead, and where people sign in. */
import type { Cluster } from "../../../../src/model/cluster.ts";
import type { ServiceSpec } from "../../../../src/model/service.ts";
import type { EnvironmentServices } from "../../../../src/model/tree.ts";
import * as end from "./ends.ts";
import { addresses, named, outside } from "./ends.ts";
import type { Edge, Port, Side, Target, Test } from "./ends.ts";

type Environments = readonly EnvironmentServices[];
type Listening = Parameters<typeof named>[0];

interface Reaching {
  readonly reaches?: { readonly signIn?: true | undefined } | undefined;
}
interface Part extends Listening {
  readonly path: string;
  readonly side: Side;
  readonly cluster: Cluster;
  readonly whole: Reaching & Pick<ServiceSpec, "routes">;
  readonly own: Listening["own"] &
    Reaching & { readonly gatewayPorts?: readonly string[] | undefined };
}

export const atGateways = (parts: readonly Part[], environments: Environments): Edge[] =>
  parts.flatMap((part) => [
    ...fromProxies(part),
    ...toProxies(part, environments),
    ...toProviders(part, environments),
  ]);

const fromProxies = (part: Part): Edge[] =>
  Object.values(part.whole.routes ?? {}).flatMap(({ audience, kind, to, rules = { all: {} } }) =>
    Object.values(rules)
      .filter(({ redirect }) => redirect === undefined)
      .map((rule): Edge => {
        const ports = named(part, rule.to ?? to, kind === "udp" ? "UDP" : "TCP");
        return [end.proxies(audience), part.side, ports];
      }),
  );

function toProxies(part: Part, environments: Environments): Edge[] {
  const { lan, nodes, pods } = part.cluster.networks;
  const clients = { internal: addresses(...lan, nodes), public: end.everybody(pods) } as const;
  return (["internal", "public"] as const).flatMap((audience): Edge[] => {
    const proxies = end.proxiesAmong(part.path, audience);
    return [
      [clients[audience], proxies, named(part, part.own.gatewayPorts)],
      [clients[audience], proxies, listeners(environments, audience)],
    ];
  });
}

function toProviders({ path, side, whole, own }: Part, environments: Environments): Edge[] {
  const reaches = { ...whole.reaches, ...own.reaches };
  return (reaches.signIn === true ? providers(environments) : []).map(([audience, ...to]): Edge => [
    own.gatewayPorts ? end.proxiesAmong(path, audience) : side,
    ...to,
  ]);
}

/** Envoy's pods listen 10000 higher than a port that only root may take. */
const ofProxies = (port: number) => (port < 1024 ? port + 10_000 : port);

const routesOf = (environments: Environments) =>
  environments
    .flatMap(({ services }) => [...services.values()])
    .flatMap(({ spec }) => Object.values(spec.routes ?? {}));

/** Where proxies listen for routes that have a port of the gateway. */
function listeners(environments: Environments, audience: string): Test<Port> {
  const ports = routesOf(environments)
    .filter((route) => route.audience === audience)
    .flatMap(({ kind, listener }) =>
      listener === undefined ? [] : `${ofProxies(listener)}/${kind}`,
    );
  return outside(...ports);
}

/** Where people sign in for routes through the gateway of an audience. */
function providers(environments: Environments): [string, ...Target][] {
  return environments.flatMap((one) => {
    const { environment, cluster } = one.facts;
    if (environment.signIn === undefined) return [];
    const { issuer, at = "internet" } = environment.signIn;
    const port = Number(new URL(issuer).port || 443);
    const isBehind = at === "internal" || at === "public";
    const elsewhere = () =>
      typeof at === "object"
        ? addresses(cluster.hosts?.[at.lan] ?? "")
        : end.internetBeside(cluster.networks);
    const to: Target = [
      isBehind ? end.proxies(at) : elsewhere(),
      outside(`${isBehind ? ofProxies(port) : port}`),
    ];
    return routesOf([one])
      .filter(({ signIn }) => signIn === "sso")
      .map(({ audience }): [string, ...Target] => [audience, ...to]);
  });
}
