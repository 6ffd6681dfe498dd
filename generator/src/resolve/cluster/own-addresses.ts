/**
 * Addresses of the cluster itself, called like hosts outside it. What a pod sends to a load balancer goes to the pods
 * behind it before network policies act, and these know pods by their labels alone.
 */
import { audiences } from "../../model/audiences.ts";
import type { Cluster } from "../../model/cluster.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import type { Keys } from "../../model/reading.ts";
import { isInPool, namedAddresses } from "../../release/network/address-pool.ts";
import { portOfProxies } from "../../release/network/gateways.ts";
import { nameserversOf } from "../../release/network/nameservers.ts";
import { asNetwork } from "../../model/networks.ts";
import { isInside } from "../../release/network/networks.ts";
import { outsidePorts } from "../../release/network/outside-ports.ts";
import { literalsOf } from "../connections/address-literals.ts";
import { addition } from "../connections/consumes-text.ts";
import { siteOf } from "../site.ts";
import type { Addresses } from "./addresses.ts";
import { exposureKey } from "./locked-addresses.ts";

/**
 * In: all releases of one cluster, and the addresses of their load balancers. Looks at hosts of `reaches.lan`, nameservers,
 * and addresses in texts. Problems: ADDRESS_UNDECLARED, warnings.
 */
export function checkOwnAddresses(releases: readonly Release[], addresses: Addresses): Problem[] {
  const balancers = balancersOf(releases, addresses);
  return releases.flatMap((release) =>
    usesOf(release).flatMap((use) => {
      const { address } = use;
      const own = balancers.get(address) ?? nameless(release.facts.cluster, use);
      return own === undefined || isOpen(release, use, own) ? [] : [refused(release, use, own)];
    }),
  );
}

const balancersOf = (releases: readonly Release[], addresses: Addresses) =>
  new Map([...gatewaysOf(releases), ...exposed(releases, addresses)]);

/** In: all releases of one cluster, and the addresses of their load balancers. Out: whose a host's address is, where it is the cluster's own. */
export function ownHosts(releases: readonly Release[], addresses: Addresses) {
  const balancers = balancersOf(releases, addresses);
  return (cluster: Cluster, address: string): Own | undefined =>
    balancers.get(address) ?? nameless(cluster, { as: "host", address });
}

/** What has an address of the cluster. */
export interface Own {
  readonly words: string;
  /** The service whose pods answer, and its port for the one that is called, as `consumes` names it. */
  readonly by?: {
    readonly release: Release;
    readonly port: (called: number | undefined) => string | undefined;
  };
}

function gatewaysOf(releases: readonly Release[]): [string, Own][] {
  const [{ facts } = {}] = releases;
  return audiences.flatMap((audience): [string, Own][] => {
    const { address, podNamespace } = facts?.cluster.gateways[audience] ?? {};
    if (address === undefined) return [];
    const words = `the ${audience} gateway, which leads to its pods`;
    const release = releases.find(({ service }) => service.namespace === podNamespace);
    const port = (called = 443) => release && portOfProxies(release.service, called);
    return [[address, { words, ...(release && { by: { release, port } }) }]];
  });
}

const exposed = (releases: readonly Release[], addresses: Addresses): [string, Own][] =>
  releases.flatMap((release) =>
    Object.entries(release.service.spec.exposes ?? {}).flatMap(([name, { ports }]) => {
      const address = addresses.get(exposureKey(release, name));
      if (address === undefined) return [];
      const words = `the load balancer of ${release.service.name}, which leads to its pods`;
      const port = (called: number | undefined) => ports[`${called}`] ?? Object.values(ports)[0];
      return [[address, { words, by: { release, port } }] satisfies [string, Own]];
    }),
  );

/** Somewhere a service calls an address. */
interface Use {
  readonly as: "host" | "nameserver" | "text";
  readonly callers: readonly ResolvedComponent[];
  readonly keys: Keys;
  readonly address: string;
  readonly port: number | undefined;
}

