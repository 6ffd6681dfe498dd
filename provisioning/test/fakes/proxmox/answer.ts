/** One call from its bytes to its answer. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Rights } from "./access.ts";
import type { AnsweredCall } from "./calls.ts";
import { contentRoutes } from "./content.ts";
import { haRoutes } from "./ha.ts";
import { hostRoutes } from "./hosts.ts";
import { poolRoutes } from "./pools.ts";
import { died, Refusal } from "./refusal.ts";
import { lockTimeout } from "./tasks.ts";
import { vmConfigRoutes } from "./vm-config.ts";
import { vmCopyRoutes } from "./vm-copy.ts";
import { born, vmCreateRoutes } from "./vm-create.ts";
import { vmPowerRoutes } from "./vm-power.ts";
import type { Call, Route, World } from "./world.ts";

const base = "/api2/json";

const routes: readonly Route[] = [
  ...hostRoutes,
  ...contentRoutes,
  ...poolRoutes,
  ...haRoutes,
  ...vmCreateRoutes,
  ...vmConfigRoutes,
  ...vmCopyRoutes,
  ...vmPowerRoutes,
];

interface Context {
  readonly world: World;
  readonly authenticate: (authorization: string | undefined) => Rights;
  readonly calls: AnsweredCall[];
}

interface Asked {
  readonly method: string;
  readonly path: string;
  /** The parts of the path, decoded: a volume's name has slashes of its own. */
  readonly words: readonly string[];
  readonly params: Readonly<Record<string, string>>;
}

export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { world, authenticate, calls }: Context,
): Promise<void> {
  const asked = await read(request).catch(() => undefined);
  // Who asked was killed in the middle of it.
  if (asked === undefined) return void response.destroy();
  const { method, path, params } = asked;
  const at = world.clock.now();
  // It takes its place before it is carried out: calls are in the order in which they came.
  const index = calls.push({ at, method, path, params, status: 0 }) - 1;
  const note = (status: number, text?: string): void => {
    calls[index] = { at, method, path, params, status, ...(text !== undefined && { text }) };
  };
  try {
    const rights = authenticate(request.headers.authorization);
    const fault = world.faults.ofCall(method, path);
    if (fault?.kind === "cut" && fault.when === "before") return void response.destroy();
    if (fault?.kind === "answer") throw new Refusal(fault.status, fault.text);
    if (fault?.kind === "locked") throw died(lockTimeout(fault.vmid));
    const data = await carryOut(asked, rights, world);
    if (fault?.kind === "cut") return void response.destroy();
    note(200);
    send(response, 200, "OK", { data });
  } catch (error) {
    // A bug of the fake must not look like an answer of Proxmox.
    if (!(error instanceof Refusal) && !(error instanceof Error && error.name === "Error")) {
      note(599, String((error as Error).stack));
      return void response.destroy();
    }
    const { status, errors } = error instanceof Refusal ? error : died(error.message);
    note(status, error.message);
    send(response, status, error.message, {
      data: null,
      message: `${error.message}\n`,
      ...(errors !== undefined && { errors }),
    });
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const { method = "GET", url = "/" } = request;
  const { pathname, searchParams } = new URL(url, "https://fake");
  const words = pathname
    .replace(/\/$/, "")
    .slice(base.length)
    .split("/")
    .map((word) => decodeURIComponent(word));
  const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString();
  const params = Object.fromEntries([...searchParams, ...new URLSearchParams(body)]);
  return { method, path: pathname.startsWith(base) ? words.join("/") : pathname, words, params };
}

async function carryOut(asked: Asked, rights: Rights, world: World): Promise<unknown> {
  const { method, path, words, params } = asked;
  for (const { method: ofRoute, pattern, run } of routes) {
    const parts = ofRoute === method ? partsOf(pattern, words) : undefined;
    if (parts === undefined) continue;
    needHost(parts["node"], world);
    const call: Call = { parts, params, rights };
    makeRace(call, method, path, world);
    return (await run(call, world)) ?? null;
  }
  throw new Refusal(501, `Method '${method} ${path}' not implemented`);
}

function partsOf(pattern: string, words: readonly string[]): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  if (wanted.length !== words.length) return undefined;
  const parts: Record<string, string> = {};
  for (const [index, word] of wanted.entries()) {
    const given = words[index] ?? "";
    if (word.startsWith("{")) parts[word.slice(1, -1)] = given;
    else if (word !== given) return undefined;
  }
  return parts;
}

/** Calls for a host are passed on to it. */
function needHost(node: string | undefined, world: World): void {
  if (node === undefined) return;
  if (!world.hosts.some(({ name }) => name === node))
    throw died(
      `hostname lookup '${node}' failed - failed to get address info for: ${node}: Name or service not known`,
    );
  if (world.faults.isOffline(node)) throw new Refusal(595, "No route to host");
}

/** Somebody else was faster by a moment. */
function makeRace({ params, parts }: Call, method: string, path: string, world: World): void {
  const vmid = Number(params["vmid"] ?? params["newid"]);
  if (method !== "POST" || !/\/qemu(\/\d+\/clone)?$/.test(path)) return;
  const race = world.faults.race(vmid);
  if (race === undefined) return;
  const config = { name: "somebody-elses", ...born(world) };
  const node = race.node ?? parts["node"] ?? "";
  world.guests.add({ vmid, type: "qemu", node, config, isTemplate: false });
}

/** The status line holds the text: one line of Latin letters. */
function send(response: ServerResponse, status: number, text: string, body: unknown): void {
  response.statusCode = status;
  response.statusMessage = text.replace(/[^\x20-\x7E]+/g, " ");
  response.setHeader("content-type", "application/json;charset=UTF-8");
  response.end(JSON.stringify(body));
}
