/**
 * What the fake Proxmox VE does: the calls of the provider in their order, what they are answered, and what is refused.
 * No engine runs here. What was measured and what is from memory: fakes/proxmox/server.ts.
 */
import { request } from "node:https";
import { describe, expect, test } from "vitest";
import { clientOf } from "./fakes/proxmox/client.ts";
import { image, secret, small, startLab, vm, vmForm, node } from "./fakes/proxmox/lab.ts";

describe("who asks", () => {
  test("a token with its secret is let in, over TLS 1.3, by a certificate for the address", async () => {
    await using lab = await startLab();
    expect(await lab.ask("GET", "/version")).toMatchObject({
      status: 200,
      data: { version: expect.stringMatching(/^9\./) },
    });
  });

  test.for([
    ["no token", "", "No ticket"],
    [
      "no token of that user",
      `other@pve!infra=${secret}`,
      "no such token 'infra' for user 'other@pve'",
    ],
    ["another secret", "rzp@pve!infra=0", "invalid token value!"],
  ])("%s is refused", async ([, token = "", text]) => {
    await using lab = await startLab();
    const answer = await clientOf(lab.fake, token).ask("GET", "/version");
    expect(answer).toMatchObject({ status: 401, text, data: null });
  });

  test("an older TLS is refused", async () => {
    await using lab = await startLab();
    const code = await new Promise((resolve) => {
      request(lab.fake.endpoint, { ca: lab.fake.certificate, maxVersion: "TLSv1.2" })
        .on("error", (error: NodeJS.ErrnoException) => resolve(error.code))
        .on("response", () => resolve("answered"))
        .end();
    });
    expect(code).toBe("EPROTO");
  });

  test("what there is no call for is said", async () => {
    await using lab = await startLab();
    expect(await lab.ask("GET", "/nodes/pve1/pony")).toMatchObject({
      status: 501,
      text: "Method 'GET /nodes/pve1/pony' not implemented",
    });
  });
});

