/** Asks Cloudflare what stands against keeping the names of a cluster: token, zone, and what is there and not ours. */
import { z } from "zod";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { allowed, askedOf, at, newToken, refusal, words, type Asked } from "./ask.ts";
import { CloudflareRefused, type CloudflareApi } from "./client.ts";
import { checkRecords, checkTunnel } from "./foreign.ts";

/** Problems: CLOUDFLARE_UNREACHABLE, CLOUDFLARE_REFUSED, CLOUDFLARE_ZONE, CLOUDFLARE_TAKEN. */
export const checkCloudflare = (asked: Asked): Promise<readonly Problem[]> =>
  askedOf(asked, async (api) => {
    const refused = await checkToken(asked, api);
    if (refused !== undefined) return [refused];
    const found = await Promise.all([
      checkZone(asked, api),
      checkRecords(asked, api),
      checkTunnel(asked, api),
    ]);
    return found.flat();
  });

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
      : refusal(cluster, `Cloudflare says the token is ${status}`, "an active token", {
          fix: `${status === "disabled" ? "enable it in Cloudflare (My Profile, API Tokens), or " : ""}${newToken(cluster)}`,
        });
  } catch (error) {
    if (!(error instanceof CloudflareRefused)) throw error;
    return refusal(cluster, `Cloudflare does not know the token: ${words(error)}`, "a known token");
  }
}

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
      {
        keys: ["zone", "id"],
        fix: `mend publicNames.zone.id, if the overview page of the zone says another; else ${newToken(cluster)}`,
      },
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
