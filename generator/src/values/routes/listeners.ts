/**
 * What the gateway for an audience listens for: names under the domains of its cluster's environments, hosts
 * beside them, and the ports routes ask for. Each domain and each host has a certificate of its own, so that one
 * that cannot be proved holds up no other.
 */
import type { Audience } from "../../model/audiences.ts";
import type { Cause, Derived } from "../../model/derived.ts";
import type {
  EnvironmentFacts,
  GatewayNeeds,
  Release,
  RouteOnCluster,
} from "../../model/platform.ts";
import { concernName } from "../../model/names.ts";
import { clusterFact, environmentFact, serviceFact } from "../../release/causes.ts";
import { fullHost, isUnder, listenerOf, writtenHosts } from "../../release/network/gateways.ts";
import { audiencesAskedFor } from "../../release/network/listeners.ts";

/** What a listener is; one without a Secret sees no certificate. */
export interface Listener {
  readonly name: string;
  readonly protocol: "HTTP" | "HTTPS" | "TLS" | "TCP" | "UDP";
  readonly port: number;
  readonly hostname?: string;
  /** The Secret with its certificate. */
  readonly secret?: string;
}

/** A listener as the Gateway API has it. Plain HTTP is for nobody but the carrier's own redirect. */
export function gatewayListener({ secret, ...listener }: Listener): object {
  const certificate = {
    mode: "Terminate",
    certificateRefs: [{ group: "", kind: "Secret", name: secret }],
  };
  return {
    ...listener,
    ...(secret === undefined ? {} : { tls: certificate }),
    ...(listener.protocol === "TLS" ? { tls: { mode: "Passthrough" } } : {}),
    allowedRoutes: { namespaces: { from: listener.protocol === "HTTP" ? "Same" : "All" } },
  };
}

/** None where the cluster has no gateway for the audience. */
export function derivedListeners(release: Release, audience: Audience): Derived<Listener>[] {
  const { carries, facts, service } = release;
  const gateway = facts.cluster.gateways[audience];
  if (carries === undefined || gateway === undefined) return [];
  const routes = carries.routes.filter(({ route }) => route.audience === audience);
  const asked = Object.entries(service.spec.objects ?? {}).flatMap(([name, object]) =>
    audiencesAskedFor(object).includes(audience) ? [serviceFact(service, "objects", name)] : [],
  );
  const all = [
    ...ofDomains(carries, facts, gateway.name),
    ...distinct([
      ...routes.flatMap((on) => ofHosts(carries, on, gateway.name)),
      ...routes.flatMap(ofPort),
    ]),
  ];
  return all.map((listener) => ({ ...listener, causes: [...asked, ...listener.causes] }));
}

function ofDomains(
  { environments }: GatewayNeeds,
  own: EnvironmentFacts,
  gateway: string,
): Derived<Listener>[] {
  const plain: Listener = { name: "http", protocol: "HTTP", port: 80 };
  return [
    { value: plain, rule: "gateway-listeners", causes: [clusterFact(own, "gateways")] },
    ...environments.map((facts): Derived<Listener> => {
      const suffix = facts.name === own.cluster.carrier ? "" : `-${facts.name}`;
      const value = https(
        `https${suffix}`,
        `*.${facts.environment.domain}`,
        concernName(`${gateway}${suffix}`, "tls"),
      );
      return { value, rule: "gateway-listeners", causes: [environmentFact(facts, "domain")] };
    }),
  ];
}

const https = (name: string, hostname: string, secret: string): Listener => ({
  name,
  protocol: "HTTPS",
  port: 443,
  hostname,
  secret,
});

/** Hosts that no certificate of a domain holds for; those of TLS routes, whose service has its own. */
function ofHosts(
  { environments }: GatewayNeeds,
  { facts, service, name, route }: RouteOnCluster,
  gateway: string,
): Derived<Listener>[] {
  const { kind = "http" } = route;
  if (kind === "tcp" || kind === "udp") return [];
  const causes = (host: string): Cause[] => [
    serviceFact(service, "routes", name, "host"),
    serviceFact(service, "routes", name, "kind"),
    ...(host.includes(".") ? [] : [environmentFact(facts, "domain")]),
  ];
  return writtenHosts(route).flatMap((written): Derived<Listener>[] => {
    const host = fullHost(written, facts.environment.domain);
    const word = wordOf(host);
    if (kind === "tls")
      return [
        {
          value: { name: concernName("tls", word), protocol: "TLS", port: 443, hostname: host },
          rule: "gateway-listeners",
          causes: causes(written),
        },
      ];
    if (environments.some(({ environment }) => isUnder(host, environment.domain))) return [];
    const value = https(concernName("https", word), host, concernName(gateway, `${word}-tls`));
    return [{ value, rule: "gateway-listeners", causes: causes(written) }];
  });
}

/** A label of its own for each host: none begins or ends with a hyphen, so one hyphen is a dot and two are a hyphen. */
const wordOf = (host: string): string =>
  host.replaceAll("-", "--").replace("*.", "any---").replaceAll(".", "-");

function ofPort({ service, name, route }: RouteOnCluster): Derived<Listener>[] {
  const listener = listenerOf(route);
  if (listener === undefined) return [];
  return [
    {
      value: listener,
      rule: "gateway-listeners",
      causes: ["listener", "kind"].map((field) => serviceFact(service, "routes", name, field)),
    },
  ];
}

/** Several routes may ask for one listener: it has the causes of all. */
function distinct(listeners: readonly Derived<Listener>[]): Derived<Listener>[] {
  return [...Map.groupBy(listeners, ({ value }) => value.name)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...others]]) =>
      first === undefined
        ? []
        : [{ ...first, causes: [first, ...others].flatMap(({ causes }) => causes) }],
    );
}
