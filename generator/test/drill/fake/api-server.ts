/**
 * An API server as far as the drill talks to one: paths, verbs, label selectors, merge patches, status codes, rights
 * by verb and resource, admission of pods. What it does not know it refuses, as a real one does.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { refusal } from "./admission.ts";
import { selects, Store } from "./store.ts";
import type { Stored } from "./store.ts";

export interface Right {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** All without. */
  readonly names?: readonly string[];
  /** Everywhere without. */
  readonly namespace?: string;
}

const kinds: Readonly<Record<string, string>> = {
  "/restores": "Restore",
  "/backups": "Backup",
  "/pods": "Pod",
  "/persistentvolumeclaims": "PersistentVolumeClaim",
  "/configmaps": "ConfigMap",
  "/secrets": "Secret",
  "/serviceaccounts": "ServiceAccount",
  "/events": "Event",
  "/deployments": "Deployment",
  "/statefulsets": "StatefulSet",
};

/** A ResourceQuota for pods. */
export interface Quota {
  pods: number;
  /** Pods that are gone and not counted anew yet. */
  gone: number;
}

export interface FakeApiServer {
  readonly url: string;
  readonly store: Store;
  readonly calls: string[];
  /** What the account of the drill may do. */
  readonly rights: Right[];
  /** Answers to come before any other: status codes, 0 for a connection that breaks off. */
  readonly troubles: number[];
  readonly quota: Quota;
  readonly close: () => void;
}

export async function startApiServer(
  given: readonly Right[],
  token: string,
): Promise<FakeApiServer> {
  const store = new Store();
  const calls: string[] = [];
  const rights = [...given];
  const troubles: number[] = [];
  const quota: Quota = { pods: 7, gone: 0 };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { method = "GET", url = "/", headers } = request;
      calls.push(`${method} ${url}`);
      const trouble = troubles.shift();
      if (trouble === 0) {
        request.socket.destroy();
        return;
      }
      const answer =
        trouble !== undefined
          ? status(trouble, "the server is starting")
          : headers.authorization === `Bearer ${token}`
            ? answerOrFailure({ store, quota }, rights, {
                method,
                url,
                body,
                type: headers["content-type"],
              })
            : status(401, "Unauthorized");
      response.writeHead(answer.code, { "content-type": "application/json" });
      response.end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    store,
    calls,
    rights,
    troubles,
    quota,
    close: () => server.close(),
  };
}

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly type: string | undefined;
}

interface Answer {
  readonly code: number;
  readonly body: unknown;
}

const status = (code: number, message: string): Answer => ({
  code,
  body: {
    apiVersion: "v1",
    kind: "Status",
    status: code < 300 ? "Success" : "Failure",
    code,
    message,
  },
});

interface State {
  readonly store: Store;
  readonly quota: Quota;
}

/** A bug in here is answered, as a real server would: who asks would wait for ever. */
function answerOrFailure(...asked: Parameters<typeof answerTo>): Answer {
  try {
    return answerTo(...asked);
  } catch (error) {
    return status(500, String(error));
  }
}

function answerTo(state: State, rights: readonly Right[], asked: Asked): Answer {
  const { store } = state;
  const { pathname, searchParams } = new URL(asked.url, "http://server");
  const [, group = "", namespace = "", resource = "", name] =
    /^\/(?:api\/v1|apis\/([^/]+)\/v1)\/namespaces\/([^/]+)\/([^/]+)(?:\/([^/]+))?$/.exec(
      pathname,
    ) ?? [];
  const kind = kinds[`/${resource}`];
  if (kind === undefined) return status(404, "the server could not find the requested resource");
  const verb = verbOf(asked.method, name);
  const allowed = rights.some(
    (right) =>
      right.groups.includes(group) &&
      right.resources.includes(resource) &&
      right.verbs.includes(verb) &&
      (right.names === undefined || (name !== undefined && right.names.includes(name))) &&
      (right.namespace ?? namespace) === namespace,
  );
  if (!allowed)
    return status(
      403,
      `${resource} is forbidden: cannot ${verb} resource "${resource}" in API group "${group}" in the namespace "${namespace}"`,
    );
  const selector = searchParams.get("labelSelector") ?? "";
  const chosen = store
    .of(pathname)
    .filter(([, object]) => selects(selector, object.metadata.labels));
  switch (verb) {
    case "list":
      return {
        code: 200,
        body: { kind: `${kind}List`, items: chosen.map(([, object]) => object) },
      };
    case "deletecollection":
      for (const [path] of chosen) store.remove(path);
      return { code: 200, body: { kind: `${kind}List`, items: [] } };
    case "create":
      return created(state, pathname, namespace, kind, asked);
    default:
      return ofOne(store, pathname, verb, asked);
  }
}

function verbOf(method: string, name: string | undefined): string {
  if (name === undefined)
    return { GET: "list", POST: "create", DELETE: "deletecollection" }[method] ?? "unknown";
  return { GET: "get", PATCH: "patch", DELETE: "delete" }[method] ?? "unknown";
}

function created(
  { store, quota }: State,
  collection: string,
  namespace: string,
  kind: string,
  { body, type }: Asked,
): Answer {
  if (type !== "application/json") return status(415, `the body is of type ${type}`);
  const object = JSON.parse(body) as Stored;
  if (object.kind !== kind) return status(400, `${object.kind} in the collection of ${kind}`);
  if (object.metadata.namespace !== namespace)
    return status(400, "the namespace of the object does not match the namespace on the request");
  if (!/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(object.metadata.name))
    return status(422, `metadata.name: Invalid value: "${object.metadata.name}"`);
  if (store.get(`${collection}/${object.metadata.name}`) !== undefined)
    return status(409, `${kind} "${object.metadata.name}" already exists`);
  const refused = refusal(object);
  if (refused !== undefined) return status(refused.code, refused.message);
  const used = store.of(collection).length + quota.gone;
  if (kind === "Pod" && used >= quota.pods)
    return status(
      403,
      `pods "${object.metadata.name}" is forbidden: exceeded quota: requests, requested: pods=1, used: pods=${used}, limited: pods=${quota.pods}`,
    );
  return { code: 201, body: store.add(collection, object) };
}

function ofOne(store: Store, path: string, verb: string, { body, type }: Asked): Answer {
  const object = store.get(path);
  if (object === undefined) return status(404, `${path} not found`);
  if (verb === "delete") store.remove(path);
  if (verb === "patch") {
    if (type !== "application/merge-patch+json") return status(415, `the body is of type ${type}`);
    merge(object, JSON.parse(body) as Record<string, unknown>);
  }
  return { code: 200, body: object };
}

/** RFC 7396. */
function merge(target: Record<string, unknown>, patch: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete target[key];
    else if (typeof value === "object" && !Array.isArray(value)) {
      const inner = (target[key] ??= {}) as Record<string, unknown>;
      merge(inner, value as Record<string, unknown>);
    } else target[key] = value;
  }
}
