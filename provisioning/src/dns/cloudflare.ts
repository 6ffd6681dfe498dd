/** The public names of a cluster in a zone of Cloudflare, as Pulumi's engine keeps them. The only file that knows what the provider calls things. */
import {
  DnsRecord,
  Provider,
  ZeroTrustTunnelCloudflared,
  ZeroTrustTunnelCloudflaredConfig,
} from "@pulumi/cloudflare";
import * as pulumi from "@pulumi/pulumi";
import type { CloudflareAccess } from "./client.ts";
import type { WantedNames, WantedTunnel } from "./wanted.ts";

/** What the engine calls them. */
export const recordType = "cloudflare:index/dnsRecord:DnsRecord";
export const tunnelType = "cloudflare:index/zeroTrustTunnelCloudflared:ZeroTrustTunnelCloudflared";

/** Whether a resource of the engine is a public name, or what names lead to. */
export const isOfNames = (type: string): boolean => type.startsWith("cloudflare:");

export interface CloudflareArgs {
  readonly cluster: string;
  /** Undefined where there are to be none any more: what goes is removed by who asks now. */
  readonly wanted: WantedNames | undefined;
  readonly access: CloudflareAccess;
}

/** Who made a record: no other is ever touched. */
export const commentOf = (cluster: string): string => `Made by RZP for cluster ${cluster}`;

/** Keeps the tunnel, what it passes on, and the records that lead to it; or records that lead to an address. */
export class CloudflareNames extends pulumi.ComponentResource {
  constructor(args: CloudflareArgs) {
    super("rzp:dns:Cloudflare", args.cluster, {});
    const { cluster, wanted, access } = args;
    const { token, baseUrl } = access;
    const provider = new Provider(
      "cloudflare",
      { apiToken: pulumi.secret(token), ...(baseUrl !== undefined && { baseUrl }) },
      { parent: this },
    );
    if (wanted !== undefined) declareNames(cluster, wanted, { parent: this, provider });
    this.registerOutputs();
  }
}

type Within = Pick<pulumi.CustomResourceOptions, "parent" | "provider">;

function declareNames(cluster: string, wanted: WantedNames, within: Within): void {
  const tunnel =
    wanted.tunnel === undefined ? undefined : declareTunnel(wanted.tunnel, wanted, within);
  for (const { name, type, content, proxied, ttl } of wanted.records) {
    void new DnsRecord(
      name,
      {
        zoneId: wanted.zone.id,
        name,
        type,
        content: content ?? pulumi.interpolate`${tunnel?.id}.cfargotunnel.com`,
        proxied,
        ttl,
        comment: commentOf(cluster),
      },
      within,
    );
  }
}

/** Its secret is Cloudflare's: who runs the other end asks for a token, and no state holds one. */
function declareTunnel(
  { name, origin, hosts }: WantedTunnel,
  { account: accountId }: WantedNames,
  within: Within,
): ZeroTrustTunnelCloudflared {
  const tunnel = new ZeroTrustTunnelCloudflared(
    name,
    { accountId, name, configSrc: "cloudflare" },
    within,
  );
  // The gateway has a certificate for the name that was asked for, not for its address.
  const originRequest = { matchSnItoHost: true };
  void new ZeroTrustTunnelCloudflaredConfig(
    `${name}-rules`,
    {
      accountId,
      tunnelId: tunnel.id,
      config: {
        ingresses: [
          ...hosts.map((hostname) => ({ hostname, service: origin, originRequest })),
          // Cloudflare takes no rules without one for all else at the end.
          { service: "http_status:404" },
        ],
      },
    },
    within,
  );
  return tunnel;
}
