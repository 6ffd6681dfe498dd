/** What tokens may do in the fake Proxmox VE, as access control lists of Proxmox VE 9 say it, and what they are told. */
import { describe, expect, test } from "vitest";
import { everything, type Grant } from "./fakes/proxmox/access.ts";
import { GiB } from "./fakes/proxmox/bytes.ts";
import { clientOf, type Client } from "./fakes/proxmox/client.ts";
import {
  downloadForm,
  machinePrivileges,
  needed,
  vmForm,
  type Lab,
  node,
  secret,
  small,
  startLab,
  tokenId,
  url,
  vm,
} from "./fakes/proxmox/lab.ts";

/** Made what a token of fewer privileges finds. */
const owner = { id: "owner@pve!all", secret, grants: everything };
const asOwner = ({ fake }: Lab): Client => clientOf(fake, `${owner.id}=${secret}`);

const without = (privilege: string): Grant[] =>
  needed.map((grant) => ({
    ...grant,
    privileges: grant.privileges.filter((one) => one !== privilege),
  }));

describe("the privileges that are needed", () => {
  test("are enough for an image and a machine, from beginning to end", async () => {
    await using lab = await startLab({}, needed);
    expect(await lab.download()).toBe("OK");
    expect(await lab.create()).toBe("OK");
    expect(await lab.done("PUT", `${vm}/resize`, { disk: "scsi0", size: "64G" })).toBe("OK");
    expect(await lab.done("POST", `${vm}/status/start`)).toBe("OK");
    expect(await lab.done("POST", `${vm}/status/stop`)).toBe("OK");
    expect(await lab.done("DELETE", vm)).toBe("OK");
  });

  test.for([
    ["VM.Allocate", "/vms/201, VM.Allocate"],
    ["VM.Config.Disk", "/vms/201, VM.Config.Disk"],
    ["VM.Config.CDROM", "/vms/201, VM.Config.CDROM"],
    ["VM.Config.CPU", "/vms/201, VM.Config.CPU"],
    ["VM.Config.Memory", "/vms/201, VM.Config.Memory"],
    ["VM.Config.HWType", "/vms/201, VM.Config.HWType"],
    ["VM.Config.Options", "/vms/201, VM.Config.Options"],
    ["VM.Config.Network", "/vms/201, VM.Config.Network"],
    ["SDN.Use", "/sdn/zones/localnetwork/vmbr0, SDN.Use"],
    ["Datastore.AllocateSpace", "/storage/local-lvm, Datastore.AllocateSpace"],
  ] as const)("no machine is made without %s", async ([privilege, what]) => {
    await using lab = await startLab({}, without(privilege));
    expect(await lab.create(small)).toBe(`403 Permission check failed (${what})`);
    expect(lab.fake.vms()).toEqual([]);
  });

  test.for([
    ["Sys.Modify", "Permission check failed"],
    ["Sys.Audit", "Permission check failed"],
    [
      "Datastore.AllocateTemplate",
      "Permission check failed (/storage/local, Datastore.AllocateTemplate)",
    ],
  ] as const)("no image is downloaded without %s", async ([privilege, text]) => {
    await using lab = await startLab({}, without(privilege));
    expect(await lab.download()).toBe(`403 ${text}`);
  });

  test("no machine is made of an image it may not see", async () => {
    const grants: Grant[] = [
      ...needed,
      { path: "/storage/local", privileges: ["Datastore.AllocateTemplate"] },
    ];
    await using lab = await startLab({}, grants);
    await lab.download();
    expect(await lab.create()).toBe(
      "403 Permission check failed (/storage/local, Datastore.Audit|Datastore.AllocateSpace)",
    );
  });

  test("no machine gets a bridge it may not use, a disk from where it may take none, a number that is not its own", async () => {
    const grants: Grant[] = [
      { path: "/vms/201", privileges: machinePrivileges },
      { path: "/vms/300", privileges: ["VM.Allocate"] },
      { path: "/storage/local-lvm", privileges: ["Datastore.Audit"] },
    ];
    await using lab = await startLab({ tokens: [{ id: tokenId, secret, grants }, owner] });
    await asOwner(lab).done("POST", `${node}/qemu`, { ...vmForm, ...small });
    const refused = async (path: string, form: Readonly<Record<string, string>>): Promise<string> =>
      (await lab.ask(path === "move_disk" ? "POST" : "PUT", `${vm}/${path}`, form)).text;
    const space = "Permission check failed (/storage/local-lvm, Datastore.AllocateSpace)";
    expect(await refused("config", { net1: "virtio,bridge=vmbr9" })).toBe(
      "Permission check failed (/sdn/zones/localnetwork/vmbr9, SDN.Use)",
    );
    expect(await refused("resize", { disk: "scsi0", size: "+1G" })).toBe(space);
    expect(await refused("move_disk", { disk: "scsi0", storage: "local-lvm" })).toBe(space);
    expect(await lab.done("POST", `${vm}/clone`, { newid: 300 })).toBe(`403 ${space}`);
    expect(await lab.done("POST", `${vm}/clone`, { newid: 301 })).toBe(
      "403 Permission check failed (/vms/301, VM.Allocate)",
    );
  });

  test("Sys.AccessNetwork on the host stands for both of Sys", async () => {
    const grants = without("Sys.Modify");
    await using lab = await startLab({}, [
      ...grants,
      { path: "/nodes/pve1", privileges: ["Sys.AccessNetwork"] },
    ]);
    expect(await lab.download()).toBe("OK");
    const there = await lab.ask("GET", "/nodes/pve2/query-url-metadata", { url });
    expect(there).toMatchObject({ status: 403, text: "Permission check failed" });
  });

  test.for([
    ["VM.PowerMgmt", "POST", `${vm}/status/start`],
    ["VM.Audit", "GET", `${vm}/config`],
    ["VM.Audit", "GET", `${vm}/status/current`],
    ["VM.Clone", "POST", `${vm}/clone`],
  ] as const)("without %s no %s %s", async ([privilege, method, path]) => {
    await using lab = await startLab();
    await lab.create(small);
    lab.fake.fail({ kind: "missing-privilege", token: tokenId, privilege });
    expect(
      await lab.ask(
        method,
        path,
        method === "POST" && path.endsWith("clone") ? { newid: 300 } : {},
      ),
    ).toMatchObject({
      status: 403,
      text: `Permission check failed (/vms/201, ${privilege})`,
    });
  });
});

