import { stat } from "node:fs/promises";
import { expect, test } from "vitest";
import { startLab } from "../fakes/proxmox/lab.ts";
import { dataDisk, machine, providerOf } from "./machines.ts";
import { makeWorkspace, processesOf } from "./support.ts";

test("a workspace ends what runs in it: the engine and its plugin", async () => {
  await using lab = await startLab({ scale: 1, durations: { qmcreate: 600 } });
  const workspace = await makeWorkspace();
  const stack = await workspace.stack("lab", async () => ({
    number: machine(providerOf(lab.fake.endpoint), 201, { disks: [dataDisk(8)] }).vmId,
  }));
  const given = stack.up().catch((error: Error) => error);
  while (lab.fake.vms().length === 0) await lab.ask("GET", "/version");
  expect((await processesOf(workspace.folder)).length, "engine and plugin").toBeGreaterThanOrEqual(
    2,
  );
  await workspace[Symbol.asyncDispose]();
  expect(await processesOf(workspace.folder)).toEqual([]);
  expect(await given).toBeInstanceOf(Error);
  await expect(stat(workspace.folder)).rejects.toThrow("ENOENT");
});
