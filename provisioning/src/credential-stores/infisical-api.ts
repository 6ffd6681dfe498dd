/** Asks Infisical. Sources: its API reference (universal auth; list secrets), and its error handler. */
import { answerOf, type NoAnswer, type Wait } from "../http-answer.ts";

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
  readonly wait?: Wait;
}

/** In: where it is, and who asks. Out: what asks it; it signs in at the first question, and again when its token has expired. */
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
  { host, wait }: ApiOptions,
  path: string,
  request: RequestInit,
): Promise<unknown> {
  const answer = await answerOf(`${host}${path}`, request, wait).catch(({ message }: NoAnswer) => {
    throw new Denied(0, message);
  });
  const body = await bodyOf(answer);
  if (answer.ok) return body;
  const message = typeof body.message === "string" ? body.message : answer.statusText;
  if (body.error === "TokenError") throw new TokenExpired(answer.status, message);
  throw new Denied(answer.status, message);
}

/** What it holds is told to nobody: it may be a secret. */
async function bodyOf(answer: Response): Promise<{ message?: unknown; error?: unknown }> {
  try {
    return (await answer.json()) as object;
  } catch {
    throw new Denied(0, `${answer.status}, and no JSON`);
  }
}
