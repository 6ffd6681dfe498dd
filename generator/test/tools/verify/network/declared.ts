/** Who may call whom, read from authored facts alone: policies are held against it, and share no code with it. */
import type { Component } from "../../../../src/model/component.ts";
import type { ChartSpec, ServiceSpec } from "../../../../src/model/service.ts";
import type { EnvironmentServices } from "../../../../src/model/tree.ts";
import * as end from "./ends.ts";
import { addresses, named, outside, pods, type Edge } from "./ends.ts";
import { atGateways } from "./gateways.ts";
import { asked, drills, read } from "./watched.ts";

type OfCharts = Pick<ChartSpec["components"][string], "hostNetwork" | "gatewayPorts">;
type Own = Partial<Component & OfCharts>;
type OfServices = Pick<ServiceSpec, "routes" | "exposes" | "offers" | "stopped">;
type Whole = Own & OfServices & { readonly components?: Readonly<Record<string, Own>> };

/** In: the merged environments of one cluster. Out: every connection that they declare. */
export function declared(environments: readonly EnvironmentServices[]): Edge[] {
  const parts = environments.flatMap(partsOf);
  const of = (part: Part) => [between(part, parts), waysOut(part), waysIn(part)];
  const edges = parts.flatMap(of).flatMap((ways) => [...ways]);
  return [...edges, ...atGateways(parts, environments), ...drills(environments)];
}

export function partsOf({ facts, services }: EnvironmentServices) {
  const { name: environment, cluster } = facts;
  const { alerts } = facts.environment;
  const { receivers = {} } = alerts === undefined || "because" in alerts ? {} : alerts;
  return [...services].flatMap(([service, { kind, spec }]) => {
    const whole = spec as Whole;
    return Object.entries(whole.components ?? { main: whole }).map(([name, own]) => {
      const folder = `${environment}/${service}`;
      const path = `${folder}/${name}`;
      const isHost = (own.hostNetwork ?? own.network?.host) !== undefined;
      const side = isHost ? addresses(cluster.networks.nodes) : pods(path);
      const offers = Object.values(whole.offers ?? {});
      const logins = offers.flatMap((offer) => ("port" in offer ? offer.port : []));
      const isDatabase = own.runs?.as === "postgresCluster";
      const place = { environment, service, folder, path, cluster, receivers };
      return { ...place, name, kind, whole, own, side, logins, isDatabase };
    });
  });
}
type Part = ReturnType<typeof partsOf>[number];
function* between(part: Part, parts: readonly Part[]): Iterable<Edge> {
  const { environment, folder, path, side } = part;
  for (const [name, edge] of Object.entries({ ...part.whole.consumes, ...part.own.consumes })) {
    const target = name.startsWith("./") ? `${folder}/${name.slice(2)}` : `${environment}/${name}`;
    for (const to of parts.filter((other) => target === other.path || target === other.folder)) {
      const isLogin = typeof edge === "object" && "login" in edge;
      yield [side, to.side, named(to, isLogin ? to.logins : [edge].flat())];
    }
  }
  const isTending = (other: Part) => other.path === path || other.service === "cloudnative-pg";
  for (const from of part.isDatabase ? parts.filter(isTending) : [])
    yield [from.side, side, outside("5432", "8000")];
}

function* waysOut(part: Part): Iterable<Edge> {
  const { cluster, whole, own, folder, side, isDatabase } = part;
  const { networks, apiServer, dns, hosts } = cluster;
  const asking = end.resolving(folder, whole.components ?? { main: whole }, cluster);
  yield [asking, end.serving("dns"), outside("dns")];
  yield [asking, addresses(...(dns.nodeLocal ?? [])), outside("dns")];
  const reaches: NonNullable<Own["reaches"]> = { ...whole.reaches, ...own.reaches };
  yield [side, end.internetBeside(networks), outside(...(reaches.internet ?? []))];
  for (const [host, ports] of Object.entries(reaches.lan ?? {}))
    yield [side, addresses(hosts?.[host] ?? ""), outside(...ports)];
  for (const receiver of reaches.receivers === true ? Object.values(part.receivers) : [])
    yield [side, ...end.receiving(receiver, cluster)];
  yield [side, addresses(networks.nodes), outside(...(reaches.nodes ?? []))];
  const asks = own.account !== undefined || isDatabase ? ["https"] : [];
  const https = (port: string) => (port === "https" ? `${apiServer.port ?? 6443}` : port);
  const apiPorts = [...asks, ...(reaches.apiserver ?? [])].map(https);
  yield [side, addresses(...apiServer.addresses), outside(...apiPorts)];
  const nameservers = own.network?.nameservers?.filter((one) => !one.startsWith("127.")) ?? [];
  yield [side, addresses(...nameservers), outside("dns")];
}

function* waysIn(part: Part): Iterable<Edge> {
  const { cluster, whole, own, side } = part;
  const { lan, nodes, pods: podNetwork } = cluster.networks;
  const all = Object.keys(own.ports ?? {});
  for (const caller of ["apiserver", "nodes"] as const) {
    const { calledBy = [] } = own;
    const isListed = Array.isArray(calledBy) && calledBy.includes(caller);
    const ports = isListed ? all : Array.isArray(calledBy) ? [] : calledBy[caller];
    const api = caller === "nodes" ? [] : cluster.apiServer.addresses;
    yield [addresses(nodes, podNetwork, ...api), side, named(part, ports)];
  }
  if (cluster.scraper) yield [end.serving("scraper"), side, read(part)];
  if (cluster.scraper && cluster.prober) yield [end.serving("prober"), side, asked(part)];
  const everybody = end.everybody(podNetwork);
  for (const { clients, ports, keepClientAddress } of Object.values(whole.exposes ?? {})) {
    const listed = addresses(...(clients === "lan" ? lan : clients === "internet" ? [] : clients));
    yield [clients === "internet" ? everybody : listed, side, named(part, Object.values(ports))];
    const standIn = addresses(...(keepClientAddress === true ? [] : [nodes]));
    yield [standIn, side, named(part, Object.values(ports))];
  }
}
