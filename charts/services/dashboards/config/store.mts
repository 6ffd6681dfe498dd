/** The calls of OpenObserve's API that are needed here. */

export interface Stored {
  readonly dashboard_id: string;
  readonly title: string;
  readonly description: string;
  readonly hash: string;
}

export interface StoredStream {
  readonly name: string;
  readonly settings?: { readonly data_retention?: number };
}

interface Folder {
  readonly folderId: string;
  readonly name: string;
}

export interface Access {
  /** `http://openobserve…:5080` */
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

const organisation = "default";
const timeoutMs = 30_000;

/** In: where it is. Out: its calls; each throws with what the store said when it refuses. */
export function storeAt({ url, user, password }: Access) {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/api/${path}`, {
      method,
      headers: { authorization, "content-type": "application/json" },
      signal: AbortSignal.timeout(timeoutMs),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  const dashboards = `${organisation}/dashboards`;
  const inFolder = (folder: string) => `folder=${encodeURIComponent(folder)}`;
  return {
    /** The id of a folder, which is made where it is not there yet. */
    async folder(name: string): Promise<string> {
      const path = `v2/${organisation}/folders/dashboards`;
      const { list } = (await call("GET", path)) as { list: readonly Folder[] };
      const found = list.find((folder) => folder.name === name);
      if (found !== undefined) return found.folderId;
      const made = await call("POST", path, { name, description: "Made by RZP: changes here go." });
      return (made as Folder).folderId;
    },
    async dashboards(folder: string): Promise<readonly Stored[]> {
      const found = await call("GET", `${dashboards}?${inFolder(folder)}`);
      return (found as { dashboards: readonly Stored[] }).dashboards;
    },
    async create(folder: string, document: unknown): Promise<void> {
      await call("POST", `${dashboards}?${inFolder(folder)}`, document);
    },
    async update(folder: string, { dashboard_id, hash }: Stored, document: unknown): Promise<void> {
      const where = `${dashboards}/${dashboard_id}?${inFolder(folder)}&hash=${hash}`;
      await call("PUT", where, document);
    },
    async remove(folder: string, { dashboard_id }: Stored): Promise<void> {
      await call("DELETE", `${dashboards}/${dashboard_id}?${inFolder(folder)}`);
    },
    async streams(): Promise<readonly StoredStream[]> {
      const found = await call("GET", `${organisation}/streams?type=logs`);
      return (found as { list: readonly StoredStream[] }).list;
    },
    async keepStream(name: string, days: number): Promise<void> {
      const where = `${organisation}/streams/${encodeURIComponent(name)}/settings?type=logs`;
      await call("PUT", where, { data_retention: days });
    },
  };
}

export type Store = ReturnType<typeof storeAt>;
