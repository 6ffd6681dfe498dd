/** How the public names of a cluster stand in their zone, a line each. Asks, and changes nothing. */
import { z } from "zod";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { askedOf, type Asked } from "./ask.ts";
import type { CloudflareApi } from "./client.ts";
import { commentOf } from "./cloudflare.ts";
import type { WantedNames, WantedRecord } from "./wanted.ts";

const DnsRecord = z.object({
  name: z.string(),
  type: z.string(),
  content: z.string().default(""),
  comment: z.string().nullish(),
});
type DnsRecord = z.infer<typeof DnsRecord>;
const Tunnel = z.object({ id: z.string(), name: z.string(), status: z.string().default("") });
type Tunnel = z.infer<typeof Tunnel>;

/** In: who is asked, and who hears of it. Problems: CLOUDFLARE_UNREACHABLE, CLOUDFLARE_REFUSED. */
export const tellNames = (
  { cluster, wanted, access }: Omit<Asked, "known">,
  say: (text: string) => void,
): Promise<readonly Problem[]> =>
  askedOf({ cluster, access }, async (api) => {
    const { zone, tunnel, records } = wanted;
    const list = await api.list(`/zones/${zone.id}/dns_records`);
    const there = z.array(DnsRecord).parse(list);
    const made = await tunnelOf(wanted, api);
    if (tunnel !== undefined) say(`${tunnel.name}  ${tunnelText(made)}\n`);
    for (const { name, type, content } of records) {
      const right = { type, content: content ?? `${made?.id}.cfargotunnel.com` };
      const mine = there.filter((one) => one.name === name && inUse.includes(one.type));
      say(`${name}  ${recordText(mine, right, commentOf(cluster))}\n`);
    }
    return [];
  });

async function tunnelOf(
  { account, tunnel }: WantedNames,
  api: CloudflareApi,
): Promise<Tunnel | undefined> {
  if (tunnel === undefined) return undefined;
  const query = { name: tunnel.name, is_deleted: "false" };
  const list = await api.list(`/accounts/${account}/cfd_tunnel`, query);
  const tunnels = z.array(Tunnel).parse(list);
  return tunnels.find(({ name }) => name === tunnel.name);
}

/** As Cloudflare calls it; cloudflared is the other end. */
function tunnelText(tunnel: Tunnel | undefined): string {
  if (tunnel === undefined) return "is not there";
  return tunnel.status === "inactive" || tunnel.status === "down"
    ? `is there, and no cloudflared at its end (${tunnel.status})`
    : `is there: ${tunnel.status}`;
}

/** Kinds that answer for a name. */
const inUse: readonly string[] = ["A", "AAAA", "CNAME"];

function recordText(
  there: readonly DnsRecord[],
  right: Pick<WantedRecord, "type" | "content">,
  ours: string,
): string {
  const told = there.map(({ type, content }) => `${type} ${content}`).join(", ");
  if (there.length === 0) return "is not there";
  if (there.some(({ comment }) => comment !== ours)) return `is somebody else's: ${told}`;
  return told === `${right.type} ${right.content}`
    ? `is there: ${told}`
    : `leads elsewhere: ${told}`;
}
