/** Asks Cloudflare what stands against keeping the names of a cluster: token, zone, and what is there and not ours. */
import { z } from "zod";
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import {
  cloudflareApi,
  cloudflareUrl,
  CloudflareRefused,
  CloudflareUnreachable,
  type CloudflareAccess,
  type CloudflareApi,
} from "./client.ts";
import { commentOf } from "./cloudflare.ts";
import type { WantedNames } from "./wanted.ts";

interface Asked {
  readonly cluster: string;
  readonly wanted: WantedNames;
  readonly access: CloudflareAccess;
  /** Ids of what our state knows there. */
  readonly kept: ReadonlySet<string>;
}

/** Problems: CLOUDFLARE_UNREACHABLE, CLOUDFLARE_REFUSED, CLOUDFLARE_ZONE, CLOUDFLARE_TAKEN. */
export async function checkCloudflare(asked: Asked): Promise<readonly Problem[]> {
  const { cluster, access } = asked;
  const api = cloudflareApi(access);
  try {
    const refused = await checkToken(asked, api);
    if (refused !== undefined) return [refused];
    const found = await Promise.all([
      checkZone(asked, api),
      checkRecords(asked, api),
      checkTunnel(asked, api),
    ]);
    return found.flat();
  } catch (error) {
    if (!(error instanceof CloudflareUnreachable)) throw error;
    return [unreachable(cluster, access.baseUrl ?? cloudflareUrl, error)];
  }
}

const at = (cluster: string, ...keys: readonly string[]) =>
  [clusterFile(cluster), ["publicNames", ...keys]] as const;

const Verified = z.object({ status: z.string() });

/** A token is a user's, or the account's: each is known at one place only. */
async function checkToken(
  { cluster, wanted }: Asked,
  api: CloudflareApi,
): Promise<Problem | undefined> {
  const verified = (path: string) => api.get(path).then((result) => Verified.parse(result));
  try {
    const { status } = await verified("/user/tokens/verify").catch((error: unknown) => {
      if (!(error instanceof CloudflareRefused)) throw error;
      return verified(`/accounts/${wanted.account}/tokens/verify`);
    });
    return status === "active"
      ? undefined
      : refusal(cluster, `Cloudflare says the token is ${status}`, "an active token");
  } catch (error) {
    if (!(error instanceof CloudflareRefused)) throw error;
    return refusal(cluster, `Cloudflare does not know the token: ${words(error)}`, "a known token");
  }
}

const words = ({ status, code, message }: CloudflareRefused): string =>
  `${status} ${code === 0 ? "" : `${code} `}${message}`.trim();

const refusal = (
  cluster: string,
  message: string,
  expected: string,
  keys: readonly string[] = [],
): Problem =>
  problemAt("CLOUDFLARE_REFUSED", ...at(cluster, ...keys), {
    message,
    expected,
    fix: `make one as \`npm run infra -- token ${cluster}\` says, and export CLOUDFLARE_API_TOKEN`,
  });

const unreachable = (cluster: string, url: string, { message }: Error): Problem =>
  problemAt("CLOUDFLARE_UNREACHABLE", ...at(cluster), {
    message: `${new URL(url).host} does not answer: ${message}`,
    found: url,
    expected: "the API of Cloudflare",
    fix: "mend the network to it, or wait: https://www.cloudflarestatus.com",
  });

const Zone = z.object({
  name: z.string(),
  status: z.string(),
  account: z.object({ id: z.string() }),
  name_servers: z.array(z.string()).nullish(),
  /** What the token may do there, where Cloudflare says it. */
  permissions: z.array(z.string()).nullish(),
});

