/** Facts of a cluster and its public routes -> the records and the tunnel it wants, complete. */
import type { Cluster } from "../../../generator/src/model/cluster.ts";
import { gatewayHost, tunnelName } from "../../../generator/src/model/names.ts";
import type { Release } from "../../../generator/src/model/platform.ts";
import { publicHosts, writesNames } from "../../../generator/src/release/network/public-names.ts";

export interface WantedRecord {
  /** Whole and in lower case, as Cloudflare gives it back: what people call the record by. */
  readonly name: string;
  readonly type: "A" | "AAAA" | "CNAME";
  /** What it leads to; the tunnel's own name, which is known once it is made, without. */
  readonly content?: string;
  /** Cloudflare answers for it. */
  readonly proxied: boolean;
  /** Seconds; 1 where Cloudflare answers, as it takes no other then. */
  readonly ttl: number;
}

export interface WantedTunnel {
  readonly name: string;
  /** Where it ends: the public gateway, by the address it has. */
  readonly origin: string;
  /** What it passes on; all else is refused. */
  readonly hosts: readonly string[];
}

export interface WantedNames {
  readonly zone: { readonly name: string; readonly id: string };
  readonly account: string;
  readonly tunnel?: WantedTunnel;
  /** By name, sorted. */
  readonly records: readonly WantedRecord[];
}

/** Where a record that Cloudflare does not answer for may be asked for again. */
const seconds = 300;

/**
 * In: a cluster with its name, its releases. Out: what is to be kept; undefined where the cluster has no public names. One owner
 * per name: hosts of routes are external-dns's where the carrier runs it. All names lead to that of the gateway, so that another
 * way in is one record.
 */
export function wantedNames(
  name: string,
  { publicNames, gateways }: Cluster,
  releases: readonly Release[],
): WantedNames | undefined {
  if (publicNames === undefined) return undefined;
  const { zone, account, address, direct } = publicNames;
  const proxied = direct !== true;
  const kind = { proxied, ttl: proxied ? 1 : seconds };
  const gateway = gatewayHost(name, zone.name);
  const hosts = writesNames(releases) ? [] : publicHosts(releases).map(({ host }) => host);
  return {
    zone,
    account,
    ...(address === undefined && {
      tunnel: {
        name: tunnelName(name),
        origin: `https://${gateways.public?.address ?? ""}:443`,
        hosts: [`*.${zone.name}`, zone.name],
      },
    }),
    records: [
      { name: gateway, ...leadingIn(address), ...kind },
      ...[...new Set(hosts)].map((host) => ({
        name: host,
        type: "CNAME" as const,
        content: gateway,
        ...kind,
      })),
    ].sort((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

function leadingIn(address: string | undefined): Pick<WantedRecord, "type" | "content"> {
  if (address === undefined) return { type: "CNAME" };
  return { type: address.includes(":") ? "AAAA" : "A", content: address };
}
