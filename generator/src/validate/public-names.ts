/** Rules over the names under which the internet finds clusters, as far as the files of clusters show them. */
import type { Cluster } from "../model/cluster.ts";
import { addressRange, isWithin, privateNetworks } from "../model/networks.ts";
import { clusterFile } from "../model/paths.ts";
import type { PublicNames } from "../model/public-names.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";

/** In: clusters by name. Problems: NAMES_FACTS, NAMES_ADDRESS_PRIVATE. */
export function checkPublicNames(clusters: ReadonlyMap<string, Cluster>): Problem[] {
  const all = [...clusters].flatMap(([name, cluster]) =>
    cluster.publicNames === undefined ? [] : [{ name, cluster, names: cluster.publicNames }],
  );
  return [
    ...all.flatMap(checkOne),
    ...all.flatMap((one, index) => unlike(one, all.slice(0, index))),
  ];
}

interface Named {
  readonly name: string;
  readonly cluster: Cluster;
  readonly names: PublicNames;
}

function checkOne({ name, cluster, names }: Named): Problem[] {
  return [
    ...checkGateway(name, cluster, names),
    ...(names.address === undefined ? [] : checkAddress(name, names.address, names.direct)),
    ...(names.direct === true && names.address === undefined ? [directToTunnel(name)] : []),
  ];
}

/** A tunnel ends at the address of the gateway, as a load balancer gives it. */
function checkGateway(name: string, { gateways }: Cluster, names: PublicNames): Problem[] {
  if (gateways.public === undefined)
    return [
      problemAt("NAMES_FACTS", clusterFile(name), ["publicNames"], {
        message: `cluster ${name} has public names, and no public gateway they could lead to`,
        expected: "gateways.public",
        fix: "add public to gateways, or remove publicNames",
        target: "key",
      }),
    ];
  if (names.address !== undefined || gateways.public.address !== undefined) return [];
  return [
    problemAt("NAMES_FACTS", clusterFile(name), ["gateways", "public"], {
      message: "a tunnel leads to the public gateway, whose address is not said",
      expected: "gateways.public.address: one of addressPool",
      fix: "add address to gateways.public",
      target: "key",
    }),
  ];
}

/** Networks nobody reaches from outside: private ones, and a machine itself (RFC 1122; RFC 4291 of IPv6). */
const unreachable = [
  ...privateNetworks.ipv4,
  ...privateNetworks.ipv6,
  "0.0.0.0/8",
  "127.0.0.0/8",
  "::/127",
].flatMap((network) => addressRange(network) ?? []);

function checkAddress(name: string, address: string, direct: true | undefined): Problem[] {
  if (!unreachable.some((network) => isWithin(address, network))) return [];
  return [
    problemAt("NAMES_ADDRESS_PRIVATE", clusterFile(name), ["publicNames", "address"], {
      message:
        direct === true
          ? `${address} is a private address: names that lead to it lead nobody anywhere outside`
          : `${address} is a private address, which Cloudflare does not pass requests on to`,
      found: JSON.stringify(address),
      expected: "the public address of the router, or none for a tunnel",
      fix: "write the address curl https://icanhazip.com prints at home, or remove address",
    }),
  ];
}

const directToTunnel = (name: string): Problem =>
  problemAt("NAMES_FACTS", clusterFile(name), ["publicNames", "direct"], {
    message: "a tunnel begins at Cloudflare, so names cannot lead past it",
    found: "direct: true without an address",
    expected: "direct only beside address",
    fix: "add address, or remove direct",
    target: "key",
  });

/** One zone has one id and lies in one account, whatever clusters are in it. */
function unlike({ name, names }: Named, earlier: readonly Named[]): Problem[] {
  const ids = earlier.find(
    ({ names: { zone } }) => (zone.name === names.zone.name) !== (zone.id === names.zone.id),
  );
  if (ids !== undefined) return [zoneUnlike(name, names, ids)];
  const accounts = earlier.find(
    ({ names: { zone, account } }) => zone.id === names.zone.id && account !== names.account,
  );
  return accounts === undefined ? [] : [accountUnlike(name, names, accounts)];
}

function zoneUnlike(name: string, { zone }: PublicNames, other: Named): Problem {
  const same = other.names.zone.id === zone.id ? "id" : "name";
  const differs = same === "id" ? "name" : "id";
  return problemAt("NAMES_FACTS", clusterFile(name), ["publicNames", "zone", differs], {
    message: `the zone has the ${same} of the one of cluster ${other.name}, and another ${differs}`,
    found: JSON.stringify(zone[differs]),
    expected: `${JSON.stringify(other.names.zone[differs])} for the same zone`,
    fix: `write ${JSON.stringify(other.names.zone[differs])}, or another ${same}`,
  });
}

const accountUnlike = (name: string, { account }: PublicNames, other: Named): Problem =>
  problemAt("NAMES_FACTS", clusterFile(name), ["publicNames", "account"], {
    message: `the zone is the one of cluster ${other.name}, and the account another`,
    found: JSON.stringify(account),
    expected: `${JSON.stringify(other.names.account)}: a zone lies in one account`,
    fix: `write ${JSON.stringify(other.names.account)}, or the other one in ${clusterFile(other.name)}`,
  });
