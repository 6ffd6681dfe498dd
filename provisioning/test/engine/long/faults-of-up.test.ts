/** What goes wrong in the middle of `up`, and how the next one mends it: no orphan, no foreign machine touched, no lost state. */
import { writeFileSync } from "node:fs";
import { execa } from "execa";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { waitFor } from "../../../../generator/cluster/wait.ts";
import { line, startRack, type Rack, type RackOptions } from "../rack.ts";

let rack: Rack;
const start = async (options?: RackOptions): Promise<void> => {
  rack = await startRack(options);
  // Somebody else's, on the same host.
  rack.fake.put({ vmid: 300, node: "pve-1", config: { name: "nextcloud", memory: "2048" } });
};
afterEach(() => rack?.[Symbol.asyncDispose]());

const numbers = () =>
  rack.fake
    .vms()
    .map(({ vmid }) => vmid)
    .sort();
const up = async () => (await rack.infra("up")).problems.map(line);
const whole = [211, 221, 222, 300];

/** The command in a process of its own. */
const command = (word: string, env: Readonly<Record<string, string>>) =>
  execa(
    process.execPath,
    [path.resolve(import.meta.dirname, "../../../src/cli.ts"), word, "rack"],
    {
      cwd: rack.root,
      env: { ...rack.credentials, INIT_CWD: rack.root, KUBECONFIG: "", RZP_STATE: "", ...env },
      reject: false,
      detached: true,
    },
  );

/** Everything is there once, and the next run finds nothing to do. */
async function expectWhole(): Promise<void> {
  expect(numbers()).toEqual(whole);
  const { text, problems } = await rack.infra("up");
  expect(problems.map(line)).toEqual([]);
  expect(text).toBe("  keep     5\n  kept     5\n");
  expect(rack.fake.vms().find(({ vmid }) => vmid === 300)?.config).toMatchObject({
    name: "nextcloud",
    memory: "2048",
  });
}

test("a task that fails is told with what Proxmox VE says, and the next run makes the rest", async () => {
  await start();
  rack.fake.fail({
    kind: "failing-task",
    type: "qmcreate",
    id: 221,
    exitStatus: "unable to create image: no space left on device",
  });
  const problems = await up();
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(
    /^CHANGE_FAILED worker-1: .*no space left on device.* \| free space on the storage, or make disks smaller$/s,
  );
  expect(await up()).toEqual([]);
  await expectWhole();
});

test("a machine that stays locked is told, and the next run starts it", async () => {
  await start();
  rack.fake.fail({ kind: "locked", vmid: 222, method: "POST", path: /qemu\/222\/status\/start/ });
  const problems = await up();
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(
    /^CHANGE_FAILED worker-2: .*can't lock file.* \| something else works on the machine: wait/s,
  );
  expect(await up()).toEqual([]);
  await expectWhole();
});

test("a connection that is cut in the middle of a create leaves no orphan", async () => {
  await start();
  rack.fake.fail({ kind: "cut", when: "after", method: "POST", path: /\/nodes\/pve-1\/qemu$/ });
  await up();
  expect(await up()).toEqual([]);
  await expectWhole();
});

test("a number that is taken is refused before anything is made", async () => {
  await start();
  rack.fake.put({ vmid: 221, node: "pve-2", config: { name: "somebody-elses" } });
  expect(await up()).toEqual([
    expect.stringMatching(
      /^MACHINE_TAKEN 221 is somebody-elses on pve-2, which this cluster has not made/,
    ),
  ]);
  expect(numbers()).toEqual([221, 300]);
});

test("protection that a person has set is not lifted", async () => {
  await start();
  expect(await up()).toEqual([]);
  rack.fake.edit(222, { protection: 1 });
  const { problems } = await rack.infra("destroy", "control-1", "worker-1", "worker-2");
  expect(problems.map(line).join("\n")).toMatch(/worker-2/);
  expect(numbers()).toContain(222);
});

test("an engine that is killed leaves a lock; freed, the next run goes on where it was", async () => {
  await start({ fake: { durations: { qmcreate: 300 } } });
  const child = command("up", {});
  await waitFor(
    () => rack.fake.calls.some(({ method, path: at }) => method === "POST" && at.endsWith("/qemu")),
    { for: "a create", seconds: 60 },
  );
  process.kill(-(child.pid ?? 0), "SIGKILL");
  await child;

  const locked = await up();
  expect(locked).toEqual([
    expect.stringMatching(
      /^STATE_LOCKED another command works on rack.*npm run infra -- unlock rack$/,
    ),
  ]);
  expect((await rack.infra("unlock")).problems).toEqual([]);
  expect(await up()).toEqual([]);
  await expectWhole();
});

test("an authority that this process trusts is trusted by the provider too", async () => {
  await start();
  rack.write({ verified: true });
  const refused = await command("preview", {});
  expect(refused.stderr).toContain("PROXMOX_UNREACHABLE");
  const file = path.join(rack.root, "pve-root-ca.pem");
  writeFileSync(file, rack.fake.certificate);
  const made = await command("up", { NODE_EXTRA_CA_CERTS: file });
  expect(made.stderr).toMatch(/^machines +\d+\.\d s$/m);
  expect(made.stdout).toContain("rack has its machines. Install Kubernetes on them");
  expect(made.exitCode).toBe(0);
  expect(numbers()).toEqual(whole);
});

test("a wrong passphrase is told before anything is asked of the hosts' machines", async () => {
  await start();
  expect(await up()).toEqual([]);
  const before = rack.fake.calls.length;
  const { problems } = await rack.infraWith({ PULUMI_CONFIG_PASSPHRASE: "another" }, "up");
  expect(problems.map(line)).toEqual([expect.stringMatching(/^STATE_UNREADABLE /)]);
  expect(rack.fake.calls.slice(before).filter(({ method }) => method !== "GET")).toEqual([]);
});
