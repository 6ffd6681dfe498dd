/** What goes wrong in the fake Proxmox VE when a test orders it, how often, and what is the same as before afterwards. */
import { request } from "node:https";
import { describe, expect, test } from "vitest";
import { lines } from "./fakes/proxmox/calls.ts";
import {
  downloadForm,
  node,
  secret,
  small,
  startLab,
  tokenId,
  vm,
  vmForm,
} from "./fakes/proxmox/lab.ts";

const form = { ...vmForm, ...small };

describe("a task", () => {
  test("takes longer, once", async () => {
    await using lab = await startLab();
    lab.fake.fail({ kind: "slow-task", type: "qmcreate", id: 201, seconds: 50 });
    const begin = lab.fake.now();
    expect(await lab.create(small)).toBe("OK");
    expect(lab.fake.now() - begin).toBeGreaterThan(49);
    const { data: upid } = await lab.ask("POST", `${node}/qemu`, { ...form, vmid: 202 });
    const path = `${node}/tasks/${encodeURIComponent(String(upid))}/status`;
    expect((await lab.ask("GET", path)).data).toMatchObject({ status: "stopped" });
  });

  test("fails with its log, and takes back what it began", async () => {
    await using lab = await startLab({ durations: { qmcreate: 2 } });
    const fault = lab.fake.fail({
      kind: "failing-task",
      type: "qmcreate",
      exitStatus: "unable to create VM 201 - lvcreate failed: exit code 5",
      log: ["transferred 1.0 GiB of 2.0 GiB (50.00%)"],
    });
    const { data: upid } = await lab.ask("POST", `${node}/qemu`, form);
    expect(lab.fake.vms()).toHaveLength(1);
    await lab.fake.tasks[0]?.ended;
    expect(await lab.log(String(upid))).toEqual([
      "transferred 1.0 GiB of 2.0 GiB (50.00%)",
      "TASK ERROR: unable to create VM 201 - lvcreate failed: exit code 5",
    ]);
    expect(lab.fake.vms()).toEqual([]);
    expect(fault.happened()).toBe(1);
    expect(await lab.create(small), "again").toBe("OK");
  });

  test("ends with a warning, and has done its work", async () => {
    await using lab = await startLab();
    lab.fake.fail({ kind: "task-with-warnings", type: "qmstart", log: ["WARN: no efidisk"] });
    await lab.create(small);
    expect(await lab.done("POST", `${vm}/status/start`)).toBe("WARNINGS: 1");
    expect(await lab.status()).toMatchObject({ status: "running" });
  });

  test("is not told of: 500, as often as is said", async () => {
    await using lab = await startLab();
    const { data: upid } = await lab.ask("POST", `${node}/qemu`, form);
    const fault = lab.fake.fail({
      kind: "answer",
      method: "GET",
      path: /\/tasks\/.*:qmcreate:201:.*\/status$/,
      status: 500,
      text: "proxy loop detected",
      times: 2,
    });
    const path = `${node}/tasks/${encodeURIComponent(String(upid))}/status`;
    const codes = [];
    for (let count = 0; count < 3; count += 1) codes.push((await lab.ask("GET", path)).status);
    expect(codes).toEqual([500, 500, 200]);
    expect(fault.happened()).toBe(2);
  });
});

describe("a lock", () => {
  const text = "can't lock file '/var/lock/qemu-server/lock-201.conf' - got timeout";

  test("is held by somebody for as many calls as is said, of that machine alone", async () => {
    await using lab = await startLab();
    for (const vmid of [201, 202]) await lab.create({ ...small, vmid });
    lab.fake.fail({ kind: "locked", vmid: 201, times: 2 });
    const grow = (vmid: number): Promise<string> =>
      lab.done("PUT", `${node}/qemu/${vmid}/resize`, { disk: "scsi0", size: "+1G" });
    expect((await lab.ask("GET", `${vm}/config`)).status, "reading needs none").toBe(200);
    expect(await grow(202)).toBe("OK");
    expect([await grow(201), await grow(201), await grow(201)]).toEqual([
      `500 ${text}`,
      `500 ${text}`,
      "OK",
    ]);
  });

  test("is held for one kind of call", async () => {
    await using lab = await startLab();
    await lab.create(small);
    lab.fake.fail({ kind: "locked", vmid: 201, method: "POST", path: /status\/start$/ });
    expect((await lab.ask("PUT", `${vm}/config`, { cores: 2 })).status).toBe(200);
    expect(await lab.done("POST", `${vm}/status/start`)).toBe(`500 ${text}`);
    expect(await lab.done("POST", `${vm}/status/start`)).toBe("OK");
  });

  test("is held by a task, for which a call waits ten seconds", async () => {
    await using lab = await startLab({ durations: { qmstart: 5, qmstop: 20 } });
    await lab.create(small);
    await lab.ask("POST", `${vm}/status/start`);
    const begin = lab.fake.now();
    expect((await lab.ask("PUT", `${vm}/config`, { cores: 2 })).status).toBe(200);
    expect(lab.fake.now() - begin, "it waited").toBeGreaterThan(2);
    await lab.ask("POST", `${vm}/status/stop`);
    expect(await lab.ask("PUT", `${vm}/config`, { cores: 4 })).toMatchObject({ status: 500, text });
    expect(await lab.config()).toMatchObject({ cores: 2 });
  });
});