function usesOf(release: Release): Use[] {
  const { hosts = {} } = release.facts.cluster;
  return [
    ...release.service.components
      .filter(({ hostNetwork }) => !hostNetwork)
      .flatMap((component) => [...hostsOf(component, hosts), ...askedBy(component)]),
    ...literalsOf(release.service).flatMap(({ callers, literals }) =>
      literals.map(({ keys, address, port }): Use => {
        return { as: "text", callers, keys, address, port: port ? Number(port) : undefined };
      }),
    ),
  ];
}

const hostsOf = (component: ResolvedComponent, hosts: Readonly<Record<string, string>>): Use[] =>
  Object.entries(component.source.spec.reaches?.lan ?? {}).flatMap(([host, ports]) => {
    const address = hosts[host];
    if (address === undefined) return [];
    const [port] = ports.flatMap(outsidePorts).map((one) => one.port);
    const keys = [...component.path, "reaches", "lan", host];
    return { as: "host", callers: [component], keys, address, port };
  });

const askedBy = (component: ResolvedComponent): Use[] =>
  nameserversOf(component).map((address, index) => {
    const keys = [...component.path, "network", "nameservers", index];
    return { as: "nameserver", callers: [component], keys, address, port: 53 };
  });

/** What no service of ours is known to have. A text may be for others to read; the cluster's DNS is a Service. */
function nameless(cluster: Cluster, { as, address }: Pick<Use, "as" | "address">): Own | undefined {
  const { pods, services } = cluster.networks;
  const isIn = (network: string) => isInside({ cidr: asNetwork(address) }, { cidr: network });
  if (isIn(pods)) return { words: "the address of a pod" };
  if (as === "host" && isIn(services))
    return { words: "the address of a Service, which leads to its pods" };
  const isBalancer =
    namedAddresses(cluster).includes(address) || isInPool(cluster.addressPool ?? [], address);
  return as !== "text" && isBalancer
    ? { words: "a load balancer of the cluster, which leads to pods" }
    : undefined;
}

/** Its own address a service may tell to others. */
const isOpen = ({ service, outgoing }: Release, { callers }: Use, { by }: Own) =>
  by !== undefined &&
  (by.release.service === service ||
    outgoing.some(
      ({ consumer, provider }) =>
        callers.includes(consumer.component) && provider.service === by.release.service,
    ));

function refused(release: Release, use: Use, own: Own): Problem {
  const { as, keys, address, port } = use;
  const { service } = release;
  const host = String(keys.at(-1));
  const subject = {
    host: `${host} is ${address}`,
    nameserver: `a nameserver of ${service.name} is ${address}`,
    text: `${service.name} is told to call ${address}`,
  }[as];
  const instead = as === "host" ? `, and remove ${host} from reaches.lan` : "";
  return siteOf(release).report("ADDRESS_UNDECLARED", keys, {
    severity: "warning",
    message: `${subject}, ${own.words}: network policies know pods by their labels alone, and refuse the call`,
    found: as === "text" && port !== undefined ? `${address}:${port}` : address,
    expected:
      own.by === undefined
        ? "a service that it consumes, or a host outside the cluster"
        : `a connection to ${own.by.release.service.name}`,
    fix: `${fixOf(release, use, own)}${instead}`,
    ...(as === "host" ? { target: "key" as const } : {}),
  });
}

function fixOf({ service, facts }: Release, { keys, port }: Use, { by }: Own): string {
  if (by === undefined) return "consume the service whose pods are meant";
  const { name } = by.release.service;
  const { name: environment } = by.release.facts;
  if (environment !== facts.name)
    return `call what runs in ${facts.name}: ${name} runs in ${environment}, and nothing else can consume it`;
  const edge = by.port(port);
  return addition({ service, keys }, name, edge && JSON.stringify(edge));
}
