/** What the fake Proxmox VE does with machines that are there: they change, move and run. */
import { describe, expect, test } from "vitest";
import { GiB, TiB } from "./fakes/proxmox/bytes.ts";
import { small, startLab, vm } from "./fakes/proxmox/lab.ts";
import type { StorageFacts } from "./fakes/proxmox/storages.ts";

describe("a machine that changes", () => {
  test("has another digest, and an old one is refused", async () => {
    await using lab = await startLab();
    await lab.create(small);
    const { digest } = await lab.config();
    const change = (): Promise<{ status: number; text: string }> =>
      lab.ask("PUT", `${vm}/config`, { cores: 8, digest: String(digest) });
    expect((await change()).status).toBe(200);
    expect(await change()).toMatchObject({
      status: 500,
      text: "detected modified configuration - file changed by other user? Try again.",
    });
  });

  test("shows cores and memory at once, and has them with the next start", async () => {
    await using lab = await startLab();
    await lab.create({ ...small, start: 1 });
    await lab.ask("PUT", `${vm}/config`, { cores: 8, memory: 16384 });
    expect(await lab.config()).toMatchObject({ cores: 8, memory: "16384" });
    expect(await lab.status()).toMatchObject({ cpus: 4, maxmem: 8 * GiB });
    await lab.done("POST", `${vm}/status/shutdown`, { forceStop: 1, timeout: 1800 });
    expect(await lab.status()).toMatchObject({ status: "stopped", uptime: 0 });
    await lab.done("POST", `${vm}/status/start`);
    expect(await lab.status()).toMatchObject({ status: "running", cpus: 8, maxmem: 16 * GiB });
  });

  test("keeps the size of a disk that is sent without one", async () => {
    await using lab = await startLab();
    await lab.create(small);
    await lab.ask("PUT", `${vm}/config`, { scsi1: "file=local-lvm:vm-201-disk-2,backup=0" });
    expect((await lab.config())["scsi1"]).toBe("local-lvm:vm-201-disk-2,backup=0,size=1T");
  });

  test("keeps a disk that is taken out of it, not a generated one", async () => {
    await using lab = await startLab();
    await lab.create(small);
    expect((await lab.ask("PUT", `${vm}/config`, { delete: "scsi1,ide2" })).status).toBe(200);
    expect(await lab.config()).toMatchObject({ unused0: "local-lvm:vm-201-disk-2" });
    expect(lab.fake.volumes("pve1", "local-lvm").map(({ volid }) => volid)).toEqual([
      "local-lvm:vm-201-disk-0",
      "local-lvm:vm-201-disk-1",
      "local-lvm:vm-201-disk-2",
    ]);
  });

  test.for([
    ["nothing", {}, 400],
    ["what nobody knows", { pony: 1 }, 400],
    ["the end of what nobody knows", { delete: "pony" }, 400],
    ["a value and its end", { cores: 2, delete: "cores" }, 400],
    ["a name that is none", { name: "worker_1" }, 400],
    ["a disk where no disks are", { scsi2: "local:8" }, 400],
    ["a disk that is not there", { scsi2: "local-lvm:vm-201-disk-9" }, 500],
  ] as const)("is not changed by %s", async ([, form, code]) => {
    await using lab = await startLab();
    await lab.create(small);
    const before = await lab.config();
    expect((await lab.ask("PUT", `${vm}/config`, form)).status).toBe(code);
    expect(await lab.config()).toEqual(before);
  });

  test.for([
    ["bytes", "68719476736", "64G"],
    ["a unit", "2T", "2T"],
    ["what is added", "+8G", "16G"],
  ] as const)("has a disk that grows, in %s", async ([, size, read]) => {
    await using lab = await startLab();
    await lab.create(small);
    expect(await lab.done("PUT", `${vm}/resize`, { disk: "scsi0", size })).toBe("OK");
    expect((await lab.config())["scsi0"]).toBe(`local-lvm:vm-201-disk-1,size=${read}`);
  });

  test.for([
    ["scsi0", "4G", "500 shrinking disks is not supported"],
    ["scsi7", "64G", "500 disk 'scsi7' does not exist"],
    ["scsi0", "large", "400 Parameter verification failed."],
  ] as const)("does not have %s of %s", async ([disk, size, said]) => {
    await using lab = await startLab();
    await lab.create(small);
    expect(await lab.done("PUT", `${vm}/resize`, { disk, size })).toBe(said);
  });
});

