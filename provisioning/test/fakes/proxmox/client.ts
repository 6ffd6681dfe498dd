/** Calls the fake as the provider does, for tests without an engine. */
import { Agent, request } from "node:https";
import type { FakeProxmox } from "./server.ts";

export interface Answer {
  readonly status: number;
  /** What the status line says. */
  readonly text: string;
  readonly data: unknown;
  readonly errors?: Readonly<Record<string, string>>;
}

type Params = Readonly<Record<string, string | number>>;

export interface Client {
  readonly ask: (method: string, path: string, params?: Params) => Promise<Answer>;
  /** Asks for what takes a task and waits for its end. Out: the exit status, or the refusal. */
  readonly done: (method: string, path: string, params?: Params) => Promise<string>;
  readonly log: (upid: string) => Promise<string[]>;
}

/** In: the fake and `user@realm!name=secret`. Its certificate is checked. */
export function clientOf(fake: FakeProxmox, token: string): Client {
  const agent = new Agent({ keepAlive: true, ca: fake.certificate });
  const ask = (method: string, path: string, params: Params = {}): Promise<Answer> =>
    send(agent, fake.endpoint, token, { method, path, params });
  const data = async (path: string): Promise<Record<string, unknown>> =>
    (await ask("GET", path)).data as Record<string, unknown>;
  const pathOf = (upid: string): string =>
    `/nodes/${upid.split(":")[1]}/tasks/${encodeURIComponent(upid)}`;
  return {
    ask,
    done: async (method, path, params) => {
      const answer = await ask(method, path, params);
      if (answer.status !== 200) return `${answer.status} ${answer.text}`;
      for (;;) {
        const { exitstatus } = await data(`${pathOf(String(answer.data))}/status`);
        if (exitstatus !== undefined) return String(exitstatus);
      }
    },
    log: async (upid) => {
      const rows = (await ask("GET", `${pathOf(upid)}/log`)).data as { readonly t: string }[];
      return rows.map(({ t }) => t);
    },
  };
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly params: Params;
}

function send(
  agent: Agent,
  endpoint: string,
  token: string,
  { method, path, params }: Asked,
): Promise<Answer> {
  const form = new URLSearchParams(
    Object.entries(params).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  const isQuery = method === "GET" || method === "DELETE";
  const url = new URL(`api2/json${path}${isQuery && form !== "" ? `?${form}` : ""}`, endpoint);
  const headers = {
    ...(token !== "" && { authorization: `PVEAPIToken=${token}` }),
    ...(!isQuery && { "content-type": "application/x-www-form-urlencoded" }),
  };
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (chunk: Buffer) => parts.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const body = JSON.parse(Buffer.concat(parts).toString()) as Omit<Answer, "status" | "text">;
        const { statusCode = 0, statusMessage = "" } = response;
        resolve({ ...body, status: statusCode, text: statusMessage });
      });
    });
    asked.on("error", reject);
    asked.end(isQuery ? undefined : form);
  });
}
