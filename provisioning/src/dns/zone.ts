/** What Cloudflare has under names: records of a zone, tunnels of an account, whoever made them. */
import { z } from "zod";
import type { CloudflareApi } from "./client.ts";
import type { WantedNames } from "./wanted.ts";

const DnsRecord = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  content: z.string().default(""),
  comment: z.string().nullish(),
});
export type DnsRecord = z.infer<typeof DnsRecord>;

/** Kinds that answer for a name: Cloudflare refuses a second one beside, or answers with both. */
const answering: readonly string[] = ["A", "AAAA", "CNAME"];

/** Out: records that answer for a name. Throws what the API throws. */
export async function recordsOf({ zone }: WantedNames, api: CloudflareApi): Promise<DnsRecord[]> {
  const list = z.array(DnsRecord).parse(await api.list(`/zones/${zone.id}/dns_records`));
  return list.filter(({ type }) => answering.includes(type));
}

const Tunnel = z.object({ id: z.string(), name: z.string(), status: z.string().default("") });
export type Tunnel = z.infer<typeof Tunnel>;

/** Out: tunnels with the name of the one that is wanted, none where none is. Throws what the API throws. */
export async function tunnelsOf(
  { account, tunnel }: WantedNames,
  api: CloudflareApi,
): Promise<Tunnel[]> {
  if (tunnel === undefined) return [];
  const query = { name: tunnel.name, is_deleted: "false" };
  const list = await api.list(`/accounts/${account}/cfd_tunnel`, query);
  return z
    .array(Tunnel)
    .parse(list)
    .filter(({ name }) => name === tunnel.name);
}
