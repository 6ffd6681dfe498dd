/** Machines that start on another host when theirs is lost: what Proxmox VE is told, and that it goes with them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { ceph, leastGrants, line, nodes, startRack, type Rack, type RackText } from "../rack.ts";

let rack: Rack;
beforeAll(async () => {
  rack = await startRack({
    fake: { storages: ceph.storages },
    grants: leastGrants({ storage: ceph.facts, startAgain: true }),
  });
  rack.write(text());
});
afterAll(() => rack?.[Symbol.asyncDispose]());

const text = (own: Readonly<Record<string, string>> = nodes): RackText => ({
  nodes: own,
  storage: ceph.text,
  more: "startAgain: true,",
});
const call = async (word: "preview" | "up" | "destroy" | "forget", ...allow: readonly string[]) => {
  const { text: said, problems } = await rack.infra(word, ...allow);
  expect(problems.map(line)).toEqual([]);
  return said;
};
const resources = () => [...rack.fake.ha.resources.keys()].sort();
const homes = () =>
  [...rack.fake.ha.rules].map(([rule, { nodes: at, resources: of }]) => `${rule} ${at} ${of}`);
const writes = () => rack.fake.calls.filter(({ method }) => method !== "GET");

test("each machine is started again, and is at home on its host", async () => {
  const said = await call("preview");
  expect(said).toMatch(/make +ha-worker-1 +vm:221 starts elsewhere when its host is lost/);
  await call("up");
  expect(resources()).toEqual(["vm:211", "vm:221", "vm:222"]);
  expect(rack.fake.ha.resources.get("vm:221")).toEqual({
    type: "vm",
    state: "started",
    failback: 1,
    max_relocate: 1,
    max_restart: 1,
  });
  expect(homes().sort()).toEqual(["rack-pve-1 pve-1:1 vm:211,vm:221", "rack-pve-2 pve-2:1 vm:222"]);
});

test("up again changes nothing", async () => {
  const before = writes().length;
  expect(await call("up")).toBe("  keep     10\n  kept     10\n");
  expect(writes().slice(before)).toEqual([]);
});

test("one that is stopped is not started by Proxmox VE either, and one that runs again is", async () => {
  const stopped = nodes["worker-2"].replace('data: "100Gi"', 'data: "100Gi", stopped: true');
  rack.write(text({ ...nodes, "worker-2": stopped }));
  await call("up");
  expect(resources()).toEqual(["vm:211", "vm:221"]);
  expect(homes()).toEqual(["rack-pve-1 pve-1:1 vm:211,vm:221"]);
  expect(rack.fake.vms().find(({ vmid }) => vmid === 222)?.running).toBeUndefined();
  rack.write(text());
  await call("up");
  expect(resources()).toEqual(["vm:211", "vm:221", "vm:222"]);
});

test("what a person takes out of it by hand is put back", async () => {
  rack.fake.ha.resources.delete("vm:221");
  expect(await call("up")).toMatch(/made +ha-worker-1/);
  expect(resources()).toContain("vm:221");
});

test("it goes with its machine, and what is forgotten with one too", async () => {
  const { "worker-1": _, ...others } = nodes;
  rack.write(text(others));
  await call("up", "worker-1");
  expect(resources()).toEqual(["vm:211", "vm:222"]);
  expect(homes().sort()).toEqual(["rack-pve-1 pve-1:1 vm:211", "rack-pve-2 pve-2:1 vm:222"]);

  await call("forget", "worker-2");
  rack.fake.remove(222);
  rack.fake.ha.resources.delete("vm:222");
  await call("up");
  expect(resources()).toEqual(["vm:211", "vm:222"]);
});

test("destroy leaves nothing of it", async () => {
  await call("destroy", "control-1", "worker-2");
  expect([resources(), homes(), rack.fake.vms()]).toEqual([[], [], []]);
});

test("a storage that is not shared, and a token that may not, are found before", async () => {
  await using other = await startRack();
  other.write({ ...text(), storage: '{ images: "local", disks: "local-lvm", shared: true }' });
  const { problems } = await other.infra("up");
  expect(problems.map(line)).toEqual([
    "PROXMOX_REFUSED the token lacks Sys.Audit, Sys.Console on / | on a host, give the commands of `npm run infra -- token rack` again, but the last: the token stays",
    "PROXMOX_STORAGE storage local-lvm of pve-1 is not shared, so no other host can start what is on it | name one (rbd, nfs), or remove shared and startAgain",
    "PROXMOX_STORAGE storage local-lvm of pve-2 is not shared, so no other host can start what is on it | name one (rbd, nfs), or remove shared and startAgain",
  ]);
  expect(other.fake.vms()).toEqual([]);
});
