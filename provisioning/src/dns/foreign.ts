/** What is in a zone and an account under names of ours, and our state does not know. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { allowed, askedOf, at, newToken, refusal, type Asked } from "./ask.ts";
import { cloudflareUrl, curlWith, type CloudflareApi } from "./client.ts";
import { commentOf } from "./cloudflare.ts";
import { recordsOf, tunnelsOf, type DnsRecord, type Tunnel } from "./zone.ts";

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

/** Whether a run of ours that was cut off had asked for it: then it is ours, and is made again. */
interface Foreign {
  readonly leftOver: boolean;
}

async function foreignRecords(
  { cluster, wanted, known }: Asked,
  api: CloudflareApi,
): Promise<readonly (DnsRecord & Foreign)[] | Problem> {
  const list = await allowed(recordsOf(wanted, api), () =>
    refusal(cluster, `the token may not see records of ${wanted.zone.name}`, "one with DNS Edit"),
  );
  if (isProblem(list)) return list;
  const names = new Set(wanted.records.map(({ name }) => name));
  return list
    .filter(({ id, name }) => names.has(name) && !known.kept.has(id))
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

async function foreignTunnels(
  { cluster, wanted, known }: Asked,
  api: CloudflareApi,
): Promise<readonly (Tunnel & Foreign)[] | Problem> {
  const list = await allowed(tunnelsOf(wanted, api), () =>
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
  return list
    .filter(({ id }) => !known.kept.has(id))
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