async function checkZone(
  { cluster, wanted: { zone, account } }: Asked,
  api: CloudflareApi,
): Promise<readonly Problem[]> {
  const asked = await allowed(api.get(`/zones/${zone.id}`), () =>
    refusal(
      cluster,
      `the token may not see the zone ${zone.id}`,
      `a token with Zone Read and DNS Edit for the zone ${zone.name}, and an id that is the zone's`,
      ["zone", "id"],
    ),
  );
  if (isProblem(asked)) return [asked];
  const there = Zone.parse(asked);
  const wrong = (keys: readonly string[], message: string, found: string, right: string) =>
    problemAt("CLOUDFLARE_ZONE", ...at(cluster, ...keys), {
      message,
      found: JSON.stringify(found),
      expected: JSON.stringify(right),
      fix: `write ${JSON.stringify(right)}`,
    });
  return [
    ...(there.name === zone.name
      ? []
      : [wrong(["zone", "name"], `the zone ${zone.id} is ${there.name}`, zone.name, there.name)]),
    ...(there.account.id === account
      ? []
      : [wrong(["account"], "the zone is in another account", account, there.account.id)]),
    ...(there.status === "active" ? [] : [notActive(cluster, zone.name, there)]),
    ...(there.permissions?.includes("#dns_records:edit") === false
      ? [
          refusal(
            cluster,
            `the token may read ${zone.name}, and not change its records`,
            "a token with DNS Edit",
          ),
        ]
      : []),
  ];
}

const notActive = (cluster: string, name: string, there: z.infer<typeof Zone>): Problem =>
  problemAt("CLOUDFLARE_ZONE", ...at(cluster, "zone"), {
    message: `the zone ${name} is ${there.status}: nobody asks Cloudflare for its names`,
    expected: "an active zone",
    fix: `give your registrar its name servers: ${(there.name_servers ?? []).join(", ")}`,
  });

const DnsRecord = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  content: z.string(),
  comment: z.string().nullish(),
});

/** What stands where a record of ours would: Cloudflare refuses a second one, or answers with both. */
const inTheWay: readonly string[] = ["A", "AAAA", "CNAME"];

async function checkRecords(
  { cluster, wanted, kept }: Asked,
  api: CloudflareApi,
): Promise<readonly Problem[]> {
  const list = await allowed(api.list(`/zones/${wanted.zone.id}/dns_records`), () =>
    refusal(cluster, `the token may not see records of ${wanted.zone.name}`, "one with DNS Edit"),
  );
  if (isProblem(list)) return [list];
  const names = new Set(wanted.records.map(({ name }) => name));
  return z
    .array(DnsRecord)
    .parse(list)
    .filter(({ id, name, type }) => names.has(name) && inTheWay.includes(type) && !kept.has(id))
    .map(({ id, name, type, content, comment }) =>
      problemAt("CLOUDFLARE_TAKEN", ...at(cluster, "zone"), {
        message: `${name} is a record in the zone already, which our state does not know: ${type} ${content}`,
        expected: "a name nobody has, or a record of our own",
        fix:
          comment === commentOf(cluster)
            ? `it is left of a run that was cut off, or of a lost state. Restore the state, or remove it: curl -X DELETE -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" ${cloudflareUrl}/zones/${wanted.zone.id}/dns_records/${id}`
            : "remove the record in Cloudflare, if nobody needs it, or give the route another host",
      }),
    );
}

const Tunnel = z.object({ id: z.string(), name: z.string() });

async function checkTunnel(
  { cluster, wanted: { account, tunnel }, kept }: Asked,
  api: CloudflareApi,
): Promise<readonly Problem[]> {
  if (tunnel === undefined) return [];
  const query = { name: tunnel.name, is_deleted: "false" };
  const list = await allowed(api.list(`/accounts/${account}/cfd_tunnel`, query), () =>
    refusal(
      cluster,
      "the token may not see tunnels of the account",
      "one with Cloudflare Tunnel Edit",
      ["account"],
    ),
  );
  if (isProblem(list)) return [list];
  return z
    .array(Tunnel)
    .parse(list)
    .filter(({ id, name }) => name === tunnel.name && !kept.has(id))
    .map(({ id, name }) =>
      problemAt("CLOUDFLARE_TAKEN", ...at(cluster), {
        message: `there is a tunnel ${name} already (${id}), which our state does not know`,
        expected: "a name nobody has, or a tunnel of our own",
        fix: "remove it in Cloudflare (Zero Trust, Networks, Tunnels), or restore the state",
      }),
    );
}

/** The answer, or a problem where the token is not allowed to ask or there is no such thing. */
const allowed = <T>(answer: Promise<T>, problem: () => Problem): Promise<T | Problem> =>
  answer.catch((error: unknown) => {
    if (!(error instanceof CloudflareRefused)) throw error;
    return problem();
  });
