/** Words of the proof: who is at the ends of a connection, by which port, and tests for both. */
import { BlockList, isIPv6 } from "node:net";
import type { Receiver } from "../../../../src/model/alert-routing.ts";
import type { Cluster } from "../../../../src/model/cluster.ts";

type Networks = Cluster["networks"];

/** A pod, or an address outside the cluster. */
export interface End {
  readonly address: string;
  /** Environment, service and component of a pod of ours: `prod/sonarr/main`. */
  readonly pod?: string;
  /** Of a pod that serves the whole cluster. */
  readonly is?: "dns" | "scraper" | "prober";
  /** Audience of the gateway whose proxy it is. */
  readonly gateway?: string;
}

export interface Port {
  readonly port: number;
  readonly protocol: string;
}

export type Test<T> = (one: T) => boolean;

/** One side of a connection; policies of those that are `ours` must let it pass. */
export interface Side {
  readonly ours?: Test<End>;
  readonly peer: Test<End>;
}

/** From whom, to whom, at which ports. */
export type Edge = readonly [Side, Side, Test<Port>];

/** Whom somebody may call, at which ports. */
export type Target = readonly [Side, Test<Port>];

/** Where a receiver of alerts is told. */
export function receiving(receiver: Receiver, { hosts, networks }: Cluster): Target {
  const { at, server = ":https" } = "server" in receiver ? receiver : {};
  // A service of the cluster is consumed.
  if (/\.svc[.:]/.test(server)) return [addresses(), outside("https")];
  const there = at === undefined ? internetBeside(networks) : addresses(hosts?.[at.lan] ?? "");
  return [there, outside(server.replace(/.*:/, ""))];
}

const whoever = (test: Test<End>): Side => ({ ours: test, peer: test });

export const pods = (path: string): Side => whoever(({ pod }) => `${pod}/`.startsWith(`${path}/`));
export const serving = (is: End["is"]): Side => whoever((end) => end.is === is);
export const proxies = (audience: string): Side => whoever((end) => end.gateway === audience);
export const proxiesAmong = (path: string, audience: string): Side =>
  whoever((end) => `${end.pod}/`.startsWith(`${path}/`) && end.gateway === audience);

export const addresses = (...networks: readonly string[]): Side => ({
  peer: ({ address }) => networks.some((network) => isIn(address, network)),
});

export const privateNetworks = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "fc00::/7",
  "fe80::/10",
] as const;

interface Resolver {
  readonly network?: { readonly nameservers?: readonly string[] | undefined } | undefined;
}

/** Pods of a namespace that ask the cluster's DNS: all but those of components that ask others. */
export function resolving(
  folder: string,
  components: Readonly<Record<string, Resolver>>,
  { dns, networks }: Cluster,
): Side {
  const ofCluster = [...(dns.nodeLocal ?? []), networks.services];
  const others = Object.entries(components)
    .filter(([, { network }]) =>
      network?.nameservers?.every((address) => !ofCluster.some((one) => isIn(address, one))),
    )
    .map(([name]) => `${folder}/${name}`);
  const isLeftOut = ({ pod = "" }: End) => others.some((path) => `${pod}/`.startsWith(`${path}/`));
  const isNobody = others.length === Object.keys(components).length;
  return whoever((end) => !isNobody && `${end.pod}/`.startsWith(`${folder}/`) && !isLeftOut(end));
}

/** Every address of the family of the pod network that is neither private nor of the cluster or the home. */
export function internetBeside({ pods: podNetwork, services, nodes, lan }: Networks): Side {
  const own = addresses(podNetwork, services, nodes, ...lan);
  const apart = addresses(...privateNetworks);
  const every = everybody(podNetwork);
  return { peer: (end) => every.peer(end) && !apart.peer(end) && !own.peer(end) };
}

export const everybody = (network: string): Side =>
  addresses(network.includes(":") ? "::/0" : "0.0.0.0/0");

const blocks = new Map<string, Test<string>>();

/** Whether an address is in a network, or is that address. */
export function isIn(address: string, network: string): boolean {
  const isInside = blocks.get(network) ?? testOf(network);
  blocks.set(network, isInside);
  return isInside(address);
}

function testOf(network: string): Test<string> {
  const family = (address: string) => (isIPv6(address) ? "ipv6" : "ipv4");
  const [base = "", bits = isIPv6(network) ? 128 : 32] = network.split("/");
  const block = new BlockList();
  block.addSubnet(base, Number(bits), family(base));
  return (address) => family(base) === family(address) && block.check(address, family(address));
}

const wellKnown: Readonly<Record<string, readonly string[]>> = {
  http: ["80"],
  https: ["443"],
  dns: ["53", "53/udp"],
  smtp: ["587"],
  smtps: ["465"],
  ntp: ["123/udp"],
  ssh: ["22"],
  mqtt: ["1883"],
  any: ["0-65535", "0-65535/udp"],
};

/** Ports as `reaches` writes them: `https`, `853/tcp`, `8000-8010/udp`. */
export function outside(...texts: readonly string[]): Test<Port> {
  const ranges = texts
    .flatMap((text) => wellKnown[text] ?? text)
    .map((text) => {
      const [numbers = "", protocol = "tcp"] = text.split("/");
      const [first = "", last = first] = numbers.split("-");
      return { first: Number(first), last: Number(last), protocol: protocol.toUpperCase() };
    });
  return ({ port, protocol }) =>
    ranges.some((one) => one.protocol === protocol && one.first <= port && port <= one.last);
}

type AuthoredPort =
  | number
  | { readonly grpc: number }
  | { readonly tcp?: number | undefined; readonly udp?: number | undefined };

interface Listening {
  readonly name: string;
  readonly own: { readonly ports?: Readonly<Record<string, AuthoredPort>> | undefined };
}

/** Ports of a component by their names: `http`, or `server/http` where it is that component. */
export function named(
  { name, own }: Listening,
  addressed: string | readonly string[] = [],
  ...protocols: readonly string[]
): Test<Port> {
  const numbers = [addressed].flat().flatMap((text) => {
    const [port = "", component = name] = text.split("/").reverse();
    return component === name ? numbersOf(own.ports?.[port]) : [];
  });
  return ({ port, protocol }) =>
    (protocols.length === 0 || protocols.includes(protocol)) &&
    numbers.some((one) => one.port === port && one.protocol === protocol);
}

function numbersOf(port: AuthoredPort = {}) {
  if (typeof port === "number") return [{ port, protocol: "TCP" }];
  if ("grpc" in port) return [{ port: port.grpc, protocol: "TCP" }];
  return [
    { port: port.tcp, protocol: "TCP" },
    { port: port.udp, protocol: "UDP" },
  ];
}
