/** OpenObserve's API as far as the program that keeps dashboards uses it: what it answers, and when it refuses. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface StoredDocument {
  readonly dashboard_id: string;
  readonly title: string;
  readonly description: string;
  readonly hash: string;
  readonly document: unknown;
}

export interface FakeStore extends AsyncDisposable {
  readonly url: string;
  /** Dashboards by folder. */
  readonly folders: Map<string, StoredDocument[]>;
  readonly days: Map<string, number>;
  readonly calls: string[];
  /** Titles it refuses. */
  readonly refuses: Set<string>;
}

const user = "admin@example.com";
const password = "secret";
export const access = { user, password };

export async function startStore(): Promise<FakeStore> {
  const folders = new Map<string, StoredDocument[]>([["default", []]]);
  const days = new Map<string, number>();
  const calls: string[] = [];
  const refuses = new Set<string>();
  let made = 0;
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const answer = (method: string, url: URL, body: unknown): [number, unknown] => {
    const { pathname: path, searchParams } = url;
    const { title = "", description = "" } = (body ?? {}) as {
      title?: string;
      description?: string;
    };
    const folder = searchParams.get("folder") ?? "default";
    if (path === "/api/v2/default/folders/dashboards") {
      if (method === "GET")
        return [
          200,
          { list: [...folders.keys()].map((name) => ({ folderId: `f-${name}`, name })) },
        ];
      const { name } = body as { name: string };
      if (folders.has(name)) return [400, { message: "there already" }];
      folders.set(name, []);
      return [200, { folderId: `f-${name}`, name }];
    }
    if (path === "/api/default/streams")
      return [
        200,
        { list: [...days].map(([name, kept]) => ({ name, settings: { data_retention: kept } })) },
      ];
    const stream = /^\/api\/default\/streams\/([^/]+)\/settings$/.exec(path)?.[1];
    if (stream !== undefined) {
      if (!days.has(stream)) return [404, { message: "stream not found" }];
      days.set(stream, (body as { data_retention: number }).data_retention);
      return [200, { code: 200 }];
    }
    const list = folders.get(folder.replace(/^f-/, ""));
    if (list === undefined) return [404, { message: "folder not found" }];
    if (refuses.has(title)) return [500, { message: `will not have ${title}` }];
    const next = (id: string) => ({
      dashboard_id: id,
      title,
      description,
      hash: String((made += 1)),
      document: body,
    });
    if (path === "/api/default/dashboards") {
      if (method === "GET") return [200, { dashboards: list }];
      const created = next(`d-${(made += 1)}`);
      list.push(created);
      return [201, created];
    }
    const id = path.split("/").at(-1) ?? "";
    const index = list.findIndex((one) => one.dashboard_id === id);
    if (index < 0) return [404, { message: "Dashboard not found" }];
    if (method === "DELETE") list.splice(index, 1);
    // A change names the version it is based on.
    else if (list[index]?.hash !== searchParams.get("hash")) return [409, { message: "conflict" }];
    else list[index] = next(id);
    return [200, {}];
  };
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      const url = new URL(request.url ?? "", "http://store");
      const method = request.method ?? "";
      calls.push(`${method} ${url.pathname}`);
      const [status, value] =
        request.headers.authorization === expected
          ? answer(method, url, body === "" ? undefined : JSON.parse(body))
          : [401, { message: "Unauthorized Access" }];
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(value));
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    folders,
    days,
    calls,
    refuses,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
