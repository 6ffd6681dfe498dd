/** Machines of a cluster that are cloned, as its facts say: the program of `infra`, from nothing and back. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { leastGrants, line, nodes, startRack, type Rack } from "../rack.ts";

const host = (template: number) =>
  `{ cores: 16, memory: "64Gi", disk: "1800Gi", template: ${template} }`;
const hosts = { "pve-1": host(901), "pve-2": host(902) };

describe.each(["full", "linked"] as const)("%s clones", (clone) => {
  let rack: Rack;
  beforeAll(async () => {
    rack = await startRack({ grants: leastGrants({ clone }) });
    rack.write(text());
  });
  afterAll(() => rack?.[Symbol.asyncDispose]());

  const text = (own: Readonly<Record<string, string>> = nodes) => ({
    nodes: own,
    hosts,
    more: `clone: "${clone}",`,
  });
  const there = () =>
    rack.fake
      .vms()
      .map(({ vmid, node, isTemplate }) => `${vmid} ${node}${isTemplate ? " template" : ""}`)
      .sort();
  const writes = () => rack.fake.calls.filter(({ method }) => method !== "GET");
  /** Disks that need the template for ever. */
  const linked = () =>
    ["pve-1", "pve-2"]
      .flatMap((name) => rack.fake.volumes(name, "local-lvm"))
      .filter(({ base }) => base !== undefined)
      .map(({ vmid }) => vmid);
  const call = async (word: "preview" | "up" | "destroy", ...allow: readonly string[]) => {
    const { text: said, problems } = await rack.infra(word, ...allow);
    expect(problems.map(line)).toEqual([]);
    return said;
  };

  test("preview tells of templates too, and makes nothing", async () => {
    const said = await call("preview");
    expect(said).toMatch(/make +template-pve-1 .*on pve-1 \(901\)/);
    expect(said).toMatch(/make +worker-2 /);
    expect(writes()).toEqual([]);
  });

  test("up makes a template on each host, and machines of them", async () => {
    await call("up");
    expect(there()).toEqual([
      "211 pve-1",
      "221 pve-1",
      "222 pve-2",
      "901 pve-1 template",
      "902 pve-2 template",
    ]);
    const [worker] = rack.fake.vms().filter(({ vmid }) => vmid === 222);
    expect(worker?.config).toMatchObject({
      name: "rack-worker-2",
      cores: 8,
      memory: "16384",
      ipconfig0: "gw=10.0.40.1,ip=10.0.40.22/24",
      // Larger than the template's.
      scsi0: expect.stringContaining("size=64G"),
      scsi1: expect.stringContaining("size=100G"),
    });
    expect(worker?.running).toBeDefined();
    expect([...new Set(linked())].sort()).toEqual(clone === "linked" ? [211, 221, 222] : []);
  });

  test("up again changes nothing", async () => {
    const before = writes().length;
    expect(await call("up")).toBe("  keep     7\n  kept     7\n");
    expect(writes().slice(before)).toEqual([]);
  });

  test("a clone grows as others do, and one more is cloned", async () => {
    const grown = nodes["worker-1"].replace('data: "100Gi"', 'data: "200Gi"');
    const third =
      '{ machine: { host: "pve-2", id: 223, cores: 8, memory: "16Gi" }, address: "10.0.40.23" }';
    rack.write(text({ ...nodes, "worker-1": grown, "worker-3": third }));
    const said = await call("up");
    expect(said).toContain("changed  worker-1  disks[1].size 100 -> 200");
    expect(said).toMatch(/made +worker-3 /);
    expect(rack.fake.vms().find(({ vmid }) => vmid === 221)?.config["scsi1"]).toContain(
      "size=200G",
    );
    expect(there()).toContain("223 pve-2");
  });

  test("another way to clone is for new machines: those that are there stay", async () => {
    const before = writes().length;
    rack.write({ ...text(), more: `clone: "${clone === "full" ? "linked" : "full"}",` });
    const { problems, text: said } = await rack.infra("preview");
    // Worker-3 is gone from the file, and worker-1 would shrink: nothing else is said.
    expect(problems.map(({ code }) => code).sort()).toEqual(["CHANGE_GUARDED", "MACHINE_SIZE"]);
    expect(said).not.toContain("clone");
    expect(writes().slice(before)).toEqual([]);
  });

  test("destroy leaves nothing: clones go before what they need", async () => {
    await call("destroy", "control-1", "worker-1", "worker-2", "worker-3");
    expect(there()).toEqual([]);
    for (const name of ["pve-1", "pve-2"])
      for (const storage of ["local", "local-lvm"])
        expect(rack.fake.volumes(name, storage)).toEqual([]);
  });
});
