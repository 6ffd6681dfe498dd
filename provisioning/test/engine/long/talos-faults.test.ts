/** What goes wrong before a cluster of Talos is whole, and what the next run makes of it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { line, startSite, type Site } from "../talos-site.ts";

const lines = (problems: readonly Parameters<typeof line>[0][]) => problems.map(line);
const bootstraps = async ({ fake }: Site) =>
  ((await fake.state()).calls ?? []).filter(({ method }) => method === "Bootstrap");

/** One control plane and a worker: less to wait for. */
const small = (net: number) => {
  const size = { cpu: "4", memory: "8Gi", installDisk: "/dev/sda" };
  return startSite(
    net,
    {},
    {
      nodes: {
        "control-1": { ...size, address: `127.0.${net}.11`, controlPlane: true },
        "worker-1": { ...size, address: `127.0.${net}.21` },
      },
      apiServer: { addresses: [`127.0.${net}.11`], port: 6443 },
    },
  );
};

test("a node that does not answer is named, with its address; nothing is given to the others", async () => {
  await using site = await small(51);
  await site.fake.fault({
    kind: "fail",
    node: site.address("worker-1"),
    method: "Version",
    text: "i/o timeout",
  });
  const { problems, progress } = await site.bring({ minutes: 0.02 });
  expect(lines(problems)).toEqual([
    expect.stringMatching(
      /^TALOS_NODE_AWAY worker-1 does not answer at 127\.0\.51\.21:50000 after/,
    ),
  ]);
  expect(progress[0]).toBe("waiting: worker-1 (127.0.51.21) does not answer");
  const { nodes } = await site.fake.state();
  expect(nodes.map(({ stage }) => stage)).toEqual(["maintenance", "maintenance"]);
});

test("a configuration that a node refuses, and connections that break: told, and gone on with", async () => {
  await using site = await small(52);
  await site.fake.fault({
    kind: "fail",
    node: site.address("worker-1"),
    method: "ApplyConfiguration",
    text: "disk is full",
    count: 1,
  });
  const refused = await site.bring();
  expect(lines(refused.problems)).toEqual([
    expect.stringMatching(/^TALOS_FAILED worker-1: .*disk is full/),
  ]);
  // What was asked is done, and the answer is lost.
  await site.fake.fault({ kind: "cut", method: "ApplyConfiguration", count: 1 });
  await site.fake.fault({ kind: "cut", method: "Bootstrap", count: 1 });
  await site.fake.fault({ kind: "not-yet", node: site.address("control-1"), count: 1 });
  const { problems } = await site.bring();
  expect(lines(problems)).toEqual([]);
  expect((await site.fake.state()).nodes.map(({ stage, boots }) => [stage, boots])).toEqual([
    ["running", 1],
    ["running", 1],
  ]);
});

test.for(["ApplyConfiguration", "Bootstrap"])(
  "killed right after %s: the next run goes on, and etcd has begun once",
  async (method) => {
    await using site = await small(method === "Bootstrap" ? 53 : 54);
    // It hangs there, with what was asked done or not.
    await site.fake.fault({ kind: "slow", method, millis: 3_000, count: 1 });
    const child = spawn(
      process.execPath,
      [
        path.join(import.meta.dirname, "../talos-bring.ts"),
        site.root,
        JSON.stringify(site.facts.cluster),
      ],
      { stdio: "inherit" },
    );
    const ended = once(child, "exit");
    const asked = async (): Promise<boolean> =>
      ((await site.fake.state()).calls ?? []).some((call) => call.method === method);
    while (!(await asked())) await sleep(100);
    child.kill("SIGKILL");
    await ended;
    // Its machine secrets are the cluster's: were they lost, its nodes would take nothing any more.
    expect(existsSync(path.join(site.root, ".infra/talos/rack.age"))).toBe(true);
    const { problems } = await site.bring();
    expect(lines(problems)).toEqual([]);
    const { nodes } = await site.fake.state();
    expect(nodes.map(({ stage, etcd }) => [stage, etcd])).toEqual([
      ["running", true],
      ["running", false],
    ]);
    expect((await bootstraps(site)).every(({ node }) => node === site.address("control-1"))).toBe(
      true,
    );
  },
);

test("nodes with a configuration of another cluster are not touched", async () => {
  await using site = await small(55);
  expect(lines((await site.bring()).problems)).toEqual([]);
  for (const node of ["control-1", "worker-1"]) await site.fake.reset(site.address(node));
  // Made anew from elsewhere, with secrets of its own.
  const elsewhere = { RZP_STATE: path.join(site.root, "elsewhere") };
  expect(lines((await site.bring({ variables: elsewhere })).problems)).toEqual([]);
  const before = ((await site.fake.state()).calls ?? []).length;
  const { problems } = await site.bring();
  expect(lines(problems)).toEqual(
    ["control-1", "worker-1"].map((node) =>
      expect.stringMatching(`^TALOS_SECRETS ${node} at .* has a configuration of another cluster`),
    ),
  );
  const calls = ((await site.fake.state()).calls ?? []).slice(before);
  expect(calls.filter(({ method }) => method !== "Version")).toEqual([]);
});
