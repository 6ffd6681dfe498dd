/** What the fake Proxmox VE lets nobody do to a machine that something is done to, or that lacks what it takes. */
import { describe, expect, test } from "vitest";
import { node, small, startLab, vm } from "./fakes/proxmox/lab.ts";

describe("a machine that something is done to", () => {
  const calls = [
    ["PUT", `${vm}/config`, { cores: 2 }],
    ["PUT", `${vm}/resize`, { disk: "scsi0", size: "+1G" }],
    ["POST", `${vm}/move_disk`, { disk: "scsi0", storage: "local" }],
    ["POST", `${vm}/status/stop`, {}],
    ["POST", `${vm}/template`, {}],
    ["POST", `${vm}/clone`, { newid: 300 }],
    ["DELETE", vm, {}],
  ] as const;

  test.for(calls)("is locked as a clone for %s %s", async ([method, path, form]) => {
    await using lab = await startLab({ durations: { qmclone: 1000 } });
    await lab.create({ ...small, vmid: 900 });
    await lab.ask("POST", `${node}/qemu/900/clone`, { newid: 201 });
    expect(await lab.ask(method, path, form)).toMatchObject({
      status: 500,
      text: "VM is locked (clone)",
    });
  });

  test.for(calls)("is waited for in vain for %s %s", async ([method, path, form]) => {
    await using lab = await startLab({ durations: { qmshutdown: 1000 } });
    await lab.create(small);
    await lab.ask("POST", `${vm}/status/shutdown`);
    expect((await lab.ask(method, path, form)).text).toMatch(/^can't lock file .*got timeout$/);
  });

  test("has no disk to grow when that is gone", async () => {
    await using lab = await startLab();
    await lab.create(small);
    const volume = encodeURIComponent("local-lvm:vm-201-disk-1");
    await lab.done("DELETE", `${node}/storage/local-lvm/content/${volume}`);
    expect(await lab.done("PUT", `${vm}/resize`, { disk: "scsi0", size: "64G" })).toBe(
      "500 volume 'local-lvm:vm-201-disk-1' does not exist",
    );
  });

  test("has its cloud-init drive written anew when it has one", async () => {
    await using lab = await startLab();
    await lab.create(small);
    expect((await lab.ask("PUT", `${vm}/cloudinit`)).status).toBe(200);
    await lab.ask("PUT", `${vm}/config`, { delete: "ide2" });
    expect((await lab.ask("PUT", `${vm}/cloudinit`)).text).toBe(
      "No cloudinit drive found for VM 201",
    );
  });
});
