/** How Cloudflare is asked about the names of a cluster, and how it is told what it says. */
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import {
  cloudflareApi,
  cloudflareUrl,
  CloudflareRefused,
  CloudflareUnreachable,
  type CloudflareAccess,
  type CloudflareApi,
} from "./client.ts";
import { remedyFor } from "./remedies.ts";
import type { WantedNames } from "./wanted.ts";

/** What our state knows of a zone and an account. */
export interface KnownNames {
  /** Ids of records and tunnels in Cloudflare that are made. */
  readonly kept: ReadonlySet<string>;
  /** Names and tunnels that an engine had begun to make when it was killed. */
  readonly begun: ReadonlySet<string>;
}

export interface Asked {
  readonly cluster: string;
  readonly wanted: WantedNames;
  readonly access: CloudflareAccess;
  readonly known: KnownNames;
}

/** Asks; what stands against asking at all is a problem too. */
export async function askedOf(
  { cluster, access }: Pick<Asked, "cluster" | "access">,
  ask: (api: CloudflareApi) => Promise<readonly Problem[]>,
): Promise<readonly Problem[]> {
  try {
    return await ask(cloudflareApi(access));
  } catch (error) {
    if (error instanceof CloudflareRefused)
      return [
        refusal(cluster, `Cloudflare says ${words(error)}`, "that it is done", {
          fix: remedyFor(cluster, words(error)) ?? newToken(cluster),
        }),
      ];
    if (!(error instanceof CloudflareUnreachable)) throw error;
    return [unreachable(cluster, access.baseUrl, error)];
  }
}

export const at = (cluster: string, ...keys: readonly string[]) =>
  [clusterFile(cluster), ["publicNames", ...keys]] as const;

export const words = ({ status, code, message }: CloudflareRefused): string =>
  `${status} ${code === 0 ? "" : `${code} `}${message}`.trim();

/** What is refused, and what to do; another token unless said. */
export const refusal = (
  cluster: string,
  message: string,
  expected: string,
  { keys = [], fix = newToken(cluster) }: { keys?: readonly string[]; fix?: string } = {},
): Problem => problemAt("CLOUDFLARE_REFUSED", ...at(cluster, ...keys), { message, expected, fix });

export const newToken = (cluster: string): string =>
  `make one as \`npm run infra -- token ${cluster}\` says, and export CLOUDFLARE_API_TOKEN`;

/** An answer that is none (client.ts) begins with its status. */
function unreachable(cluster: string, baseUrl: string | undefined, { message }: Error): Problem {
  const url = baseUrl ?? cloudflareUrl;
  const [, status = ""] = /^(\d{3})\b/.exec(message) ?? [];
  return problemAt("CLOUDFLARE_UNREACHABLE", ...at(cluster), {
    message: `${new URL(url).host} ${status === "" ? "cannot be asked" : "gives no answer"}: ${message}`,
    found: url,
    expected: "the API of Cloudflare",
    fix: unreachableFix(status, baseUrl !== undefined),
  });
}

function unreachableFix(status: string, isElsewhere: boolean): string {
  if (status === "429") return "wait five minutes, and run the command again";
  if (isElsewhere) return "unset CLOUDFLARE_BASE_URL, which is for tests, or mend it";
  return status === ""
    ? "mend the network to it, and run the command again"
    : "wait, and run the command again: https://www.cloudflarestatus.com";
}

/** The answer, or a problem where the token is not allowed to ask or there is no such thing. */
export const allowed = <T>(answer: Promise<T>, problem: () => Problem): Promise<T | Problem> =>
  answer.catch((error: unknown) => {
    if (!(error instanceof CloudflareRefused)) throw error;
    return problem();
  });
