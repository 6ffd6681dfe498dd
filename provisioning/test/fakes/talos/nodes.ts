/** Starts the fake of nodes that run Talos (tools/talos-nodes), and orders what goes wrong there. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";
import { tool } from "../../engine/support.ts";

const State = z.object({
  nodes: z.array(
    z.object({
      address: z.string(),
      stage: z.enum(["maintenance", "booting", "running"]),
      version: z.string(),
      image: z.string(),
      boots: z.number(),
      etcd: z.boolean(),
      config: z.string(),
      hostname: z.string(),
    }),
  ),
  calls: z.array(z.object({ node: z.string(), method: z.string(), as: z.string() })).nullable(),
  cordoned: z.array(z.string()),
});
export type NodesState = z.infer<typeof State>;

export interface Fault {
  readonly kind:
    | "fail"
    | "cut"
    | "slow"
    | "lost"
    | "rolls-back"
    | "not-ready"
    | "budget"
    | "no-etcd"
    | "no-kubelet"
    | "not-yet"
    | "needs-reboot";
  readonly node?: string;
  readonly method?: string;
  readonly text?: string;
  /** For ever unless said. */
  readonly count?: number;
  readonly millis?: number;
}

export interface FakeNodes extends AsyncDisposable {
  readonly state: () => Promise<NodesState>;
  readonly fault: (fault: Fault) => Promise<void>;
  readonly mend: () => Promise<void>;
  /** Lets happen at once what follows from faults: an API server without etcd goes. */
  readonly settle: () => Promise<void>;
  /** As it comes from its image. */
  readonly reset: (address: string) => Promise<void>;
}

export interface FakeNodesOptions {
  readonly addresses: readonly string[];
  readonly version?: string;
  /** How long a node is away when it starts. */
  readonly boot?: string;
}

export async function startFakeNodes({
  addresses,
  version = "v1.13.0",
  boot = "200ms",
}: FakeNodesOptions): Promise<FakeNodes> {
  const program = await tool("talos-nodes");
  const running = spawn(
    program,
    [`-nodes=${addresses.join(",")}`, `-version=${version}`, `-boot=${boot}`],
    // It ends with its standard input, that is, with this process.
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const ended = once(running, "exit");
  const [control] = (await Promise.race([
    once(createInterface(running.stdout), "line"),
    ended.then(() => Promise.reject(new Error("the fake did not start"))),
  ])) as [string];
  const post = async (at: string, body?: object): Promise<void> => {
    const answer = await fetch(`${control}${at}`, {
      method: "POST",
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  };
  return {
    state: async () => State.parse(await (await fetch(`${control}/state`)).json()),
    fault: (fault) => post("/fault", fault),
    mend: () => post("/fault", { kind: "" }),
    settle: () => post("/settle"),
    reset: (address) => post(`/reset?node=${address}`),
    async [Symbol.asyncDispose]() {
      running.kill();
      await ended;
    },
  };
}
