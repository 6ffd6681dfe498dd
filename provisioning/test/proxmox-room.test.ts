/** What the fake Proxmox VE knows beside machines: how full storages are, pools, and which numbers are taken. */
import { describe, expect, test } from "vitest";
import { GiB, MiB, TiB } from "./fakes/proxmox/bytes.ts";
import { downloadForm, node, small, startLab, vm } from "./fakes/proxmox/lab.ts";
import type { StorageFacts } from "./fakes/proxmox/storages.ts";

describe("room", () => {
  const lvm = (facts: Partial<StorageFacts>): StorageFacts[] => [
    { name: "local", type: "dir", content: ["import"], total: 100 * GiB },
    { name: "local-lvm", type: "lvmthin", content: ["images"], total: 500 * GiB, ...facts },
  ];

  test.for([
    ["lvmthin", 300 * MiB + 8 * MiB],
    ["lvm", 2 * GiB + 1 * TiB + 8 * MiB],
    ["zfspool", 2 * GiB + 1 * TiB + 8 * MiB],
  ] as const)("a disk of 1 TiB and an image take of %s what it is like", async ([type, taken]) => {
    await using lab = await startLab({ storages: lvm({ type, total: 2 * TiB }) });
    await lab.download();
    expect(await lab.create()).toBe("OK");
    expect(await lab.used()).toBe(taken);
  });

  test.for([
    ["lvm", /insufficient free space \(127998 extents\): 262144 required\.$/],
    ["zfspool", /out of space$/],
  ] as const)("%s has no room for 1 TiB, and nothing is left", async ([type, said]) => {
    await using lab = await startLab({ storages: lvm({ type }) });
    expect(await lab.create({ ...small, scsi0: "local-lvm:0.001" })).toMatch(said);
    expect(lab.fake.vms()).toEqual([]);
    expect(await lab.used()).toBe(0);
  });

  test("a disk does not grow beyond a thick storage", async () => {
    await using lab = await startLab({ storages: lvm({ type: "lvm", total: 1100 * GiB }) });
    await lab.create(small);
    const asked = { disk: "scsi1", size: "2T" };
    expect(await lab.done("PUT", `${vm}/resize`, asked)).toMatch(/insufficient free space/);
    expect((await lab.config())["scsi1"]).toMatch("size=1T");
  });

  test("an image has none in a storage that is full", async () => {
    await using lab = await startLab({ storages: lvm({}) });
    lab.fake.fail({ kind: "full-storage", storage: "local" });
    expect(await lab.download()).toBe("unable to create image: No space left on device");
    expect(lab.fake.volumes("pve1", "local")).toEqual([]);
  });

  test("a thin storage promises more than it has", async () => {
    await using lab = await startLab({ storages: lvm({ type: "lvmthin" }) });
    expect(await lab.create(small)).toBe("OK");
  });

  test("a shared storage is the same on all its hosts, another is not on those it is not for", async () => {
    const storages: StorageFacts[] = [
      { name: "nas", type: "nfs", content: ["import"], total: TiB, isShared: true },
      { name: "fast", type: "lvm", content: ["images"], total: TiB, hosts: ["pve1"] },
    ];
    await using lab = await startLab({ storages });
    await lab.done("POST", `${node}/storage/nas/download-url`, downloadForm);
    const there = await lab.ask("GET", "/nodes/pve2/storage/nas/content");
    expect(there.data).toMatchObject([{ volid: "nas:import/talos.qcow2" }]);
    expect((await lab.ask("GET", "/nodes/pve2/storage/fast/content")).text).toBe(
      "storage 'fast' is not available on node 'pve2'",
    );
  });
});

describe("pools", () => {
  test("are made, have members, and go when they are empty", async () => {
    await using lab = await startLab();
    expect((await lab.ask("POST", "/pools", { poolid: "rzp", comment: "by RZP" })).status).toBe(
      200,
    );
    await lab.create({ ...small, pool: "rzp" });
    const read = async (): Promise<unknown> =>
      (await lab.ask("GET", "/pools", { poolid: "rzp" })).data;
    expect(await read()).toMatchObject([
      { poolid: "rzp", comment: "by RZP", members: [{ id: "qemu/201", vmid: 201 }] },
    ]);
    expect((await lab.ask("DELETE", "/pools", { poolid: "rzp" })).text).toBe(
      "delete pool failed: pool 'rzp' is not empty (contains VM 201)",
    );
    await lab.ask("PUT", "/pools", { poolid: "rzp", vms: "201", delete: 1 });
    expect((await lab.ask("DELETE", "/pools", { poolid: "rzp" })).status).toBe(200);
    expect((await lab.ask("GET", "/pools")).data).toEqual([]);
  });

  test.for([
    ["POST", { poolid: "rzp" }, 500],
    ["POST", {}, 400],
    ["PUT", { poolid: "rzp", vms: "201" }, 400],
    ["PUT", { poolid: "lab", comment: "x" }, 500],
    ["PUT", { poolid: "rzp", vms: "201", delete: 1 }, 500],
    ["DELETE", { poolid: "lab" }, 500],
  ] as const)("%s %o is refused", async ([method, form, code]) => {
    await using lab = await startLab();
    await lab.ask("POST", "/pools", { poolid: "rzp" });
    expect((await lab.ask(method, "/pools", form)).status).toBe(code);
  });
});

describe("numbers", () => {
  test("the next free one, and whether one is free", async () => {
    await using lab = await startLab();
    lab.fake.put({ vmid: 100, node: "pve2", type: "lxc" });
    expect((await lab.ask("GET", "/cluster/nextid")).data).toBe("101");
    expect((await lab.ask("GET", "/cluster/nextid", { vmid: 218 })).data).toBe("218");
    expect(await lab.ask("GET", "/cluster/nextid", { vmid: 100 })).toMatchObject({
      status: 400,
      errors: { vmid: "VM 100 already exists" },
    });
  });
});
