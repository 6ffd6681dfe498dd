/** How the public names of a cluster stand in their zone, a line each. Asks, and changes nothing. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { askedOf, type Asked } from "./ask.ts";
import { commentOf } from "./cloudflare.ts";
import type { WantedRecord } from "./wanted.ts";
import { recordsOf, tunnelsOf, type DnsRecord, type Tunnel } from "./zone.ts";

/** In: who is asked, and who hears of it. Problems: CLOUDFLARE_UNREACHABLE, CLOUDFLARE_REFUSED. */
export const tellNames = (
  { cluster, wanted, access }: Omit<Asked, "known">,
  say: (text: string) => void,
): Promise<readonly Problem[]> =>
  askedOf({ cluster, access }, async (api) => {
    const { tunnel, records } = wanted;
    const there = await recordsOf(wanted, api);
    const [made] = await tunnelsOf(wanted, api);
    if (tunnel !== undefined) say(`${tunnel.name}  ${tunnelText(made)}\n`);
    for (const { name, type, content } of records) {
      const right = { type, content: content ?? `${made?.id}.cfargotunnel.com` };
      const mine = there.filter((one) => one.name === name);
      say(`${name}  ${recordText(mine, right, commentOf(cluster))}\n`);
    }
    return [];
  });

/** As Cloudflare calls it; cloudflared is the other end. */
function tunnelText(tunnel: Tunnel | undefined): string {
  if (tunnel === undefined) return "is not there";
  return tunnel.status === "inactive" || tunnel.status === "down"
    ? `is there, and no cloudflared at its end (${tunnel.status})`
    : `is there: ${tunnel.status}`;
}

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
