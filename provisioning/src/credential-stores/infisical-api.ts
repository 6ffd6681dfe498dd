/** Asks Infisical. Sources: its API reference (universal auth; list secrets), and its error handler. */
import { setTimeout as sleep } from "node:timers/promises";

export interface InfisicalApi {
  /** In: a path with its query. Out: the answer. Throws Denied. */
  get(path: string): Promise<unknown>;
}

/** Infisical said no, or nothing did; then the status is 0. */
export class Denied extends Error {
  override readonly name = "Denied";
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface ApiOptions {
  readonly host: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** In seconds. */
  readonly wait?: (seconds: number) => Promise<void>;
}

const patienceMs = 10_000;
/** How often it is asked again that has been asked too often, and how long it is waited for at most. */
const tries = 4;
const longestWait = 60;

export function infisicalApi(options: ApiOptions): InfisicalApi {
  let token: Promise<string> | undefined;
  const signIn = (): Promise<string> => (token ??= logIn(options));
  const ask = async (path: string) =>
    call(options, path, { headers: { authorization: `Bearer ${await signIn()}` } });
  return {
    async get(path) {
      try {
        return await ask(path);
      } catch (error) {
        if (!(error instanceof TokenExpired)) throw error;
        token = undefined;
        return ask(path);
      }
    },
  };
}

async function logIn(options: ApiOptions): Promise<string> {
  const { clientId, clientSecret } = options;
  const answer = (await call(options, "/api/v1/auth/universal-auth/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ clientId, clientSecret }),
  })) as { accessToken?: string };
  return answer.accessToken ?? "";
}

/** Once more with a new one. */
class TokenExpired extends Denied {}

async function call(
  { host, wait = (seconds) => sleep(seconds * 1000) }: ApiOptions,
  path: string,
  request: RequestInit,
): Promise<unknown> {
  for (let tried = 1; ; tried += 1) {
    const answer = await send(`${host}${path}`, request);
    const body = await bodyOf(answer);
    if (answer.ok) return body;
    const message = typeof body.message === "string" ? body.message : answer.statusText;
    if (answer.status === 429 && tried < tries) {
      await wait(Math.min(longestWait, Number(answer.headers.get("retry-after") ?? "1")));
      continue;
    }
    if (body.error === "TokenError") throw new TokenExpired(answer.status, message);
    throw new Denied(answer.status, message);
  }
}

async function send(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...request, signal: AbortSignal.timeout(patienceMs) });
  } catch (error) {
    const { cause, message } = error as Error;
    throw new Denied(0, cause instanceof Error ? cause.message : message);
  }
}

/** What it holds is told to nobody: it may be a secret. */
async function bodyOf(answer: Response): Promise<{ message?: unknown; error?: unknown }> {
  try {
    return (await answer.json()) as object;
  } catch {
    throw new Denied(0, `${answer.status}, and no JSON`);
  }
}
