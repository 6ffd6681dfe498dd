/** Following objects as they change: a list, then a watch from there, and again when the connection ends. */
import type { ClientRequest, IncomingMessage } from "node:http";
import { request as httpsRequest, type Agent } from "node:https";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesObject } from "./api.ts";

export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: KubernetesObject;
}

interface Followed {
  readonly agent: Agent;
  readonly url: string;
  readonly token: string;
  /** Of a collection. */
  readonly path: string;
}

interface List {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly KubernetesObject[];
}

/** Tells of every object, now and as it changes, also of those that go while nobody is connected. Out: the end of it. */
export function watchObjects(followed: Followed, tell: (event: WatchEvent) => void): () => void {
  const known = new Map<string, KubernetesObject>();
  let current: ClientRequest | undefined;
  const stop = new AbortController();
  const note = ({ type, object }: WatchEvent): void => {
    const { namespace, name } = object.metadata;
    if (stop.signal.aborted || name === undefined) return;
    if (type === "DELETED") known.delete(`${namespace}/${name}`);
    else known.set(`${namespace}/${name}`, object);
    tell({ type, object });
  };
  const ask = async (query: string): Promise<IncomingMessage> => {
    const { agent, url, path, token } = followed;
    const headers = { authorization: `Bearer ${token}` };
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    current = httpsRequest(`${url}${path}${query}`, { agent, headers }, resolve);
    current.on("error", reject);
    current.end();
    return promise;
  };
  const follow = async (): Promise<void> => {
    const { metadata, items } = JSON.parse(await textOf(await ask(""))) as List;
    const there = new Set(items.map(({ metadata: { namespace, name } }) => `${namespace}/${name}`));
    for (const [name, object] of known) if (!there.has(name)) note({ type: "DELETED", object });
    for (const object of items) note({ type: "ADDED", object });
    const response = await ask(`?watch=1&resourceVersion=${metadata.resourceVersion}`);
    for await (const line of createInterface({ input: response })) {
      const event = JSON.parse(line) as WatchEvent;
      // A bookmark that is too old: the list is asked again.
      if (event.object.metadata?.name === undefined) return;
      note(event);
    }
  };
  const again = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await follow().catch(() => undefined);
      await sleep(200, undefined, { ref: false });
    }
  };
  void again();
  return () => {
    stop.abort();
    current?.destroy();
  };
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
