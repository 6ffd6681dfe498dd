/**
 * What the real provider makes of what goes wrong: the surprises that preflight, guard and docs of RZP are there for. When
 * one of these is another way with a newer provider, they can be thought over.
 */
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Fault } from "../../fakes/proxmox/faults.ts";
import { startLab, type Lab } from "../../fakes/proxmox/lab.ts";
import { dataDisk, machine, providerOf } from "../machines.ts";
import { makeWorkspace, type Workspace } from "../support.ts";

/** One machine with an empty disk. */
const program =
  (endpoint: string, vmId: number): PulumiFn =>
  async () => {
    const memory = { dedicated: 1024, floating: 0 };
    const { vmId: number } = machine(providerOf(endpoint), vmId, { memory, disks: [dataDisk(8)] });
    return { number };
  };

describe("the real provider", () => {
  let workspace: Workspace;
  let lab: Lab;
  let vmid = 200;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    lab = await startLab({ scale: 1 });
  });
  afterAll(async () => {
    await lab?.[Symbol.asyncDispose]();
    await workspace?.[Symbol.asyncDispose]();
  });

  /** A stack with a machine of its own for each test. */
  const stack = () => {
    vmid += 1;
    return workspace.stack(`lab-${vmid}`, program(lab.fake.endpoint, vmid));
  };
  const own = () => lab.fake.vms().find((one) => one.vmid === vmid);
  const creates = (): number =>
    lab.fake.calls.filter(
      ({ path, params }) => path.endsWith("/qemu") && params["vmid"] === String(vmid),
    ).length;

  test("takes a machine over whose number was taken a moment before: somebody else's is destroyed with ours", async () => {
    const opened = await stack();
    lab.fake.fail({ kind: "race", vmid });
    await opened.up();
    expect(own()?.config["name"], "it is not even named as ours").toBe("somebody-elses");
    await opened.destroy();
    expect(own()).toBeUndefined();
  });

  test.for([
    [
      "a lock that is held twice on create",
      3,
      { kind: "locked", method: "POST", path: /\/qemu$/, times: 2 },
    ],
    [
      "a create that ends with a warning",
      1,
      { kind: "task-with-warnings", type: "qmcreate", log: ["WARN: x"] },
    ],
  ] as const)("goes on after %s", async ([, tries, fault]) => {
    const opened = await stack();
    lab.fake.fail(fault.kind === "locked" ? { ...fault, vmid } : fault);
    const { summary } = await opened.up();
    expect(summary.resourceChanges).toEqual({ create: 3 });
    expect(own()).toMatchObject({ running: {}, config: { name: `worker-${vmid}` } });
    expect(creates()).toBe(tries);
    await opened.up({ expectNoChanges: true });
  });

  const onCreate = { method: "POST", path: /\/qemu$/ } as const;
  const onCreateTask = { method: "GET", path: /:qmcreate:\d+:.*\/status$/ } as const;
  test.for([
    ["when the connection is cut before the call", { kind: "cut", when: "before", ...onCreate }, 2],
    ["when the connection is cut after it", { kind: "cut", when: "after", ...onCreate }, 3],
    [
      "when the host does not tell of the task",
      { kind: "answer", status: 500, text: "proxy loop detected", ...onCreateTask },
      4,
    ],
  ] as const)(
    "stops %s, knows of no machine, and makes or takes it over with the next up",
    async ([, fault, tries]) => {
      const opened = await stack();
      lab.fake.fail(fault);
      await expect(opened.up()).rejects.toThrow(/EOF|connection reset|proxy loop/);
      // What it made and does not know of is nobody's until then.
      expect(own() === undefined).toBe(fault.kind === "cut" && fault.when === "before");
      expect((await opened.exportStack()).deployment.resources).not.toContainEqual(
        expect.objectContaining({ type: "proxmoxve:index/vmLegacy:VmLegacy" }),
      );
      await opened.up();
      expect(own()).toMatchObject({ running: {}, config: { name: `worker-${vmid}` } });
      expect(creates()).toBe(tries);
    },
  );

  test("stops when a lock is held on start, and starts it the next time", async () => {
    const opened = await stack();
    lab.fake.fail({ kind: "locked", vmid, method: "POST", path: /status\/start$/ });
    await expect(opened.up()).rejects.toThrow(/can't lock file/);
    expect(own()?.running).toBeUndefined();
    await opened.up();
    expect(own()?.running).toBeDefined();
    expect(creates()).toBe(1);
  });

  test.for([
    [
      "a task that fails",
      { kind: "failing-task", type: "qmcreate", exitStatus: "lvcreate failed" },
      /lvcreate failed/,
    ],
    ["no room", { kind: "full-storage", storage: "local-lvm" }, /reached threshold/],
    [
      "no privilege",
      { kind: "missing-privilege", token: "rzp@pve!infra", privilege: "VM.Allocate" },
      /VM\.Allocate/,
    ],
    ["a host that is offline", { kind: "offline-host", host: "pve1" }, /No route to host/],
  ] as const)(
    "says what Proxmox says of %s, has made nothing, and does it once that is mended",
    async ([, fault, said]) => {
      const opened = await stack();
      const ordered = lab.fake.fail(fault satisfies Fault);
      await expect(opened.up()).rejects.toThrow(said);
      expect(own()).toBeUndefined();
      ordered.lift();
      await opened.up();
      expect(own()?.running).toBeDefined();
    },
  );
});
