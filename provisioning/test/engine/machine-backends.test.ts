/** Both backends of machines keep one contract: hosts with Proxmox VE, a list of addresses, and a cluster with both. */
import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { machineBackend } from "../../src/commands/machine-backends.ts";
import type { MachineBackend } from "../../src/machines/backend.ts";
import { readFacts } from "../../src/facts.ts";
import { line, nodes, orderOn, startRack, type Rack, type RackText } from "./rack.ts";

const existing = {
  "control-1": '{ cpu: "3", memory: "6Gi", address: "10.0.40.11", controlPlane: true }',
  "worker-1": '{ cpu: "7", memory: "14Gi", address: "10.0.40.21" }',
  "worker-2": '{ cpu: "7", memory: "14Gi", address: "10.0.40.22" }',
} as const;

/** A third kind is a line here. */
const kinds: readonly {
  readonly name: string;
  readonly text: RackText;
  readonly makes: readonly number[];
}[] = [
  { name: "proxmox", text: { nodes }, makes: [211, 221, 222] },
  { name: "existing", text: { nodes: existing, machines: false, loopback: true }, makes: [] },
  {
    name: "both",
    text: { nodes: { ...existing, "worker-2": nodes["worker-2"] }, loopback: true },
    makes: [222],
  },
];

/** What stands for a kubelet of a node that is there. */
let kubelet: Server;
beforeAll(async () => {
  kubelet = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => kubelet.listen(10_250, "127.0.40.21", resolve));
});
afterAll(() => kubelet.close());

describe.each(kinds)("$name", ({ text, makes }) => {
  let rack: Rack;
  let backend: MachineBackend;
  beforeAll(async () => {
    rack = await startRack();
    rack.write(text);
    const facts = await readFacts(rack.root, "rack");
    if (!("cluster" in facts)) throw new Error(facts.map(line).join("\n"));
    backend = machineBackend(facts, orderOn(rack).order);
    rack.fake.put({ vmid: 300, node: "pve-1", config: { name: "somebody-elses" } });
  });
  afterAll(() => rack?.[Symbol.asyncDispose]());
  const made = () =>
    rack.fake
      .vms()
      .map(({ vmid }) => vmid)
      .filter((vmid) => vmid !== 300);
  const call = async (
    word: "preview" | "up" | "status" | "destroy",
    ...allow: readonly string[]
  ): Promise<string> => {
    const { order, said } = orderOn(rack, allow);
    expect((await backend[word](order)).map(line)).toEqual([]);
    return said();
  };

  test("says which machines there are to be, and where", () => {
    expect(backend.machines).toEqual(
      ["control-1", "worker-1", "worker-2"].map((node) => ({
        node,
        address: expect.stringMatching(/^(10|127)\.0\.40\.\d+$/),
      })),
    );
  });

  test("preview changes nothing", async () => {
    expect(await call("preview")).not.toBe("");
    expect(made()).toEqual([]);
  });

  test("up makes what is to be made, and once more nothing", async () => {
    await call("up");
    expect(made()).toEqual(makes);
    const before = rack.fake.calls.length;
    await call("up");
    expect(await call("preview")).not.toMatch(/^ +(make|change|replace|remove) /im);
    expect(rack.fake.calls.slice(before).filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test("status tells of each, in a line", async () => {
    const lines = (await call("status")).trim().split("\n");
    expect(lines.map((one) => one.split("  ")[0]).sort()).toEqual(
      backend.machines.map(({ node }) => node),
    );
    expect(lines.every((one) => /answers|runs on/.test(one))).toBe(true);
  });

  test("destroy removes what up has made, and nobody else's", async () => {
    await call("destroy", ...makes.map((id) => (id === 211 ? "control-1" : `worker-${id - 220}`)));
    expect(made()).toEqual([]);
    expect(rack.fake.vms().map(({ vmid }) => vmid)).toEqual([300]);
  });
});
