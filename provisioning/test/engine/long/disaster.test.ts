/** Hosts and state are lost; a backup and a passphrase bring back the same machines. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileStore } from "../../../src/credential-stores/file.ts";
import { hidden, line, nodes, startRack, type Rack } from "../rack.ts";
import { passphrase } from "../support.ts";

let rack: Rack;
beforeAll(async () => {
  rack = await startRack();
});
afterAll(() => rack?.[Symbol.asyncDispose]());

const lines = (problems: readonly Parameters<typeof line>[0][]) => problems.map(line);
/** What makes a machine the one it was. */
const machines = () =>
  rack.fake.vms().map(({ vmid, node, config }) => ({
    vmid,
    node,
    name: config["name"],
    net0: config["net0"],
    ipconfig0: config["ipconfig0"],
  }));

test("the same machines come back, with numbers, addresses and hardware addresses", async () => {
  rack.write({ cluster: 'credentials: "file",' });
  const credentials = fileStore({
    cluster: "rack",
    file: path.join(rack.state, "rack.credentials.age"),
    shown: "",
    passphrase,
  });
  expect(await credentials.set("repository-password", "hunter2")).toBeUndefined();
  expect(lines((await rack.infra("up")).problems)).toEqual([]);
  const before = machines();
  const { text, problems } = await rack.infra("backup");
  expect(lines(problems)).toEqual([]);
  const [file = ""] = text.split("\n");
  const sealed = path.join(rack.root, file);
  const kept = readFileSync(sealed, "utf8");
  expect(kept).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----/);
  for (const secret of [...hidden, "hunter2"]) expect(kept).not.toContain(secret);

  const elsewhere = path.join(rack.root, "kept-elsewhere.age");
  writeFileSync(elsewhere, kept);
  for (const { vmid } of before) rack.fake.remove(vmid);
  rmSync(rack.state, { recursive: true });

  expect(lines((await rack.restore(elsewhere)).problems)).toEqual([]);
  expect(lines((await rack.infra("up")).problems)).toEqual([]);
  expect(machines()).toEqual(before);
  expect(await credentials.read()).toEqual(new Map([["repository-password", "hunter2"]]));
});

test("a machine that is lost with its host is forgotten, and made on another", async () => {
  const { problems, text } = await rack.infra("forget", "worker-2", "image-pve-2");
  expect(lines(problems)).toEqual([]);
  expect(text).toContain("worker-2, image-pve-2 forgotten");
  // Nothing of it answers any more.
  rack.fake.remove(222);
  rack.fake.fail({ kind: "offline-host", host: "pve-2" });
  rack.write({
    nodes: { ...nodes, "worker-2": nodes["worker-2"].replace("pve-2", "pve-1") },
    hosts: { "pve-1": '{ cores: 16, memory: "64Gi", disk: "1800Gi" }' },
  });
  expect(lines((await rack.infra("up")).problems)).toEqual([]);
  expect(rack.fake.vms().find(({ vmid }) => vmid === 222)?.node).toBe("pve-1");
  const nobody = await rack.infra("forget", "worker-9");
  expect(lines(nobody.problems)).toEqual([
    expect.stringMatching(/^CHANGE_GUARDED the state knows no worker-9/),
  ]);
});

test("a restore over a state that knows machines is refused", async () => {
  const { problems } = await rack.restore(path.join(rack.root, "kept-elsewhere.age"));
  expect(lines(problems)).toEqual([expect.stringMatching(/^STATE_EXISTS /)]);
});

test("a file that is none, and one of another passphrase, are told", async () => {
  rmSync(rack.state, { recursive: true });
  const missing = await rack.restore("nowhere.age");
  expect(lines(missing.problems)).toEqual([
    expect.stringMatching(
      /^BACKUP_UNREADABLE nowhere\.age is no backup that this passphrase opens/,
    ),
  ]);
  rmSync(rack.state, { recursive: true });
  const kept = path.join(rack.root, "kept-elsewhere.age");
  const other = await rack.restore(kept, { PULUMI_CONFIG_PASSPHRASE: "another" });
  expect(lines(other.problems)).toEqual([
    expect.stringMatching(/kept-elsewhere\.age is no backup that this passphrase opens/),
  ]);
});
