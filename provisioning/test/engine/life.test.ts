/** The life of a cluster's machines, with the commands people give, the real engine and the real provider. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hidden, line, nodes, startRack, type Rack } from "./rack.ts";

let rack: Rack;
/** Worker-1 with a larger disk. */
let grown: string = nodes["worker-1"];
beforeAll(async () => {
  rack = await startRack();
});
afterAll(async () => {
  await rack?.[Symbol.asyncDispose]();
});

const numbers = () =>
  rack.fake
    .vms()
    .map(({ vmid }) => vmid)
    .sort();
const writesSince = (count: number) =>
  rack.fake.calls
    .slice(count)
    .filter(({ method }) => method !== "GET")
    .map(({ method, path: at }) => `${method} ${at}`);
const lines = (problems: Awaited<ReturnType<Rack["infra"]>>["problems"]) => problems.map(line);

test("preview tells what would be made, and makes nothing", async () => {
  const { text, problems } = await rack.infra("preview");
  expect(lines(problems)).toEqual([]);
  expect(text).toMatchInlineSnapshot(`
    "  make     control-1    4 cores, 8Gi, disk of 64Gi on pve-1 (211)
      make     image-pve-1  rack-pve-1-9f86d081-v1.11.0-nocloud-amd64.qcow2 on pve-1
      make     image-pve-2  rack-pve-2-9f86d081-v1.11.0-nocloud-amd64.qcow2 on pve-2
      make     worker-1     8 cores, 16Gi, disk of 64Gi, disk of 100Gi on pve-1 (221)
      make     worker-2     8 cores, 16Gi, disk of 64Gi, disk of 100Gi on pve-2 (222)
      keep     0
    "
  `);
  expect(writesSince(0)).toEqual([]);
});

test("up makes it, with the rights `infra token` gives and no others", async () => {
  const { text, problems } = await rack.infra("up");
  expect(lines(problems)).toEqual([]);
  expect(text).toContain("made     worker-2");
  expect(numbers()).toEqual([211, 221, 222]);
  const worker = rack.fake.vms().find(({ vmid }) => vmid === 221);
  expect(worker?.config).toMatchObject({
    name: "rack-worker-1",
    cores: 8,
    memory: "16384",
    ipconfig0: "gw=10.0.40.1,ip=10.0.40.21/24",
    tags: "rack;rzp;worker",
    net0: expect.stringContaining("02:8E:9D:00:00:DD"),
    scsi0: expect.stringContaining("size=64G"),
    scsi1: expect.stringContaining("size=100G"),
  });
});

test("up again changes nothing: no speed of disks, no wait for an agent", async () => {
  const before = rack.fake.calls.length;
  const { text, problems } = await rack.infra("up");
  expect(lines(problems)).toEqual([]);
  expect(text).toBe("  keep     5\n  kept     5\n");
  expect(writesSince(before)).toEqual([]);
  expect(rack.fake.calls.some(({ path: at }) => at.includes("/agent/"))).toBe(false);
});

test("a stack that is opened once more leaves PATH as it is", async () => {
  const searched = process.env["PATH"];
  expect(lines((await rack.infra("preview")).problems)).toEqual([]);
  expect(process.env["PATH"]).toBe(searched);
});

test("drift is shown by preview and put back by up, without a restart", async () => {
  rack.fake.edit(222, { cores: 2 });
  const { text } = await rack.infra("preview");
  expect(text).toContain("change   worker-2  cpu.cores 2 -> 8");
  const before = rack.fake.calls.length;
  expect(lines((await rack.infra("up")).problems)).toEqual([]);
  expect(rack.fake.vms().find(({ vmid }) => vmid === 222)?.config["cores"]).toBe(8);
  expect(writesSince(before).filter((call) => call.includes("/status/"))).toEqual([]);
});

test("status tells how each machine stands", async () => {
  const { text, problems } = await rack.infra("status");
  expect(lines(problems)).toEqual([]);
  expect(text).toBe(
    [
      "control-1  211  pve-1  runs on pve-1",
      "worker-1  221  pve-1  runs on pve-1",
      "worker-2  222  pve-2  runs on pve-2",
      "KUBECONFIG is not set, so services are not asked for",
      "",
    ].join("\n"),
  );
});

test("a machine that went by hand is made again", async () => {
  rack.fake.remove(222);
  const { text, problems } = await rack.infra("up");
  expect(lines(problems)).toEqual([]);
  expect(text).toContain("made     worker-2");
  expect(numbers()).toEqual([211, 221, 222]);
});

test("a disk grows in place, cores come with the next start", async () => {
  grown = nodes["worker-1"]
    .replace('data: "100Gi"', 'data: "200Gi"')
    .replace("cores: 8", "cores: 10");
  rack.write({ nodes: { ...nodes, "worker-1": grown } });
  const before = rack.fake.calls.length;
  const { text, problems } = await rack.infra("up");
  expect(lines(problems)).toEqual([]);
  expect(text).toContain("changed  worker-1  cpu.cores 8 -> 10, disks[1].size 100 -> 200");
  expect(rack.fake.vms().find(({ vmid }) => vmid === 221)?.config["scsi1"]).toContain("size=200G");
  expect(writesSince(before).filter((call) => call.includes("/status/"))).toEqual([]);
});