describe("a token that may nothing", () => {
  const eachDatastore = "/storage/local, Datastore.Audit|Datastore.AllocateSpace";
  const volume = `${node}/storage/local/content/${encodeURIComponent("local:import/x.qcow2")}`;

  test.for([
    ["GET", `${node}/storage/local/status`, {}, eachDatastore],
    ["GET", `${node}/storage/local/content`, {}, eachDatastore],
    ["GET", volume, {}, eachDatastore],
    ["DELETE", volume, {}, "/storage/local, Datastore.Allocate|Datastore.AllocateTemplate"],
    ["PUT", `${vm}/config`, { cores: 2 }, "/vms/201, VM.Config.CPU"],
    ["PUT", `${vm}/config`, { delete: "memory" }, "/vms/201, VM.Config.Memory"],
    ["POST", `${vm}/config`, { tags: "x" }, "/vms/201, VM.Config.Options"],
    ["PUT", `${vm}/config`, { ciuser: "x" }, "/vms/201, VM.Config.Cloudinit|VM.Config.Network"],
    ["PUT", `${vm}/resize`, { disk: "scsi0", size: "1G" }, "/vms/201, VM.Config.Disk"],
    ["POST", `${vm}/move_disk`, { disk: "scsi0", storage: "x" }, "/vms/201, VM.Config.Disk"],
    ["PUT", `${vm}/cloudinit`, {}, "/vms/201, VM.Config.Cloudinit"],
    ["POST", `${vm}/template`, {}, "/vms/201, VM.Allocate"],
    ["POST", `${vm}/status/stop`, {}, "/vms/201, VM.PowerMgmt"],
    ["POST", `${vm}/agent/ping`, {}, "/vms/201, VM.GuestAgent.Audit|VM.GuestAgent.Unrestricted"],
    ["DELETE", vm, {}, "/vms/201, VM.Allocate"],
    ["POST", "/pools", { poolid: "lab" }, "/pool/lab, Pool.Allocate"],
    ["GET", "/pools", { poolid: "rzp" }, "/pool/rzp, Pool.Audit"],
    ["PUT", "/pools", { poolid: "rzp", comment: "x" }, "/pool/rzp, Pool.Allocate"],
    ["DELETE", "/pools", { poolid: "rzp" }, "/pool/rzp, Pool.Allocate"],
  ] as const)("is refused %s %s %o", async ([method, path, form, what]) => {
    await using lab = await startLab({ tokens: [{ id: tokenId, secret, grants: [] }, owner] });
    await asOwner(lab).ask("POST", "/pools", { poolid: "rzp" });
    lab.fake.put({ vmid: 201, node: "pve1" });
    expect(await lab.ask(method, path, form)).toMatchObject({
      status: 403,
      text: `Permission check failed (${what})`,
    });
  });
});

