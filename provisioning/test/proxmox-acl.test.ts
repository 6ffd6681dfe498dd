/** How the fake Proxmox VE reads access control lists: paths, what holds below them, pools. */
import { describe, expect, test } from "vitest";
import type { Grant } from "./fakes/proxmox/access.ts";
import { needed, node, small, startLab, vm, machinePrivileges } from "./fakes/proxmox/lab.ts";

describe("access control lists", () => {
  test("are told with whether they hold below their path", async () => {
    const grants: Grant[] = [
      { path: "/", privileges: ["Sys.Audit"], propagate: false },
      { path: "/vms", privileges: ["VM.Audit"] },
    ];
    await using lab = await startLab({}, grants);
    expect((await lab.ask("GET", "/access/permissions")).data).toEqual({
      "/": { "Sys.Audit": 0 },
      "/vms": { "VM.Audit": 1 },
    });
    const one = await lab.ask("GET", "/access/permissions", { path: "/vms/201" });
    expect(one.data).toEqual({ "/vms/201": { "VM.Audit": 1 } });
  });

  test("the nearest one counts, and takes the place of those above", async () => {
    await using lab = await startLab({}, [
      { path: "/vms", privileges: ["VM.Audit", "VM.PowerMgmt"] },
      { path: "/vms/201", privileges: ["VM.Audit"] },
    ]);
    for (const vmid of [201, 202]) lab.fake.put({ vmid, node: "pve1" });
    const begin = (vmid: number) => lab.done("POST", `${node}/qemu/${vmid}/status/start`);
    expect(await begin(201)).toBe("403 Permission check failed (/vms/201, VM.PowerMgmt)");
    expect(await begin(202)).toBe("OK");
  });

  test("one that does not propagate holds for its path alone", async () => {
    await using lab = await startLab({}, [
      { path: "/vms", privileges: ["VM.Audit"], propagate: false },
    ]);
    lab.fake.put({ vmid: 201, node: "pve1" });
    expect((await lab.ask("GET", "/cluster/resources", { type: "vm" })).data).toEqual([]);
  });

  test.for([
    [{ path: "/vms", privileges: ["VM.Monitor"] }, "no privilege of Proxmox VE 9: VM.Monitor"],
    [{ path: "vms/201", privileges: [] }, "no path of an access control list: vms/201"],
    [{ path: "/vms/", privileges: [] }, "no path of an access control list: /vms/"],
  ] as const)("a test that grants %o is told: %s", async ([grant, text]) => {
    await expect(startLab({}, [grant])).rejects.toThrow(text);
  });

  test("of pools give their privileges to their members", async () => {
    await using lab = await startLab({}, [
      { path: "/pool/rzp", privileges: ["Pool.Allocate", ...machinePrivileges] },
      ...needed.filter(({ path }) => path !== "/vms"),
    ]);
    await lab.ask("POST", "/pools", { poolid: "rzp" });
    expect(await lab.create(small)).toBe("403 Permission check failed (/vms/201, VM.Allocate)");
    expect(await lab.create({ ...small, pool: "rzp" })).toBe("OK");
    expect(await lab.done("POST", `${vm}/status/start`)).toBe("OK");
  });
});
