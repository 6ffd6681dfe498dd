/** The API server as the harness and its proofs call it: plain HTTP, answers with their warnings. */
import { readFileSync } from "node:fs";
import { Agent, request as httpsRequest } from "node:https";
import type { IncomingMessage } from "node:http";
import { certificateFile, type Tokens } from "./keys.ts";
import { watchObjects, type WatchEvent } from "./watch.ts";

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly resourceVersion?: string;
    readonly uid?: string;
    readonly creationTimestamp?: string;
  };
  readonly [field: string]: unknown;
}

export interface Answer {
  readonly status: number;
  /** What the API server warns of: deprecations, pods a namespace would refuse. */
  readonly warnings: readonly string[];
  readonly body: unknown;
}

export interface Api {
  readonly url: string;
  /** Any call, with a body as JSON. As the administrator unless said. */
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    as?: { readonly user: string },
  ) => Promise<Answer>;
  /** The body of what is there. Throws for every other answer. */
  readonly get: <T>(path: string) => Promise<T>;
  /** Server-side apply with strict validation of fields: an unknown one is refused. */
  readonly apply: (
    object: KubernetesObject,
    options?: { readonly dryRun?: boolean },
  ) => Promise<Answer>;
  readonly list: <T = KubernetesObject>(path: string) => Promise<readonly T[]>;
  /**
   * Tells of every object of a path, now and as it changes, until it is stopped. A connection that ends is made
   * again, so what happened in between is told as it then is.
   */
  readonly watch: (path: string, tell: (event: WatchEvent) => void) => () => void;
  readonly pathOf: (object: KubernetesObject) => Promise<string>;
  readonly close: () => void;
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** In: where the API server is, whose tokens, the folder with its certificate. */
export function apiClient(folder: string, url: string, tokens: Tokens): Api {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 40,
    ca: readFileSync(certificateFile(folder)),
  });
  const resources = new Map<string, Promise<readonly Resource[]>>();

  const call: Api["call"] = (method, path, body, as) =>
    send(agent, url, { method, path, body, token: tokens.admin, as: as?.user });
  const get = async <T>(path: string): Promise<T> => {
    const { status, body } = await call("GET", path);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${messageOf(body)}`);
    return body as T;
  };
  const resourceOf = async ({ apiVersion, kind }: KubernetesObject): Promise<Resource> => {
    const base = groupPath(apiVersion);
    const known =
      resources.get(base) ?? get<{ resources: Resource[] }>(base).then((found) => found.resources);
    resources.set(base, known);
    const all = await known.catch(() => []);
    const found = all.find((one) => one.kind === kind && !one.name.includes("/"));
    if (found !== undefined) return found;
    // Its definition may come later.
    resources.delete(base);
    throw new Error(`The API server does not know ${kind} of ${apiVersion}.`);
  };
  const pathOf: Api["pathOf"] = async (object) => {
    const { name, namespaced } = await resourceOf(object);
    const namespace = namespaced ? `/namespaces/${object.metadata.namespace ?? "default"}` : "";
    return `${groupPath(object.apiVersion)}${namespace}/${name}/${encodeURIComponent(object.metadata.name)}`;
  };
  return {
    url,
    call,
    get,
    list: async <T>(path: string) => (await get<{ items: readonly T[] }>(path)).items,
    pathOf,
    watch: (path, tell) => watchObjects({ agent, url, token: tokens.admin, path }, tell),
    apply: async (object, { dryRun = false } = {}) => {
      const path = await pathOf(object);
      const query = "fieldManager=rzp-proof&force=true&fieldValidation=Strict";
      return call("PATCH", `${path}?${query}${dryRun ? "&dryRun=All" : ""}`, object);
    },
    close: () => agent.destroy(),
  };
}

const groupPath = (apiVersion: string): string =>
  apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;

/** What the API server says of a call it refused. */
export function messageOf(body: unknown): string {
  const message = (body as { readonly message?: unknown } | undefined)?.message;
  return typeof message === "string" ? message : JSON.stringify(body);
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly token: string;
  /** On whose behalf (user impersonation). */
  readonly as: string | undefined;
}

function send(agent: Agent, url: string, call: Call): Promise<Answer> {
  const { method, path, body, token, as } = call;
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const request = httpsRequest(
      `${url}${path}`,
      {
        method,
        agent,
        headers: {
          authorization: `Bearer ${token}`,
          accept: "application/json",
          ...(as !== undefined && impersonation(as)),
          // YAML, of which JSON is a part, is what server-side apply takes.
          ...(text !== undefined && { "content-type": contentType(method, path) }),
        },
        timeout: 60_000,
      },
      (response) => void readAnswer(response).then(resolve, reject),
    );
    request.on("timeout", () => request.destroy(new Error(`${method} ${path}: no answer in 60 s`)));
    request.on("error", (error: NodeJS.ErrnoException) => {
      // The server closed a connection that was kept, just as this began (Node, request.reusedSocket): what only asks may ask again.
      const isStale = request.reusedSocket && error.code === "ECONNRESET" && method === "GET";
      if (isStale) send(agent, url, call).then(resolve, reject);
      else reject(error);
    });
    request.end(text);
  });
}

/** A service account is in the groups of all of them too. */
const impersonation = (user: string): Record<string, string | string[]> => ({
  "impersonate-user": user,
  "impersonate-group": [
    "system:serviceaccounts",
    `system:serviceaccounts:${user.split(":")[2] ?? ""}`,
    "system:authenticated",
  ],
});

const contentType = (method: string, path: string): string =>
  method !== "PATCH"
    ? "application/json"
    : path.includes("fieldManager=")
      ? "application/apply-patch+yaml"
      : "application/merge-patch+json";

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return {
    status: response.statusCode ?? 0,
    warnings: warningsOf(response.headers["warning"]),
    body: text.startsWith("{") ? JSON.parse(text) : { message: text },
  };
}

/** The texts of `299 - "…"` lines (RFC 9111, section 5.5 as Kubernetes uses it). */
function warningsOf(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(", ") : (header ?? "");
  return [...text.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? "");
}

/** Applies objects in their order. Throws for the first one that is refused. */
export async function applyAll(api: Api, objects: readonly KubernetesObject[]): Promise<void> {
  for (const object of objects) {
    const { status, body } = await api.apply(object);
    if (status >= 300) {
      throw new Error(`${object.kind} ${object.metadata.name}: ${status} ${messageOf(body)}`);
    }
  }
}

/** Whether the API server serves a kind by now. */
export const knows = (api: Api, kind: Kind): Promise<boolean> =>
  api.pathOf({ ...kind, metadata: { name: "any" } }).then(
    () => true,
    () => false,
  );

type Kind = Pick<KubernetesObject, "apiVersion" | "kind">;

/** Whether it also publishes the schema of a kind, which it does a moment later. */
export async function describes(api: Api, { apiVersion, kind }: Kind): Promise<boolean> {
  const group = apiVersion.includes("/") ? `apis/${apiVersion}` : `api/${apiVersion}`;
  const { status, body } = await api.call("GET", `/openapi/v3/${group}`);
  return status === 200 && JSON.stringify(body).includes(`"kind":"${kind}"`);
}