describe("what a token may not see is not there", () => {
  test("guests, storages and bridges", async () => {
    await using lab = await startLab({}, [{ path: "/vms/201", privileges: ["VM.Audit"] }]);
    for (const vmid of [201, 202]) lab.fake.put({ vmid, node: "pve1" });
    const { data } = await lab.ask("GET", "/cluster/resources", { type: "vm" });
    expect(data).toMatchObject([
      { id: "qemu/201", type: "qemu", node: "pve1", vmid: 201, status: "stopped" },
    ]);
    expect((await lab.ask("GET", `${node}/qemu`)).data).toMatchObject([{ vmid: 201 }]);
    expect((await lab.ask("GET", `${node}/storage`)).data).toEqual([]);
    expect((await lab.ask("GET", `${node}/network`)).data).toEqual([]);
  });

  test("the size of hosts, though they are named", async () => {
    await using lab = await startLab({}, [{ path: "/nodes/pve1", privileges: ["Sys.Audit"] }]);
    expect((await lab.ask("GET", "/nodes")).data).toEqual([
      expect.objectContaining({ node: "pve1", status: "online", maxcpu: 16, maxmem: 64 * GiB }),
      { id: "node/pve2", node: "pve2", type: "node", status: "online" },
    ]);
    expect((await lab.ask("GET", `${node}/status`)).data).toMatchObject({
      cpuinfo: { cpus: 16 },
      memory: { total: 64 * GiB },
    });
    expect((await lab.ask("GET", "/nodes/pve2/status")).text).toBe(
      "Permission check failed (/nodes/pve2, Sys.Audit)",
    );
  });

  test("tasks of others", async () => {
    const other = { id: "other@pve!x", secret, grants: [] };
    await using lab = await startLab({
      tokens: [{ id: tokenId, secret, grants: everything }, other],
    });
    const { data: upid } = await lab.ask(
      "POST",
      `${node}/storage/local/download-url`,
      downloadForm,
    );
    const path = `${node}/tasks/${encodeURIComponent(String(upid))}/status`;
    expect((await lab.ask("GET", path)).data).toMatchObject({
      upid,
      status: "stopped",
      exitstatus: "OK",
      user: "rzp@pve",
      tokenid: "infra",
    });
    const answer = await clientOf(lab.fake, `${other.id}=${secret}`).ask("GET", path);
    expect(answer.text).toBe("Permission check failed (/nodes/pve1, Sys.Audit)");
    const nobodys = `${node}/tasks/${encodeURIComponent(String(upid).replace(":download:", ":resize:"))}/status`;
    expect(await lab.ask("GET", nobodys)).toMatchObject({
      status: 400,
      errors: { upid: "no such task" },
    });
  });
});
