/**
 * The few calls of the Kubernetes API the drill makes. It asks again and again instead of watching: a drill takes
 * minutes, a question every few seconds costs nothing, and there is no stream that may break off.
 */
import { readFileSync } from "node:fs";

export interface KubernetesObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly deletionTimestamp?: string;
  };
}

export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface ApiServer {
  readonly url: string;
  /** Read for every call: the kubelet renews it. */
  readonly token: () => string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** The API server as a pod finds it. */
export function apiServerOfPod(
  environment: NodeJS.ProcessEnv,
  sleep: ApiServer["sleep"],
): ApiServer {
  const host = environment["KUBERNETES_SERVICE_HOST"] ?? "kubernetes.default.svc";
  const port = environment["KUBERNETES_SERVICE_PORT"] ?? "443";
  const file = "/var/run/secrets/kubernetes.io/serviceaccount/token";
  return {
    url: `https://${host.includes(":") ? `[${host}]` : host}:${port}`,
    token: () => readFileSync(file, "utf8").trim(),
    sleep,
  };
}

const read = <T>(server: ApiServer, path: string): Promise<T> => call<T>(server, "GET", path);

/** The object, or undefined where there is none. */
export async function find<T>(server: ApiServer, path: string): Promise<T | undefined> {
  try {
    return await read<T>(server, path);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

export async function list<T>(server: ApiServer, path: string, selector?: string): Promise<T[]> {
  const found = await read<{ items: T[] }>(server, path + query(selector));
  return found.items;
}

/** Makes an object. That it is there already is no mistake: an answer may have been lost on its way. */
export async function create(server: ApiServer, path: string, object: unknown): Promise<void> {
  try {
    await call(server, "POST", path, object);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 409)) throw error;
  }
}

export const mergePatch = (server: ApiServer, path: string, patch: unknown): Promise<unknown> =>
  call(server, "PATCH", path, patch);

/** Removes an object, or all of a collection that a selector names. That it is gone is no mistake. */
export async function remove(server: ApiServer, path: string, selector?: string): Promise<void> {
  try {
    await call(server, "DELETE", path + query(selector));
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
}

const query = (selector: string | undefined) =>
  selector === undefined ? "" : `?labelSelector=${encodeURIComponent(selector)}`;

/** So long is an API server that does not answer waited for: it may be starting anew. */
const tries = 6;

async function call<T>(
  server: ApiServer,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await once(server, method, path, body);
    if (answer.status >= 200 && answer.status < 300) return JSON.parse(answer.text) as T;
    const again = isAway(answer.status) || (answer.status === 403 && attempt > 1);
    if (!again || attempt === tries)
      throw new ApiError(answer.status, `${method} ${path}: ${messageOf(answer)}`);
    await server.sleep(1000 * 2 ** attempt);
  }
}

/** 0 is nobody at all. One that was away refuses everybody until it has read all roles, so that is waited for too. */
const isAway = (status: number) => status === 0 || status === 429 || status >= 500;

async function once(
  server: ApiServer,
  method: string,
  path: string,
  body: unknown,
): Promise<{ status: number; text: string }> {
  const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
  try {
    const response = await fetch(server.url + path, {
      method,
      headers: {
        authorization: `Bearer ${server.token()}`,
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": type }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    return { status: 0, text: error instanceof Error ? causeOf(error) : String(error) };
  }
}

/** `fetch failed` says nothing; its cause does. */
const causeOf = (error: Error) =>
  error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;

function messageOf({ status, text }: { status: number; text: string }): string {
  if (status === 0) return text;
  try {
    return `${status} ${(JSON.parse(text) as { message?: string }).message ?? text}`;
  } catch {
    return `${status} ${text}`;
  }
}
