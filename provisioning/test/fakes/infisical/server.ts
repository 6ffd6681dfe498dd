/**
 * Infisical as far as `infra` asks it: universal auth, and the secrets of a folder. What it answers is after its sources
 * (backend/src/server/plugins/error-handler.ts, services/identity-ua, secret-v2-bridge); no Infisical was ever asked.
 */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

export interface FakeIdentity {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Folders it may list, and whether it sees values there; `/infra` means what is below too. */
  readonly reads: readonly { readonly folder: string; readonly values?: false }[];
}

export interface FakeInfisicalFacts {
  readonly identities: readonly FakeIdentity[];
  /** Project to environment to folder to secrets, all by their slugs. */
  readonly projects: Readonly<
    Record<string, Readonly<Record<string, Record<string, Record<string, string>>>>>
  >;
}

export interface FakeInfisical extends AsyncDisposable {
  readonly host: string;
  /** `GET /api/v3/secrets/raw`, in order. */
  readonly calls: readonly string[];
  /** The next calls are too many: each is told to come again after so many seconds. */
  readonly refuse: (calls: number, retryAfter: number) => void;
  /** The next token is expired when it is first used. */
  readonly expireFirst: () => void;
}

/** Wrong tries in a row until an identity is locked, as it comes (`lockoutThreshold`). */
const lockoutThreshold = 3;

class Refusal extends Error {
  readonly status: number;
  readonly kind: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, kind: string, message: string, headers = {}) {
    super(message);
    this.status = status;
    this.kind = kind;
    this.headers = headers;
  }
}

interface World extends FakeInfisicalFacts {
  readonly calls: string[];
  readonly tokens: Map<string, FakeIdentity>;
  expiresFirst: boolean;
  readonly wrongTries: Map<string, number>;
  busy: { calls: number; retryAfter: number };
}

export async function startFakeInfisical(facts: FakeInfisicalFacts): Promise<FakeInfisical> {
  const world: World = {
    ...facts,
    calls: [],
    tokens: new Map(),
    expiresFirst: false,
    wrongTries: new Map(),
    busy: { calls: 0, retryAfter: 0 },
  };
  const server = createServer((request, response) => void answer(world, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `http://127.0.0.1:${port}`,
    calls: world.calls,
    refuse: (calls, retryAfter) => (world.busy = { calls, retryAfter }),
    expireFirst: () => (world.expiresFirst = true),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://fake");
  world.calls.push(`${request.method} ${pathname}`);
  try {
    countCall(world);
    send(response, 200, await route(world, request, { pathname, searchParams }));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, kind, message, headers } = error;
    send(
      response,
      status,
      { reqId: `req-${randomUUID()}`, statusCode: status, message, error: kind },
      headers,
    );
  }
}

function send(response: ServerResponse, status: number, body: object, headers = {}): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(JSON.stringify(body));
}

function countCall({ busy }: World): void {
  if (busy.calls === 0) return;
  busy.calls -= 1;
  const message = `Rate limit exceeded. Please try again in ${busy.retryAfter} seconds`;
  throw new Refusal(429, "RateLimitExceeded", message, { "retry-after": String(busy.retryAfter) });
}

async function route(
  world: World,
  request: IncomingMessage,
  { pathname, searchParams }: Pick<URL, "pathname" | "searchParams">,
): Promise<object> {
  switch (`${request.method} ${pathname}`) {
    case "POST /api/v1/auth/universal-auth/login":
      return logIn(world, (await json(request)) as Partial<FakeIdentity>);
    case "GET /api/v3/secrets/raw":
      return secretsOf(world, identityOf(world, request), searchParams);
    default:
      throw new Refusal(404, "NotFound", `Route ${request.method}:${pathname} not found`);
  }
}

function logIn(
  { identities, tokens, wrongTries }: World,
  { clientId = "", clientSecret }: Partial<FakeIdentity>,
): object {
  const identity = identities.find((one) => one.clientId === clientId);
  const wrong = wrongTries.get(clientId) ?? 0;
  if (identity !== undefined && wrong >= lockoutThreshold)
    throw new Refusal(
      401,
      "UnauthorizedError",
      "This identity auth method is temporarily locked, please try again later",
    );
  if (identity === undefined || identity.clientSecret !== clientSecret) {
    wrongTries.set(clientId, wrong + 1);
    throw new Refusal(401, "UnauthorizedError", "Invalid credentials");
  }
  wrongTries.delete(clientId);
  const accessToken = `eyJhbGciOiJIUzI1NiJ9.${randomUUID()}`;
  tokens.set(accessToken, identity);
  return { accessToken, expiresIn: 7200, accessTokenMaxTTL: 7200, tokenType: "Bearer" };
}

function identityOf(world: World, { headers }: IncomingMessage): FakeIdentity {
  const identity = world.tokens.get((headers.authorization ?? "").replace(/^Bearer /, ""));
  if (identity === undefined) throw new Refusal(401, "UnauthorizedError", "Token missing");
  if (!world.expiresFirst) return identity;
  world.expiresFirst = false;
  throw new Refusal(403, "TokenError", "Your token has expired. Please re-authenticate.");
}

function secretsOf(
  { projects }: World,
  { reads }: FakeIdentity,
  query: URLSearchParams,
): { secrets: object[]; imports: object[] } {
  const [slug = "", environment = "", folder = ""] = [
    "workspaceSlug",
    "environment",
    "secretPath",
  ].map((key) => query.get(key) ?? "");
  const project = projects[slug];
  if (project === undefined)
    throw new Refusal(404, "NotFound", `Project with slug '${slug}' not found`);
  const right = reads.find((one) => folder === one.folder || folder.startsWith(`${one.folder}/`));
  if (right === undefined)
    throw new Refusal(403, "PermissionDenied", "You are not allowed to describeSecret on secrets");
  // Of an environment or a folder that is not there it says no more than of an empty one.
  const secrets = Object.entries(project[environment]?.[folder] ?? {});
  return {
    secrets: secrets.map(([secretKey, secretValue]) => ({
      id: randomUUID(),
      environment,
      version: 1,
      type: "shared",
      secretKey,
      secretPath: folder,
      secretComment: "",
      ...(right.values === false
        ? { secretValue: "<hidden-by-infisical>", secretValueHidden: true }
        : { secretValue, secretValueHidden: false }),
    })),
    imports: [],
  };
}