describe("a disk that moves", () => {
  const storages: StorageFacts[] = [
    { name: "local-lvm", type: "lvmthin", content: ["images"], total: 4 * TiB },
    { name: "slow", type: "lvm", content: ["images"], total: 4 * TiB },
    { name: "local", type: "dir", content: ["import"], total: TiB },
  ];

  test.for([
    ["is deleted where it was", { delete: 1 }, undefined],
    ["stays where it was too", {}, "local-lvm:vm-201-disk-2"],
  ] as const)("%s", async ([, form, kept]) => {
    await using lab = await startLab({ storages });
    await lab.create(small);
    const asked = { disk: "scsi1", storage: "slow", ...form };
    expect(await lab.done("POST", `${vm}/move_disk`, asked)).toBe("OK");
    const { scsi1, unused0 } = await lab.config();
    expect([scsi1, unused0]).toEqual(["slow:vm-201-disk-0,aio=io_uring,size=1T", kept]);
    expect(await lab.used("slow")).toBe(TiB);
  });

  test.for([
    ["where it is", "local-lvm", "500 you can't move to the same storage with same format"],
    ["where no disks are", "local", "400 Parameter verification failed."],
    ["nowhere", "nfs", "500 storage 'nfs' does not exist"],
  ] as const)("does not move %s", async ([, storage, said]) => {
    await using lab = await startLab({ storages });
    await lab.create(small);
    expect(await lab.done("POST", `${vm}/move_disk`, { disk: "scsi1", storage })).toBe(said);
  });
});

describe("a machine that runs", () => {
  test.for([
    ["it runs", { start: 1 }, "500 VM 201 already running"],
    ["it is larger than the host", { memory: 65 * 1024 }, "start failed: QEMU exited with code 1"],
  ] as const)("does not start when %s", async ([, form, said]) => {
    await using lab = await startLab();
    await lab.create({ ...small, ...form });
    expect(await lab.done("POST", `${vm}/status/start`)).toBe(said);
  });

  test("starts again, with what was changed meanwhile, and not when it does not run", async () => {
    await using lab = await startLab();
    await lab.create(small);
    expect(await lab.done("POST", `${vm}/status/reboot`)).toBe("500 VM 201 not running");
    await lab.done("POST", `${vm}/status/start`);
    await lab.ask("PUT", `${vm}/config`, { cores: 8 });
    expect(await lab.done("POST", `${vm}/status/reboot`)).toBe("OK");
    expect(await lab.status()).toMatchObject({ status: "running", cpus: 8 });
  });

  test("does not start beside others that have the memory, or without its bridge", async () => {
    await using lab = await startLab();
    await lab.create({ ...small, vmid: 201, memory: 20 * 1024, start: 1 }, "pve2");
    await lab.create({ ...small, vmid: 202, memory: 20 * 1024 }, "pve2");
    await lab.create({ ...small, vmid: 203, net0: "virtio,bridge=vmbr9" }, "pve2");
    const begin = (vmid: number) => lab.done("POST", `/nodes/pve2/qemu/${vmid}/status/start`);
    expect(await begin(202)).toBe("start failed: QEMU exited with code 1");
    expect(await begin(203)).toBe("bridge 'vmbr9' does not exist");
    await lab.done("POST", "/nodes/pve2/qemu/201/status/stop");
    expect(await begin(202)).toBe("OK");
  });

  test("has an agent when it had the time to start one", async () => {
    await using lab = await startLab({ agentAfter: 20 });
    await lab.create(small);
    const path = `${vm}/agent/network-get-interfaces`;
    expect((await lab.ask("GET", path)).text).toBe("VM 201 is not running");
    await lab.done("POST", `${vm}/status/start`);
    expect((await lab.ask("GET", path)).text).toBe("QEMU guest agent is not running");
    let answer = await lab.ask("GET", path);
    while (answer.status !== 200) answer = await lab.ask("GET", path);
    expect(answer.data).toMatchObject({
      result: [
        { name: "lo" },
        {
          name: "eth0",
          "hardware-address": "bc:24:11:00:00:01",
          "ip-addresses": [{ "ip-address": "10.0.0.21", prefix: 24 }],
        },
      ],
    });
  });

  test("has none that was not switched on", async () => {
    await using lab = await startLab({ agentAfter: 0 });
    await lab.create({ ...small, agent: "enabled=0", start: 1 });
    expect((await lab.ask("POST", `${vm}/agent/ping`)).text).toBe("No QEMU guest agent configured");
  });
});