describe("a machine that is made", () => {
  test("takes a task, is locked meanwhile, and reads back as Proxmox stores it", async () => {
    await using lab = await startLab({ durations: { qmcreate: 30 } });
    await lab.download();
    const made = lab.create();
    while (lab.fake.vms().length === 0) await lab.ask("GET", "/version");
    expect(await lab.config()).toMatchObject({ lock: "create", name: "worker-1" });
    expect(await lab.done("POST", `${vm}/status/start`)).toMatch(
      /^500 (VM is locked \(create\)|can't lock file)/,
    );
    expect(await made).toBe("OK");
    expect(await lab.config()).toMatchObject({
      cores: 4,
      memory: "8192",
      efidisk0: "local-lvm:vm-201-disk-0,efitype=4m,pre-enrolled-keys=0,size=4M",
      scsi0: "local-lvm:vm-201-disk-1,aio=io_uring,discard=on,size=2G,ssd=1",
      scsi1: "local-lvm:vm-201-disk-2,aio=io_uring,size=1T",
      ide2: "local-lvm:vm-201-cloudinit,media=cdrom,size=4M",
      ide3: "cdrom,media=cdrom",
      net0: "virtio=BC:24:11:00:00:01,bridge=vmbr0,firewall=0",
      tags: "rzp;talos",
      digest: expect.stringMatching(/^[0-9a-f]{40}$/),
      smbios1: expect.stringMatching(/^uuid=/),
    });
    expect(await lab.config()).not.toHaveProperty("lock");
  });

  test("has a task that is named as Proxmox names tasks, with a log", async () => {
    await using lab = await startLab();
    const { data: upid } = await lab.ask("POST", `${node}/qemu`, { ...vmForm, ...small });
    expect(upid).toMatch(
      /^UPID:pve1:[0-9A-F]{8}:[0-9A-F]{8}:[0-9A-F]{8}:qmcreate:201:rzp@pve!infra:$/,
    );
    expect(await lab.log(String(upid))).toEqual([
      "efidisk0: successfully created disk 'local-lvm:vm-201-disk-0,size=4M'",
      "ide2: successfully created disk 'local-lvm:vm-201-cloudinit,size=4M'",
      "scsi0: successfully created disk 'local-lvm:vm-201-disk-1,size=8G'",
      "scsi1: successfully created disk 'local-lvm:vm-201-disk-2,size=1T'",
      "TASK OK",
    ]);
  });

  test.for([
    [
      "a number that a VM has",
      {},
      "500 unable to create VM 201 - VM 201 already exists on node 'pve1'",
    ],
    [
      "a number that a container has",
      { vmid: 300 },
      "500 unable to create VM 300 - CT 300 already exists on node 'pve2'",
    ],
    ["a number that is none", { vmid: "x" }, "400 Parameter verification failed."],
    ["a number that is too large", { vmid: 1_000_000_000 }, "400 Parameter verification failed."],
    ["a number below 100", { vmid: 99 }, "400 Parameter verification failed."],
    ["an option that nobody knows", { vmid: 202, coers: 4 }, "400 Parameter verification failed."],
    ["a name that is none", { vmid: 202, name: "worker_1" }, "400 Parameter verification failed."],
    ["an option for root alone", { vmid: 202, args: "-S" }, "500 only root can set 'args' config"],
    [
      "a storage without disks",
      { vmid: 202, scsi1: "local:8" },
      "400 Parameter verification failed.",
    ],
    [
      "a storage that is not there",
      { vmid: 202, scsi1: "nfs:8" },
      "500 storage 'nfs' does not exist",
    ],
    [
      "an image that is not there",
      { vmid: 202, scsi0: "local-lvm:0,import-from=local:import/x.qcow2" },
      "400 Parameter verification failed.",
    ],
    [
      "a disk on no storage",
      { vmid: 202, scsi1: "local-lvm" },
      "500 unable to parse volume ID 'local-lvm'",
    ],
    [
      "a disk of somebody",
      { vmid: 202, scsi1: "local-lvm:vm-9-disk-0" },
      "unable to create VM 202 - volume 'local-lvm:vm-9-disk-0' does not exist",
    ],
    [
      "a disk of no size",
      { vmid: 202, scsi1: "local-lvm:0" },
      "unable to create VM 202 - scsi1: size of a new disk must not be 0",
    ],
    ["a pool that is not there", { vmid: 202, pool: "lab" }, "500 pool 'lab' does not exist"],
  ] as const)("not with %s", async ([, form, said]) => {
    await using lab = await startLab();
    lab.fake.put({ vmid: 300, node: "pve2", type: "lxc" });
    await lab.create(small);
    expect(await lab.create({ ...small, ...form })).toBe(said);
    expect(lab.fake.vms().map(({ vmid }) => vmid)).toEqual([201, 300]);
  });

  test("is none when its image goes meanwhile", async () => {
    await using lab = await startLab({ durations: { qmcreate: 20 } });
    await lab.download();
    const made = lab.create();
    while (lab.fake.vms().length === 0) await lab.ask("GET", "/version");
    await lab.done("DELETE", `${node}/storage/local/content/${encodeURIComponent(image)}`);
    expect(await made).toBe(`unable to create VM 201 - volume '${image}' does not exist`);
    expect(lab.fake.vms()).toEqual([]);
    expect(await lab.used()).toBe(0);
  });

  test("goes only when it is stopped and not protected, with its disks", async () => {
    await using lab = await startLab();
    await lab.create({ ...small, protection: 1, start: 1 });
    const path = `${vm}/?destroy-unreferenced-disks=1&purge=1`;
    expect(await lab.done("DELETE", path)).toBe(
      "500 can't remove VM 201 - protection mode enabled",
    );
    await lab.ask("PUT", `${vm}/config`, { protection: 0 });
    expect(await lab.done("DELETE", path)).toBe("500 VM 201 is running - destroy failed");
    await lab.done("POST", `${vm}/status/stop`);
    expect(await lab.done("DELETE", path)).toBe("OK");
    expect(await lab.ask("GET", `${vm}/status/current`)).toMatchObject({
      status: 500,
      text: "Configuration file 'nodes/pve1/qemu-server/201.conf' does not exist",
    });
    expect(lab.fake.volumes("pve1", "local-lvm")).toEqual([]);
  });
});
