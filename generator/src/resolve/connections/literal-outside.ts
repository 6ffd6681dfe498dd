/** The address of something in the house as a text, which nothing lets the service call: it moved, or another house was meant. */
import { isIPv4 } from "node:net";
import { propertyName } from "../../model/identifier.ts";
import { clusterFile } from "../../model/paths.ts";
import type { Cluster } from "../../model/cluster.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { isInPool, namedAddresses } from "../../release/network/address-pool.ts";
import { asNetwork } from "../../model/networks.ts";
import { internet, isInside } from "../../release/network/networks.ts";
import { siteOf } from "../site.ts";
import { literalsOf } from "./address-literals.ts";
import type { Literal } from "./address-literals.ts";

/** In: all releases of an environment. Problems: ADDRESS_UNDECLARED, warnings. */
export const checkLiteralOutside = (releases: readonly Release[]): Problem[] =>
  releases.flatMap((release) =>
    literalsOf(release.service).flatMap(({ callers, literals }) =>
      undeclared(release, callers, literals),
    ),
  );

function undeclared(
  release: Release,
  callers: readonly ResolvedComponent[],
  literals: readonly Literal[],
): Problem[] {
  const { cluster } = release.facts;
  const reached = [
    ...new Set(callers.flatMap(({ source }) => Object.keys(source.spec.reaches?.lan ?? {}))),
  ];
  return literals
    .filter(
      ({ address }) =>
        isOfHouse(cluster, address) && !reached.some((host) => isHost(cluster, host, address)),
    )
    .map((literal) => unreached(release, literal, { callers, reached }));
}

/** Neither of the internet nor of the cluster itself. */
function isOfHouse(cluster: Cluster, address: string): boolean {
  const { pods, services, nodes } = cluster.networks;
  const network = { cidr: asNetwork(address) };
  return (
    isIPv4(address) &&
    ![internet(cluster), ...[pods, services, nodes].map((cidr) => ({ cidr }))].some((known) =>
      isInside(network, known),
    ) &&
    !namedAddresses(cluster).includes(address) &&
    !isInPool(cluster.addressPool ?? [], address)
  );
}

function isHost({ hosts = {} }: Cluster, name: string, address: string): boolean {
  const network = hosts[name];
  return (
    network !== undefined && isInside({ cidr: asNetwork(address) }, { cidr: asNetwork(network) })
  );
}

/** Who may call, and which hosts of the house they reach already. */
interface Reach {
  readonly callers: readonly ResolvedComponent[];
  readonly reached: readonly string[];
}

function unreached(release: Release, literal: Literal, reach: Reach): Problem {
  const { hosts = {} } = release.facts.cluster;
  const { address, port, keys } = literal;
  const known = reach.reached.map((host) => `${host} (${hosts[host] ?? "unknown"})`).join(", ");
  return siteOf(release).report("ADDRESS_UNDECLARED", keys, {
    severity: "warning",
    message: `${release.service.name} is told to call ${address}, which it does not reach: network policies refuse the call`,
    found: port === undefined ? address : `${address}:${port}`,
    expected:
      known === ""
        ? "a host of the home network that it reaches"
        : `the address of what it reaches: ${known}`,
    fix: fixOf(release.facts.cluster, literal, reach),
  });
}

function fixOf(cluster: Cluster, literal: Literal, reach: Reach): string {
  const { hosts = {} } = cluster;
  const host = Object.keys(hosts).find((name) => isHost(cluster, name, literal.address));
  if (host !== undefined) return `add ${entryOf(host, literal, reach)}`;
  const [meant] = reach.reached;
  if (meant === undefined)
    return `add "${literal.address}" by a name to hosts in ${clusterFile("<cluster>")}, and ${entryOf("name", literal, reach)}`;
  const written = `write ${hosts[meant] ?? "its address"}`;
  return literal.keys.includes("env")
    ? `${written}, or put lan(${JSON.stringify(meant)}) into a variable of its own and $(THAT) in here`
    : `${written}, here or in an overlay`;
}

/** In words what is added, beside what is there. */
function entryOf(host: string, { port }: Literal, { callers, reached }: Reach): string {
  const entry = `${propertyName(host)}: ["${port === undefined ? "https" : `${port}/tcp`}"]`;
  if (reached.length > 0) return `${entry} to reaches.lan`;
  return callers.some(({ source }) => source.spec.reaches !== undefined)
    ? `lan: { ${entry} } to reaches`
    : `reaches: { lan: { ${entry} } }`;
}