test("a disk that would shrink is refused, and nothing is changed", async () => {
  rack.write({ nodes });
  const before = rack.fake.calls.length;
  const { problems } = await rack.infra("up", "worker-1");
  expect(lines(problems)).toEqual([
    'MACHINE_SIZE a disk of worker-1 has 200 GiB and would shrink to 100 | write data: "200Gi" or more',
  ]);
  expect(writesSince(before)).toEqual([]);
});

test("a new image is for new machines: those that are there are left alone", async () => {
  const before = rack.fake.calls.length;
  rack.write({ version: "v1.12.0", nodes: { ...nodes, "worker-1": grown } });
  const { problems } = await rack.infra("up");
  expect(lines(problems)).toEqual([]);
  expect(writesSince(before).filter((call) => /qemu\/(211|222)/.test(call))).toEqual([]);
  expect(rack.fake.volumes("pve-1", "local").map(({ volid }) => volid)).toEqual([
    "local:import/rack-pve-1-9f86d081-v1.12.0-nocloud-amd64.qcow2",
  ]);
});

test("a disk for volumes whose line is gone is not taken off unasked", async () => {
  const without = grown.replace(', data: "200Gi"', "");
  rack.write({ version: "v1.12.0", nodes: { ...nodes, "worker-1": without } });
  const before = rack.fake.calls.length;
  const { problems } = await rack.infra("up");
  expect(lines(problems)).toEqual([
    "CHANGE_GUARDED worker-1 would be changed: its disk for volumes, 200 GiB, would be taken off | undo the edit, or allow it: --allow worker-1",
  ]);
  expect(writesSince(before)).toEqual([]);
});

test("another host would make the machine anew, which stops", async () => {
  const moved = nodes["worker-2"].replace("pve-2", "pve-1");
  rack.write({ version: "v1.12.0", nodes: { ...nodes, "worker-1": grown, "worker-2": moved } });
  const { problems } = await rack.infra("preview");
  expect(lines(problems)).toEqual([
    'CHANGE_GUARDED worker-2 would be replaced (nodeName): its disk for volumes, 100 GiB, would be lost | write host: "pve-2" for it, or move it to pve-1 in Proxmox VE, or allow it: --allow worker-2',
  ]);
});

test("a number that is somebody else's by now is touched neither by up nor by destroy", async () => {
  rack.write({ version: "v1.12.0", nodes: { ...nodes, "worker-1": grown } });
  const config = rack.fake.vms().find(({ vmid }) => vmid === 222)?.config ?? {};
  rack.fake.edit(222, { name: "nextcloud" });
  for (const word of ["up", "destroy"] as const) {
    const { problems } = await rack.infra(word, "control-1", "worker-1", "worker-2");
    expect(lines(problems)[0]).toMatch(/^MACHINE_TAKEN 222 is nextcloud on pve-2/);
  }
  rack.fake.edit(222, { name: String(config["name"]) });
});

test("what would lose data stops, unless it is allowed by name", async () => {
  const { "control-1": control } = nodes;
  rack.write({ version: "v1.12.0", nodes: { "control-1": control, "worker-1": grown } });
  const refused = await rack.infra("up");
  expect(lines(refused.problems)).toMatchInlineSnapshot(`
    [
      "CHANGE_GUARDED worker-2 would be removed: its disk for volumes, 100 GiB, would be lost | undo the edit, or allow it: --allow worker-2",
    ]
  `);
  expect(numbers()).toEqual([211, 221, 222]);
  expect(lines((await rack.infra("up", "worker-1")).problems)).toHaveLength(1);
  expect(lines((await rack.infra("up", "wroker-2", "worker-2")).problems)).toEqual([
    expect.stringMatching(/--allow wroker-2 is for nothing that is there \| write "worker-2"/),
  ]);
  expect(lines((await rack.infra("up", "worker-2")).problems)).toEqual([]);
  expect(numbers()).toEqual([211, 221]);
});

test("no secret is in the state, or in what was said", () => {
  const files = readdirSync(rack.state, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    const text = readFileSync(path.join(file.parentPath, file.name), "utf8");
    for (const secret of hidden) expect(text.includes(secret), file.name).toBe(false);
  }
});

test("destroy asks for each machine that would be lost, and leaves nothing", async () => {
  const foreign = { vmid: 300, node: "pve-1", config: { name: "somebody-elses" } };
  rack.fake.put(foreign);
  const refused = await rack.infra("destroy");
  expect(refused.problems.map(({ code }) => code)).toEqual(["CHANGE_GUARDED", "CHANGE_GUARDED"]);
  const { problems } = await rack.infra("destroy", "control-1", "worker-1");
  expect(lines(problems)).toEqual([]);
  expect(numbers()).toEqual([300]);
});
