/** The real engine and provider with the fake's templates and clones. */
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { describe, expect, test } from "vitest";
import { startLab } from "../../fakes/proxmox/lab.ts";
import { bootDisk, dataDisk, imageOf, machine, providerOf } from "../machines.ts";
import { makeWorkspace } from "../support.ts";

/** A template, without cloud-init, whose drive would be renamed, and machines that are clones of it. */
const program =
  (endpoint: string): PulumiFn =>
  async () => {
    const provider = providerOf(endpoint);
    const image = imageOf(provider);
    const { vmId } = machine(provider, 900, {
      name: "template-pve1",
      template: true,
      started: false,
      initialization: undefined,
      disks: [{ ...bootDisk(10), importFrom: image.id }],
    });
    for (const [id, full] of [
      [201, true],
      [202, false],
    ] as const)
      machine(provider, id, {
        clone: { vmId, full, retries: 3 },
        disks: [bootDisk(64), dataDisk(1024)],
      });
  };

describe("a template, a full and a linked clone", () => {
  test("are made, stay as they are, and go in an order that lets them", async () => {
    await using lab = await startLab({ scale: 1, durations: { qmclone: 0.3, qmtemplate: 0.3 } });
    await using workspace = await makeWorkspace();
    const stack = await workspace.stack("lab", program(lab.fake.endpoint));
    const { summary } = await stack.up();
    expect(summary.resourceChanges).toEqual({ create: 6 });
    expect(
      lab.fake
        .vms()
        .map(({ vmid, isTemplate, running }) => [vmid, isTemplate, running !== undefined]),
    ).toEqual([
      [201, false, true],
      [202, false, true],
      [900, true, false],
    ]);
    for (const vmid of [201, 202])
      expect(await lab.config(vmid)).toMatchObject({
        scsi0: expect.stringMatching(`^local-lvm:vm-${vmid}-disk-1,.*size=64G`),
        scsi1: expect.stringMatching(`^local-lvm:vm-${vmid}-disk-2,.*size=1T`),
        ipconfig0: `gw=10.0.0.1,ip=10.0.0.${vmid - 180}/24`,
      });
    const clones = lab.fake.volumes("pve1", "local-lvm").filter(({ base }) => base !== undefined);
    expect(new Set(clones.map(({ vmid }) => vmid))).toEqual(new Set([202]));

    await stack.up({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
    await stack.destroy();
    expect(lab.fake.vms()).toEqual([]);
    expect(lab.fake.volumes("pve1", "local-lvm")).toEqual([]);
  });
});
