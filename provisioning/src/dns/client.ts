/** Asks Cloudflare. What is made, the provider makes; all that is removed here is what it has left of a run that was cut off. */
import { z } from "zod";
import { answerOf, type NoAnswer } from "../http-answer.ts";

/** Where the API answers, and who asks. */
export interface CloudflareAccess {
  readonly token: string;
  /** Another address than Cloudflare's own: a test. */
  readonly baseUrl?: string;
}

/** One page of an answer holds that many. */
const perPage = 100;

const Envelope = z.object({
  success: z.boolean(),
  errors: z.array(z.object({ code: z.number(), message: z.string() })).nullish(),
  result: z.unknown(),
  result_info: z.object({ page: z.number(), total_pages: z.number() }).partial().nullish(),
});

/** Cloudflare said no, with its own number for why. */
export class CloudflareRefused extends Error {
  override readonly name = "CloudflareRefused";
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Nothing answered, or something that is not Cloudflare. */
export class CloudflareUnreachable extends Error {
  override readonly name = "CloudflareUnreachable";
}

export interface CloudflareApi {
  /** In: a path below `/client/v4`. Out: the result. Throws CloudflareRefused and CloudflareUnreachable. */
  get(path: string): Promise<unknown>;
  remove(path: string): Promise<void>;
  /** The same for a list: all its pages. */
  list(path: string, query?: Readonly<Record<string, string>>): Promise<readonly unknown[]>;
}

export const cloudflareUrl = "https://api.cloudflare.com/client/v4";

/**
 * The beginning of a line for a shell that asks, with the token in a variable. Not as an argument, which every user of the computer can
 * read while it runs: `printf` is the shell's own.
 */
export const curlWith = (variable: string): string =>
  `curl -sS -H @<(printf 'Authorization: Bearer %s' "$${variable}")`;

export function cloudflareApi({ token, baseUrl = cloudflareUrl }: CloudflareAccess): CloudflareApi {
  const ask = (path: string, method = "GET") =>
    askFor(`${baseUrl}${path}`, { method, headers: { authorization: `Bearer ${token}` } });
  return {
    get: async (path) => (await ask(path)).result,
    remove: async (path) => void (await ask(path, "DELETE")),
    async list(path, query = {}) {
      const found: unknown[] = [];
      for (let page = 1, pages = 1; page <= pages; page++) {
        const words = new URLSearchParams({
          ...query,
          page: String(page),
          per_page: String(perPage),
        });
        const { result, result_info: info } = await ask(`${path}?${words}`);
        found.push(...z.array(z.unknown()).parse(result ?? []));
        pages = info?.total_pages ?? 1;
      }
      return found;
    },
  };
}

async function askFor(url: string, request: RequestInit): Promise<z.infer<typeof Envelope>> {
  const answer = await answerOf(url, request).catch(({ message }: NoAnswer) => {
    throw new CloudflareUnreachable(message);
  });
  const envelope = Envelope.safeParse(await answer.json().catch(() => undefined));
  const [error] = envelope.data?.errors ?? [];
  // Its own pages for these are no JSON.
  if (answer.status === 429 || answer.status >= 500)
    throw new CloudflareUnreachable(`${answer.status} ${error?.message ?? ""}`.trim());
  if (!envelope.success)
    throw new CloudflareUnreachable(`what answers there (${answer.status}) is not Cloudflare`);
  if (!answer.ok || !envelope.data.success)
    throw new CloudflareRefused(answer.status, error?.code ?? 0, error?.message ?? "");
  return envelope.data;
}
