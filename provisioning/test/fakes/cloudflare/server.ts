/**
 * A fake Cloudflare: the part of its API v4 that `infra` and its provider ask, with the rules of the real one as far as they are
 * known (`records.ts`, `tunnels.ts` say from where). It was never compared with Cloudflare itself.
 */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { recordRoutes } from "./records.ts";
import { tunnelRoutes } from "./tunnels.ts";
import type { Answer, Asked, DnsRecord, Route, Token, Tunnel, World, Zone } from "./world.ts";
import { Refusal } from "./world.ts";

export interface FakeCloudflareFacts {
  readonly zones: readonly Zone[];
  readonly tokens: readonly Token[];
  /** Milliseconds until an answer comes; none unless said. */
  readonly delay?: number;
}

export interface AnsweredCall {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** Refuses the next questions that fit. */
export interface Fault {
  readonly method?: string;
  readonly path?: RegExp;
  readonly times: number;
  readonly status: number;
  readonly code?: number;
  readonly message?: string;
  /** Seconds, of a 429. */
  readonly retryAfter?: number;
}

export interface FakeCloudflare extends AsyncDisposable {
  /** `http://127.0.0.1:1/client/v4`. */
  readonly url: string;
  readonly calls: readonly AnsweredCall[];
  /** Those that are not answered yet too. */
  readonly asked: readonly { readonly method: string; readonly path: string }[];
  readonly records: () => DnsRecord[];
  readonly tunnels: () => Tunnel[];
  /** By hand, past all rights and rules. */
  readonly put: (record: Omit<DnsRecord, "id">) => string;
  readonly edit: (id: string, change: Partial<DnsRecord>) => void;
  readonly remove: (id: string) => void;
  readonly putTunnel: (tunnel: Tunnel) => void;
  readonly fail: (fault: Fault) => void;
  readonly stop: () => Promise<void>;
}

const base = "/client/v4";

const verify =
  (of: "user" | "account"): Route["answer"] =>
  ({ token }) => {
    if ((token.of ?? "user") !== of) throw new Refusal(401, 1000, "Invalid API Token");
    return { result: { id: "f".repeat(32), status: token.status ?? "active" } };
  };

const routes: readonly Route[] = [
  { method: "GET", path: "/user/tokens/verify", answer: verify("user") },
  { method: "GET", path: "/accounts/*/tokens/verify", answer: verify("account") },
  ...recordRoutes,
  ...tunnelRoutes,
];

export async function startFakeCloudflare(facts: FakeCloudflareFacts): Promise<FakeCloudflare> {
  const world: World = {
    zones: facts.zones,
    tokens: facts.tokens,
    records: new Map(),
    tunnels: new Map(),
    newId: () => randomBytes(16).toString("hex"),
  };
  const calls: AnsweredCall[] = [];
  const asked: { method: string; path: string }[] = [];
  const faults: { fault: Fault; left: number }[] = [];
  const server = createServer((request, response) => {
    void respond(request, response, { world, calls, asked, faults, delay: facts.delay ?? 0 });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`,
    calls,
    asked,
    records: () => [...world.records.values()],
    tunnels: () => [...world.tunnels.values()],
    put: (record) => {
      const id = world.newId();
      world.records.set(id, { ...record, id });
      return id;
    },
    edit: (id, change) => {
      const record = world.records.get(id);
      if (record === undefined) throw new Error(`no record ${id} to edit`);
      world.records.set(id, { ...record, ...change });
    },
    remove: (id) => void world.records.delete(id),
    putTunnel: (tunnel) => void world.tunnels.set(tunnel.id, tunnel),
    fail: (fault) => void faults.push({ fault, left: fault.times }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

interface Context {
  readonly world: World;
  readonly calls: AnsweredCall[];
  readonly asked: { method: string; path: string }[];
  readonly faults: { readonly fault: Fault; left: number }[];
  readonly delay: number;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { world, calls, asked, faults, delay }: Context,
): Promise<void> {
  const { method = "GET", url = "/" } = request;
  const { pathname, searchParams: query } = new URL(url, "http://localhost");
  const path = pathname.slice(base.length);
  const text = await textOf(request);
  const body = text === "" ? {} : (JSON.parse(text) as Asked["body"]);
  asked.push({ method, path });
  await sleep(delay);
  const say = (status: number, answer: object, headers: Record<string, string> = {}): void => {
    calls.push({ method, path: `${path}${query.size > 0 ? `?${query}` : ""}`, status, body });
    response
      .writeHead(status, { "content-type": "application/json", ...headers })
      .end(JSON.stringify(answer));
  };
  const refuse = (status: number, code: number, message: string, headers = {}) =>
    say(
      status,
      { success: false, errors: [{ code, message }], messages: [], result: null },
      headers,
    );
  const ordered = faults.find(
    ({ fault, left }) =>
      left > 0 && (fault.method ?? method) === method && fault.path?.test(path) !== false,
  );
  if (ordered !== undefined) {
    ordered.left--;
    const { status, code = 0, message = "", retryAfter } = ordered.fault;
    return refuse(
      status,
      code,
      message,
      retryAfter === undefined ? {} : { "retry-after": String(retryAfter) },
    );
  }
  try {
    const words = path.split("/").slice(1);
    const token = authenticate(request.headers.authorization, world, path);
    const route = routes.find((one) => one.method === method && fits(one.path, words));
    if (route === undefined) throw new Refusal(404, 7000, "No route for that URI");
    say(200, envelope(route.answer({ world, token, words, query, body }), query));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refuse(error.status, error.code, error.message);
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function fits(path: string, words: readonly string[]): boolean {
  const wanted = path.split("/").slice(1);
  return (
    wanted.length === words.length &&
    wanted.every((word, index) => word === "*" || word === words[index])
  );
}

function authenticate(header: string | undefined, { tokens }: World, path: string): Token {
  const value = header?.replace(/^Bearer /, "") ?? "";
  if (!/^[\w.-]+$/.test(value)) throw new Refusal(400, 6003, "Invalid request headers");
  const token = tokens.find((one) => one.value === value);
  const isVerify = path.endsWith("/tokens/verify");
  if (token === undefined)
    throw isVerify
      ? new Refusal(401, 1000, "Invalid API Token")
      : new Refusal(403, 9109, "Invalid access token");
  if (token.status !== undefined && token.status !== "active" && !isVerify)
    throw new Refusal(403, 9109, "Cannot use the access token");
  return token;
}

/** A list comes in pages. */
function envelope(answer: Answer, query: URLSearchParams): object {
  const whole = { success: true, errors: [], messages: [] };
  if ("result" in answer) return { ...whole, result: answer.result };
  const page = Number(query.get("page") ?? 1);
  const size = Number(query.get("per_page") ?? 20);
  const { list } = answer;
  const result = list.slice((page - 1) * size, page * size);
  return {
    ...whole,
    result,
    result_info: {
      page,
      per_page: size,
      count: result.length,
      total_count: list.length,
      total_pages: Math.max(1, Math.ceil(list.length / size)),
    },
  };
}
