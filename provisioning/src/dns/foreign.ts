/** What is in a zone and an account under names of ours, and our state does not know. */
import { z } from "zod";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { allowed, askedOf, at, newToken, refusal, type Asked } from "./ask.ts";
import { cloudflareUrl, curlWith, type CloudflareApi } from "./client.ts";
import { commentOf } from "./cloudflare.ts";

/** Problems: CLOUDFLARE_UNREACHABLE, CLOUDFLARE_REFUSED. */
export const clearLeftOvers = (asked: Asked): Promise<readonly Problem[]> =>
  askedOf(asked, async (api) => {
    const { wanted } = asked;
    const records = await foreignRecords(asked, api);
    const tunnels = await foreignTunnels(asked, api);
    if (isProblem(records) || isProblem(tunnels)) return [records, tunnels].filter(isProblem);
    for (const { id, leftOver } of records)
      if (leftOver) await api.remove(`/zones/${wanted.zone.id}/dns_records/${id}`);
    for (const { id, leftOver } of tunnels)
      if (leftOver) await api.remove(`/accounts/${wanted.account}/cfd_tunnel/${id}`);
    return [];
  });

const DnsRecord = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  content: z.string().default(""),
  comment: z.string().nullish(),
});

/** What stands where a record of ours would: Cloudflare refuses a second one, or answers with both. */
const inTheWay: readonly string[] = ["A", "AAAA", "CNAME"];

/** Whether a run of ours that was cut off had asked for it: then it is ours, and is made again. */
interface Foreign {
  readonly leftOver: boolean;
}

async function foreignRecords(
  { cluster, wanted, known }: Asked,
  api: CloudflareApi,
): Promise<readonly (z.infer<typeof DnsRecord> & Foreign)[] | Problem> {
  const list = await allowed(api.list(`/zones/${wanted.zone.id}/dns_records`), () =>
    refusal(cluster, `the token may not see records of ${wanted.zone.name}`, "one with DNS Edit"),
  );
  if (isProblem(list)) return list;
  const names = new Set(wanted.records.map(({ name }) => name));
  return z
    .array(DnsRecord)
    .parse(list)
    .filter(
      ({ id, name, type }) => names.has(name) && inTheWay.includes(type) && !known.kept.has(id),
    )
    .map((record) => ({
      ...record,
      leftOver: known.begun.has(record.name) && record.comment === commentOf(cluster),
    }));
}

export async function checkRecords(asked: Asked, api: CloudflareApi): Promise<readonly Problem[]> {
  const records = await foreignRecords(asked, api);
  if (isProblem(records)) return [records];
  const { cluster, wanted } = asked;
  return records
    .filter(({ leftOver }) => !leftOver)
    .map(({ id, name, type, content, comment }) =>
      problemAt("CLOUDFLARE_TAKEN", ...at(cluster, "zone"), {
        message: `${name} is a record in the zone already, which our state does not know: ${type} ${content}`,
        expected: "a name nobody has, or a record of our own",
        fix:
          comment === commentOf(cluster)
            ? `it is of a state that is lost. Restore the state, or remove it: ${curlWith("CLOUDFLARE_API_TOKEN")} -X DELETE ${cloudflareUrl}/zones/${wanted.zone.id}/dns_records/${id}`
            : "remove the record in Cloudflare, if nobody needs it, or give the route another host",
      }),
    );
}

const Tunnel = z.object({ id: z.string(), name: z.string() });

async function foreignTunnels(
  { cluster, wanted: { account, tunnel }, known }: Asked,
  api: CloudflareApi,
): Promise<readonly (z.infer<typeof Tunnel> & Foreign)[] | Problem> {
  if (tunnel === undefined) return [];
  const query = { name: tunnel.name, is_deleted: "false" };
  const list = await allowed(api.list(`/accounts/${account}/cfd_tunnel`, query), () =>
    refusal(
      cluster,
      "the token may not see tunnels of the account",
      "one with Cloudflare Tunnel Edit, and an account that is the zone's",
      {
        keys: ["account"],
        fix: `mend publicNames.account, if the overview page of the zone says another; else ${newToken(cluster)}`,
      },
    ),
  );
  if (isProblem(list)) return list;
  return z
    .array(Tunnel)
    .parse(list)
    .filter(({ id, name }) => name === tunnel.name && !known.kept.has(id))
    .map((one) => ({ ...one, leftOver: known.begun.has(one.name) }));
}

export async function checkTunnel(asked: Asked, api: CloudflareApi): Promise<readonly Problem[]> {
  const tunnels = await foreignTunnels(asked, api);
  if (isProblem(tunnels)) return [tunnels];
  return tunnels
    .filter(({ leftOver }) => !leftOver)
    .map(({ id, name }) =>
      problemAt("CLOUDFLARE_TAKEN", ...at(asked.cluster), {
        message: `there is a tunnel ${name} already (${id}), which our state does not know`,
        expected: "a name nobody has, or a tunnel of our own",
        fix: "remove it in Cloudflare (Zero Trust, Networks, Tunnels), or restore the state",
      }),
    );
}