describe("a number", () => {
  test("is taken by a moment: what is there is somebody else's", async () => {
    await using lab = await startLab();
    lab.fake.fail({ kind: "race", vmid: 201, node: "pve2" });
    expect(await lab.create(small)).toBe(
      "500 unable to create VM 201 - VM 201 already exists on node 'pve2'",
    );
    expect(lab.fake.vms()).toMatchObject([
      { vmid: 201, node: "pve2", config: { name: "somebody-elses" } },
    ]);
  });
});

describe("a host and a storage", () => {
  test("a full storage takes nothing until it is lifted, on that host alone", async () => {
    await using lab = await startLab();
    const fault = lab.fake.fail({ kind: "full-storage", storage: "local-lvm", host: "pve1" });
    expect(await lab.create(small)).toMatch(
      /free space in thin pool local-lvm\/data reached threshold/,
    );
    expect((await lab.ask("GET", `${node}/storage`)).data).toMatchObject([
      {},
      { storage: "local-lvm", avail: 0 },
    ]);
    expect(await lab.create({ ...small, vmid: 202 }, "pve2")).toBe("OK");
    fault.lift();
    expect(await lab.create(small)).toBe("OK");
  });

  test("a host that is offline is named by the others, and nothing on it answers", async () => {
    await using lab = await startLab();
    await lab.create(small);
    const fault = lab.fake.fail({ kind: "offline-host", host: "pve1" });
    expect(await lab.ask("GET", `${node}/status`)).toMatchObject({
      status: 595,
      text: "No route to host",
    });
    expect((await lab.ask("GET", "/nodes")).data).toMatchObject([
      { node: "pve1", status: "offline" },
      { node: "pve2", status: "online" },
    ]);
    expect((await lab.ask("GET", "/cluster/resources", { type: "vm" })).data).toMatchObject([
      { vmid: 201, status: "unknown" },
    ]);
    fault.lift();
    expect(await lab.status()).toMatchObject({ status: "stopped" });
  });

  test("a host that is not there is another mistake", async () => {
    await using lab = await startLab();
    expect((await lab.ask("GET", "/nodes/pve9/status")).text).toBe(
      "hostname lookup 'pve9' failed - failed to get address info for: pve9: Name or service not known",
    );
  });
});

describe("a connection", () => {
  test.for([
    ["before", []],
    ["after", [201]],
  ] as const)("that is cut %s the call was carried out", async ([when, made]) => {
    await using lab = await startLab();
    lab.fake.fail({ kind: "cut", when, method: "POST", path: /\/qemu$/ });
    await expect(lab.create(small)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(lab.fake.vms().map(({ vmid }) => vmid)).toEqual(made);
    expect(lab.fake.calls.at(-1)).toMatchObject({ method: "POST", status: 0 });
  });

  test("that whoever asks cuts in the middle of a call is no call", async () => {
    await using lab = await startLab();
    const url = new URL(`api2/json${node}/qemu`, lab.fake.endpoint);
    const headers = { authorization: `PVEAPIToken=${tokenId}=${secret}`, "content-length": 100 };
    const begun = request(url, { method: "POST", ca: lab.fake.certificate, headers });
    await new Promise((resolve) => {
      begun.on("error", resolve);
      begun.write("vmid=201&", () => setTimeout(() => begun.destroy(), 20));
    });
    expect((await lab.ask("GET", "/version")).status).toBe(200);
    expect(lines(lab.fake.calls)).toEqual(["GET /version"]);
  });

  test("that is cut while the task runs leaves the task to itself", async () => {
    await using lab = await startLab({ durations: { qmcreate: 10 } });
    lab.fake.fail({ kind: "cut", when: "after", method: "POST", path: /\/qemu$/ });
    await expect(lab.create(small)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(lab.fake.vms()).toMatchObject([{ lock: "create" }]);
    await lab.fake.tasks[0]?.ended;
    expect(await lab.config()).not.toHaveProperty("lock");
  });
});

describe("what a person does", () => {
  test("a machine is changed, or gone with its disks", async () => {
    await using lab = await startLab();
    await lab.create(small);
    lab.fake.edit(201, { cores: 1, tags: undefined });
    expect(await lab.config()).toMatchObject({ cores: 1 });
    expect(await lab.config()).not.toHaveProperty("tags");
    expect(() => lab.fake.edit(202, { cores: 1 })).toThrow("no VM 202 to edit");
    lab.fake.remove(201);
    expect((await lab.ask("GET", `${vm}/config`)).status).toBe(500);
    expect(await lab.used()).toBe(0);
  });
});

describe("the log of calls", () => {
  test("has every call in its order, with what was sent and answered, and no secret", async () => {
    await using lab = await startLab();
    await lab.download();
    await lab.download();
    expect(lines(lab.fake.calls)).toEqual([
      `POST ${node}/storage/local/download-url`,
      `POST ${node}/storage/local/download-url 500`,
    ]);
    const { "verify-certificates": _number, ...sent } = downloadForm;
    expect(lab.fake.calls.at(-1)).toMatchObject({
      params: sent,
      text: "refusing to override existing file 'talos.qcow2'",
    });
    expect(JSON.stringify(lab.fake.calls)).not.toContain("PVEAPIToken");
  });
});
