/**
 * The real engine and the real provider of Proxmox machines against the fake: what this proves is that they and the fake
 * agree, not what RZP's own program does with them.
 */
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MiB } from "../fakes/proxmox/bytes.ts";
import { lines } from "../fakes/proxmox/calls.ts";
import { secret, startLab, type Lab } from "../fakes/proxmox/lab.ts";
import { bootDisk, dataDisk, imageOf, machine, providerOf } from "./machines.ts";
import { makeWorkspace, passphrase, type Workspace } from "./support.ts";

interface Wanted {
  readonly memory?: number;
  readonly data?: number;
}

/** An image and two machines with a disk for the system and one for data. */
const program =
  (endpoint: string, { memory = 8192, data = 1024 }: Wanted): PulumiFn =>
  async () => {
    const provider = providerOf(endpoint);
    const image = imageOf(provider);
    const machines = [201, 202].map((vmId) =>
      machine(provider, vmId, {
        memory: { dedicated: memory, floating: 0 },
        disks: [{ ...bootDisk(64), importFrom: image.id }, dataDisk(data)],
      }),
    );
    return { numbers: machines.map(({ vmId }) => vmId) };
  };

const urnOf = (name: string) => `urn:pulumi:lab::rzp::proxmoxve:index/vmLegacy:VmLegacy::${name}`;

/** Real seconds, which is what the provider counts in. */
const durations = { download: 0.3, qmcreate: 0.3, qmstart: 0.3, qmstop: 0.3, qmdestroy: 0.3 };

describe("the real engine and provider, from nothing and back", () => {
  let lab: Lab;
  let workspace: Workspace;

  beforeAll(async () => {
    lab = await startLab({ scale: 1, durations });
    workspace = await makeWorkspace();
  });
  afterAll(async () => {
    await lab?.[Symbol.asyncDispose]();
    await workspace?.[Symbol.asyncDispose]();
  });

  const stack = (wanted: Wanted = {}) => workspace.stack("lab", program(lab.fake.endpoint, wanted));
  const options = () => lab.fake.vms().find(({ vmid }) => vmid === 201)?.config;
  /** What was sent for the first machine, without what was only asked. */
  const sentSince = (count: number): string[] =>
    lines(
      lab.fake.calls
        .slice(count)
        .filter(({ method, path }) => method !== "GET" && path.includes("/qemu/201/")),
    );

  test("up makes an image and two machines that run", async () => {
    const { summary } = await (await stack()).up();
    expect(summary.resourceChanges).toEqual({ create: 5 });
    const vms = lab.fake.vms();
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
      net0: "virtio=BC:24:11:00:02:01,bridge=vmbr0,firewall=0",
    });
  });

  test("what it sent for the image and one machine, in that order", () => {
    const sent = lab.fake.calls.filter(({ method }) => method !== "GET");
    const ofOne = sent.filter(({ path, params }) => !/202/.test(`${path} ${params["vmid"]}`));
    expect(lines(ofOne)).toEqual([
      "POST /nodes/pve1/storage/local/download-url",
      "POST /nodes/pve1/qemu",
      "PUT /nodes/pve1/qemu/201/resize",
      "POST /nodes/pve1/qemu/201/status/start",
    ]);
  });

  test("up again finds nothing to do", async () => {
    const before = lab.fake.calls.length;
    const { summary } = await (await stack()).up({ expectNoChanges: true });
    expect(summary.resourceChanges).toEqual({ same: 5 });
    expect(lab.fake.calls.length).toBe(before);
  });

  test("refresh sees machines as it made them", async () => {
    const { summary } = await (await stack()).refresh({ expectNoChanges: true });
    expect(summary.resourceChanges).toEqual({ same: 5 });
  });

  test("a person's change is seen by refresh alone, and put back", async () => {
    lab.fake.edit(201, { cores: 2 });
    await (await stack()).up({ expectNoChanges: true });
    const { summary } = await (await stack()).up({ refresh: true });
    expect(summary.resourceChanges).toEqual({ same: 4, update: 1 });
    expect(lab.fake.vms()[0]?.config["cores"]).toBe(4);
  });

  test("more memory comes without a restart", async () => {
    const before = lab.fake.calls.length;
    const { summary } = await (await stack({ memory: 16384 })).up();
    expect(summary.resourceChanges).toEqual({ same: 3, update: 2 });
    expect(options()).toMatchObject({ memory: "16384" });
    expect(await lab.status()).toMatchObject({ maxmem: 8192 * MiB });
    expect(sentSince(before)).toEqual(["PUT /nodes/pve1/qemu/201/config"]);
    await (await stack({ memory: 16384 })).up({ expectNoChanges: true });
  });

  test("a larger disk comes without a restart", async () => {
    const before = lab.fake.calls.length;
    await (await stack({ memory: 16384, data: 2048 })).up();
    expect(options()).toMatchObject({
      scsi1: expect.stringMatching(/^local-lvm:vm-201-disk-2,.*size=2T/),
    });
    expect(sentSince(before).filter((line) => !/\/(config|resize)$/.test(line))).toEqual([]);
    await (await stack({ memory: 16384, data: 2048 })).up({ expectNoChanges: true });
  });

  test("both at once: memory changes, the disk is refused, and comes with the next up", async () => {
    const both = await stack({ memory: 24576, data: 3072 });
    // One machine: after the refusal of one the engine may begin with no other, which then needs one more `up`.
    const target = [urnOf("vm-201")];
    await expect(both.up({ target })).rejects.toThrow(
      "cannot resize disks while the VM is running",
    );
    expect(options()).toMatchObject({ memory: "24576", scsi1: expect.stringMatching("size=2T") });
    await both.up({ target });
    expect(options()).toMatchObject({ memory: "24576", scsi1: expect.stringMatching("size=3T") });
  });

  test("a smaller disk is refused before anything is resized", async () => {
    const before = lab.fake.calls.length;
    const smaller = await stack({ memory: 24576, data: 512 });
    await expect(smaller.up()).rejects.toThrow(/shrink/);
    expect(sentSince(before).filter((line) => line.endsWith("/resize"))).toEqual([]);
  });

  test("the state holds no secret in plain", async () => {
    const text = await workspace.stateText();
    expect(text).toContain("proxmoxve:index/vmLegacy:VmLegacy");
    for (const hidden of [secret, passphrase]) expect(text).not.toContain(hidden);
  });

  test("destroy leaves nothing", async () => {
    const { summary } = await (await stack()).destroy({ refresh: true });
    expect(summary.resourceChanges).toEqual({ delete: 5 });
    expect(lab.fake.vms()).toEqual([]);
    expect(lab.fake.volumes("pve1", "local")).toEqual([]);
    expect(lab.fake.volumes("pve1", "local-lvm")).toEqual([]);
  });
});
