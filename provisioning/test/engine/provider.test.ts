/**
 * The real engine and the real provider of Proxmox machines against the fake: what this proves is that they and the fake
 * agree, not what RZP's own program does with them.
 */
import * as proxmox from "@muhlba91/pulumi-proxmoxve";
import { File } from "@muhlba91/pulumi-proxmoxve/download/index.js";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everything } from "../fakes/proxmox/access.ts";
import { GiB, MiB } from "../fakes/proxmox/bytes.ts";
import { lines } from "../fakes/proxmox/calls.ts";
import { startFakeProxmox, type FakeProxmox } from "../fakes/proxmox/server.ts";
import { makeWorkspace, passphrase, type Workspace } from "./support.ts";

const secret = "00000000-0000-4000-8000-000000000001";
const sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const url = "https://factory.talos.dev/image/abc/v1.11.0/nocloud-amd64.qcow2";

const boot = { datastoreId: "local-lvm", iothread: true, ssd: true, discard: "on" };

/** An image and two machines with a disk for the system and one for data. */
const program =
  (endpoint: string, memory: number): PulumiFn =>
  async () => {
    const provider = new proxmox.Provider("proxmox", {
      endpoint,
      apiToken: `rzp@pve!infra=${secret}`,
      insecure: true,
    });
    const image = new File(
      "image",
      {
        nodeName: "pve1",
        datastoreId: "local",
        contentType: "import",
        url,
        fileName: "talos-v1.11.0.qcow2",
        checksum: sha256,
        checksumAlgorithm: "sha256",
        overwrite: false,
      },
      { provider },
    );
    const machines = [201, 202].map(
      (vmId) =>
        new proxmox.VmLegacy(
          `vm-${vmId}`,
          {
            nodeName: "pve1",
            vmId,
            name: `worker-${vmId}`,
            tags: ["rzp", "talos"],
            bios: "ovmf",
            machine: "q35",
            scsiHardware: "virtio-scsi-single",
            bootOrders: ["scsi0"],
            operatingSystem: { type: "l26" },
            cpu: { cores: 4, type: "host" },
            memory: { dedicated: memory, floating: 0 },
            efiDisk: { datastoreId: "local-lvm", type: "4m" },
            agent: { enabled: true, waitForIp: { disabled: true } },
            serialDevices: [{ device: "socket" }],
            networkDevices: [{ bridge: "vmbr0", macAddress: `BC:24:11:00:00:${vmId - 200}0` }],
            disks: [
              { ...boot, interface: "scsi0", size: 64, importFrom: image.id },
              { ...boot, interface: "scsi1", size: 1024 },
            ],
            initialization: {
              datastoreId: "local-lvm",
              ipConfigs: [{ ipv4: { address: `10.0.0.${vmId - 180}/24`, gateway: "10.0.0.1" } }],
            },
            stopOnDestroy: true,
            rebootAfterUpdate: false,
          },
          { provider, ignoreChanges: ["disks[0].speed", "disks[1].speed"] },
        ),
    );
    return { numbers: machines.map(({ vmId }) => vmId) };
  };

describe("the real engine and provider, from nothing and back", () => {
  let fake: FakeProxmox;
  let workspace: Workspace;

  beforeAll(async () => {
    fake = await startFakeProxmox({
      hosts: [{ name: "pve1", cores: 32, memory: 128 * GiB }],
      tokens: [{ id: "rzp@pve!infra", secret, grants: everything }],
      images: [{ url, size: 300 * MiB, diskSize: 2 * GiB, checksums: { sha256 } }],
      durations: { download: 0.3, qmcreate: 0.3, qmstart: 0.3, qmstop: 0.3, qmdestroy: 0.3 },
    });
    workspace = await makeWorkspace();
  });
  afterAll(async () => {
    await fake?.stop();
    await workspace?.[Symbol.asyncDispose]();
  });

  const stack = (memory = 8192) => workspace.stack("lab", program(fake.endpoint, memory));

  test("up makes an image and two machines that run", async () => {
    const { summary } = await (await stack()).up();
    expect(summary.resourceChanges).toEqual({ create: 5 });
    const vms = fake.vms();
    expect(vms.map(({ vmid, node, lock }) => ({ vmid, node, lock }))).toEqual([
      { vmid: 201, node: "pve1", lock: undefined },
      { vmid: 202, node: "pve1", lock: undefined },
    ]);
    expect(vms.every(({ running }) => running !== undefined)).toBe(true);
    expect(vms[0]?.config).toMatchObject({
      name: "worker-201",
      cores: 4,
      memory: "8192",
      tags: "rzp;talos",
      scsi0: expect.stringMatching(/^local-lvm:vm-201-disk-1,.*size=64G/),
      scsi1: expect.stringMatching(/^local-lvm:vm-201-disk-2,.*size=1T/),
      net0: "virtio=BC:24:11:00:00:10,bridge=vmbr0,firewall=0",
    });
  });

  test("what it sent for the image and one machine is what the reference lists, in that order", () => {
    const sent = fake.calls.filter(({ method }) => method !== "GET");
    const ofOne = sent.filter(({ path, params }) => !/202/.test(`${path} ${params["vmid"]}`));
    expect(lines(ofOne)).toEqual([
      "POST /nodes/pve1/storage/local/download-url",
      "POST /nodes/pve1/qemu",
      "PUT /nodes/pve1/qemu/201/resize",
      "POST /nodes/pve1/qemu/201/status/start",
    ]);
  });

  test("up again finds nothing to do", async () => {
    const before = fake.calls.length;
    const { summary } = await (await stack()).up({ expectNoChanges: true });
    expect(summary.resourceChanges).toEqual({ same: 5 });
    expect(fake.calls.length).toBe(before);
  });

  test("refresh sees machines as it made them", async () => {
    const { summary } = await (await stack()).refresh({ expectNoChanges: true });
    expect(summary.resourceChanges).toEqual({ same: 5 });
  });

  test("a person's change is seen by refresh alone, and put back", async () => {
    fake.edit(201, { cores: 2 });
    await (await stack()).up({ expectNoChanges: true });
    const { summary } = await (await stack()).up({ refresh: true });
    expect(summary.resourceChanges).toEqual({ same: 4, update: 1 });
    expect(fake.vms()[0]?.config["cores"]).toBe(4);
  });

  test("the state holds no secret in plain", async () => {
    const text = await workspace.stateText();
    expect(text).toContain("proxmoxve:index/vmLegacy:VmLegacy");
    for (const hidden of [secret, passphrase]) expect(text).not.toContain(hidden);
  });

  test("destroy leaves nothing", async () => {
    const { summary } = await (await stack()).destroy();
    expect(summary.resourceChanges).toEqual({ delete: 5 });
    expect(fake.vms()).toEqual([]);
    expect(fake.volumes("pve1", "local")).toEqual([]);
    expect(fake.volumes("pve1", "local-lvm")).toEqual([]);
  });
});
