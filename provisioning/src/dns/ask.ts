/** How Cloudflare is asked about the names of a cluster, and how it is told what it says. */
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import type { KnownState } from "../engine/state.ts";
import {
  cloudflareApi,
  cloudflareUrl,
  CloudflareRefused,
  CloudflareUnreachable,
  type CloudflareAccess,
  type CloudflareApi,
} from "./client.ts";
import type { WantedNames } from "./wanted.ts";

/** What our state knows of a zone and an account. */
export type KnownNames = Pick<KnownState, "kept" | "begun">;

export interface Asked {
  readonly cluster: string;
  readonly wanted: WantedNames;
  readonly access: CloudflareAccess;
  readonly known: KnownNames;
}

/** Asks; what stands against asking at all is a problem too. */
export async function askedOf(
  { cluster, access }: Asked,
  ask: (api: CloudflareApi) => Promise<readonly Problem[]>,
): Promise<readonly Problem[]> {
  try {
    return await ask(cloudflareApi(access));
  } catch (error) {
    if (error instanceof CloudflareRefused)
      return [refusal(cluster, `Cloudflare says ${words(error)}`, "what the token may do")];
    if (!(error instanceof CloudflareUnreachable)) throw error;
    return [unreachable(cluster, access.baseUrl ?? cloudflareUrl, error)];
  }
}

export const at = (cluster: string, ...keys: readonly string[]) =>
  [clusterFile(cluster), ["publicNames", ...keys]] as const;

export const words = ({ status, code, message }: CloudflareRefused): string =>
  `${status} ${code === 0 ? "" : `${code} `}${message}`.trim();

export const refusal = (
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

/** The answer, or a problem where the token is not allowed to ask or there is no such thing. */
export const allowed = <T>(answer: Promise<T>, problem: () => Problem): Promise<T | Problem> =>
  answer.catch((error: unknown) => {
    if (!(error instanceof CloudflareRefused)) throw error;
    return problem();
  });
