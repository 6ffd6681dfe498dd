/** What the fake Proxmox VE does with templates and clones. */
import { describe, expect, test } from "vitest";
import { TiB } from "./fakes/proxmox/bytes.ts";
import { node, small, startLab, vm, type Lab } from "./fakes/proxmox/lab.ts";

describe("templates and clones", () => {
  const clone = (lab: Lab, form: Readonly<Record<string, string | number>>): Promise<string> =>
    lab.done("POST", `${node}/qemu/900/clone`, form);
  const template = async (lab: Lab): Promise<void> => {
    await lab.create({ ...small, vmid: 900, name: "golden" });
    expect(await lab.done("POST", `${node}/qemu/900/template`)).toBe("OK");
  };

  test("a template has base disks, keeps its cloud-init drive, and does not start", async () => {
    await using lab = await startLab();
    await template(lab);
    expect(await lab.config(900)).toMatchObject({
      template: 1,
      scsi0: "local-lvm:base-900-disk-1,size=8G",
      ide2: "local-lvm:vm-900-cloudinit,media=cdrom,size=4M",
    });
    expect(await lab.done("POST", `${node}/qemu/900/status/start`)).toBe(
      "500 you can't start a vm if it's a template",
    );
    expect(await lab.done("POST", `${node}/qemu/900/template`)).toBe(
      "500 you can't convert a template to a template",
    );
  });

  test("a machine that runs becomes none", async () => {
    await using lab = await startLab();
    await lab.create({ ...small, start: 1 });
    expect(await lab.done("POST", `${vm}/template`)).toBe(
      "500 you can't convert a VM to template if VM is running",
    );
  });

  test.for([
    ["full", { full: 1, storage: "local-lvm" }, false],
    ["linked", { full: 0 }, true],
    ["linked when nothing is said of a template's", {}, true],
  ] as const)("a clone is %s", async ([, form, isLinked]) => {
    await using lab = await startLab({ durations: { qmclone: 5 } });
    await template(lab);
    expect(await clone(lab, { newid: 201, name: "worker-1", ...form })).toBe("OK");
    const read = await lab.config();
    expect(read).toMatchObject({
      name: "worker-1",
      cores: 4,
      scsi0: "local-lvm:vm-201-disk-1,size=8G",
    });
    expect(read).not.toHaveProperty("lock");
    expect(read).not.toHaveProperty("template");
    expect(read["net0"], "an address of its own").not.toBe((await lab.config(900))["net0"]);
    const bases = lab.fake.volumes("pve1", "local-lvm").filter(({ base }) => base !== undefined);
    expect(bases.length > 0).toBe(isLinked);
    expect(await lab.done("DELETE", `${node}/qemu/900`)).toBe(
      isLinked
        ? "500 base volume 'local-lvm:base-900-disk-0' is still in use by linked cloned"
        : "OK",
    );
  });

  test.for([
    [
      "a taken number",
      { newid: 900 },
      "500 unable to create VM 900 - VM 900 already exists on node 'pve1'",
    ],
    ["a name that is none", { newid: 201, name: "worker_1" }, "400 Parameter verification failed."],
    ["no number", {}, "400 Parameter verification failed."],
    [
      "another host without the disks",
      { newid: 201, full: 1, target: "pve2" },
      "500 can't clone VM to node 'pve2' (VM uses local storage)",
    ],
    ["a host that is not there", { newid: 201, target: "pve9" }, "500 no such cluster node 'pve9'"],
    [
      "a storage for what is linked",
      { newid: 201, full: 0, storage: "local-lvm" },
      "400 Parameter verification failed.",
    ],
    [
      "a storage without disks",
      { newid: 201, full: 1, storage: "local" },
      "400 Parameter verification failed.",
    ],
  ] as const)("no clone with %s", async ([, form, said]) => {
    await using lab = await startLab();
    await template(lab);
    expect(await clone(lab, form)).toBe(said);
    expect(lab.fake.vms().map(({ vmid }) => vmid)).toEqual([900]);
  });

  test("no linked clone on a storage that cannot", async () => {
    const lvm = { name: "local-lvm", type: "lvm", content: ["images"], total: 4 * TiB } as const;
    await using lab = await startLab({ storages: [lvm] });
    await template(lab);
    expect(await clone(lab, { newid: 201, full: 0 })).toBe(
      "500 Linked clone feature is not supported for drive 'efidisk0'",
    );
    expect(await clone(lab, { newid: 201, full: 1 })).toBe("OK");
  });

  test("no linked clone of a machine that is no template", async () => {
    await using lab = await startLab();
    await lab.create({ ...small, vmid: 900 });
    expect(await clone(lab, { newid: 201, full: 0 })).toBe(
      "500 Linked clone feature is not supported for drive 'efidisk0'",
    );
  });
});
