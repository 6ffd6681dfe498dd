/** One node after the other to another Talos, and every reason not to go on. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { line, schematic, startSite, type Site } from "../talos-site.ts";

let site: Site;
beforeAll(async () => {
  site = await startSite(61, { version: "v1.13.0" });
  const { problems } = await site.bring();
  expect(problems.map(line)).toEqual([]);
});
afterAll(() => site?.[Symbol.asyncDispose]());
afterEach(() => site.fake.mend());

const oneNode = (net: number) => ({
  nodes: {
    "control-1": {
      cpu: "4",
      memory: "8Gi",
      installDisk: "/dev/sda",
      address: `127.0.${net}.11`,
      controlPlane: true,
    },
  },
  apiServer: { addresses: [`127.0.${net}.11`] },
});
const lines = (problems: readonly Parameters<typeof line>[0][]) => problems.map(line);
const to = (version: string) => {
  const { cluster } = site.facts;
  return { ...site.facts, cluster: { ...cluster, talos: { version, schematic } } };
};
const versions = async () => (await site.fake.state()).nodes.map(({ version }) => version);
/** Nodes in the order in which they started again. */
const restarted = async (from: number) =>
  ((await site.fake.state()).calls ?? [])
    .slice(from)
    .filter(({ method }) => method === "Reboot")
    .map(({ node }) => node);
const count = async () => ((await site.fake.state()).calls ?? []).length;

test("pods that may not go keep their node as it is, and it takes pods again", async () => {
  await site.fake.fault({ kind: "budget", node: site.address("control-1") });
  const { problems } = await site.upgrade({ facts: to("v1.13.1"), minutes: 0.1 });
  expect(lines(problems)).toEqual([
    expect.stringMatching(
      /^UPGRADE_REFUSED pods of control-1 may not go elsewhere: .*disruption budget/,
    ),
  ]);
  expect(await versions()).toEqual(["v1.13.0", "v1.13.0", "v1.13.0", "v1.13.0"]);
  expect((await site.fake.state()).cordoned).toEqual([]);
});

test.for([
  ["no-etcd", "control-3", /cannot lose control-1 now: etcd of control-3 is not well/],
  ["not-ready", "worker-1", /cannot lose control-1 now: worker-1 is not ready/],
] as const)(
  "nothing begins while the cluster cannot lose a node: %s",
  async ([kind, node, said]) => {
    await site.fake.fault({ kind, node: site.address(node) });
    const before = await count();
    const { problems } = await site.upgrade({ facts: to("v1.13.1") });
    expect(lines(problems)).toEqual([expect.stringMatching(said)]);
    expect(await restarted(before)).toEqual([]);
  },
);

test("a minor version that skips one is refused before anything is touched", async () => {
  const { problems } = await site.upgrade({ facts: to("v1.15.0") });
  expect(lines(problems)).toEqual(
    ["control-1", "control-2", "control-3", "worker-1"].map((node) =>
      expect.stringMatching(
        new RegExp(
          `^UPGRADE_REFUSED ${node} runs Talos v1\\.13\\.0, from which there is no way to v1\\.15\\.0 .*v1\\.14 first`,
        ),
      ),
    ),
  );
});

test("a Kubernetes that skips one is refused before any node is given another Talos", async () => {
  const before = await count();
  const facts = to("v1.13.1");
  const { problems } = await site.upgrade({
    facts: { ...facts, cluster: { ...facts.cluster, kubernetesVersion: "1.37.0" } },
  });
  expect(lines(problems)).toEqual(
    ["control-1", "control-2", "control-3", "worker-1"].map((node) =>
      expect.stringMatching(
        new RegExp(
          `^UPGRADE_REFUSED ${node} runs Kubernetes v1\\.35\\.4, from which there is no way to v1\\.37\\.0 .*v1\\.36 first`,
        ),
      ),
    ),
  );
  expect(await restarted(before)).toEqual([]);
  expect((await site.fake.state()).cordoned).toEqual([]);
});

test("a node that has not gone is not taken for one that came back", async () => {
  // What would tell the two apart cannot be had at once, and the order to start again is lost.
  await site.fake.fault({ kind: "fail", method: "Read", text: "busy", count: 1 });
  await site.fake.fault({
    kind: "fail",
    node: site.address("control-1"),
    method: "Reboot",
    text: "transport is closing",
  });
  const { problems, progress } = await site.upgrade({ facts: to("v1.13.1"), minutes: 0.1 });
  expect(lines(problems)).toEqual([
    "UPGRADE_REFUSED control-1 was told to start again, answers, and has not done so after 0.1 minutes | " +
      "look at its log (talosctl dmesg), and run npm run infra -- upgrade rack again: it tells control-1 once more",
  ]);
  expect(progress).toContain("waiting: control-1 has not gone yet");
  expect(await versions()).toEqual(["v1.13.0", "v1.13.0", "v1.13.0", "v1.13.0"]);
});

test("a node that comes back with its old system stops the upgrade at it", async () => {
  await site.fake.fault({ kind: "rolls-back", node: site.address("control-1") });
  const { problems } = await site.upgrade({ facts: to("v1.13.1") });
  expect(lines(problems)).toEqual([
    expect.stringMatching(
      /^UPGRADE_REFUSED control-1 started again with Talos v1\.13\.0: v1\.13\.1 did not come up/,
    ),
  ]);
  expect(await versions()).toEqual(["v1.13.0", "v1.13.0", "v1.13.0", "v1.13.0"]);
  expect((await site.fake.state()).cordoned).toEqual(["control-1"]);
});

test("run again, it takes one node after the other, control planes first, and none is left without pods", async () => {
  const before = await count();
  const { problems, text } = await site.upgrade({ facts: to("v1.13.1"), minutes: 1 });
  expect(lines(problems)).toEqual([]);
  expect(await versions()).toEqual(["v1.13.1", "v1.13.1", "v1.13.1", "v1.13.1"]);
  expect(await restarted(before)).toEqual(
    ["control-1", "control-2", "control-3", "worker-1"].map((node) => site.address(node)),
  );
  expect((await site.fake.state()).cordoned).toEqual([]);
  expect((await site.fake.state()).nodes[0]?.image).toBe(
    `factory.talos.dev/metal-installer/${schematic}:v1.13.1`,
  );
  expect(text.split("\n").at(-2)).toBe("rack runs Talos v1.13.1 and Kubernetes 1.35.4");
});

test("again, nothing is left to do", async () => {
  const before = await count();
  expect(lines((await site.upgrade({ facts: to("v1.13.1") })).problems)).toEqual([]);
  expect(await restarted(before)).toEqual([]);
});

test("from one minor version to the next in the way the old one knows, and not by `up`", async () => {
  await using old = await startSite(62, { version: "v1.12.6" }, oneNode(62));
  expect(lines((await old.bring()).problems)).toEqual([]);
  const again = await old.bring();
  expect(again.text).toBe("control-1 runs Talos v1.12.6: npm run infra -- upgrade rack\n");
  const alone = await old.upgrade();
  expect(lines(alone.problems)).toEqual([
    expect.stringMatching(
      /^UPGRADE_REFUSED control-1 is the only control plane: .*--allow control-1/,
    ),
  ]);
  expect(lines((await old.upgrade({ allow: ["control-1"] })).problems)).toEqual([]);
  const { nodes, calls } = await old.fake.state();
  expect(nodes.map(({ version }) => version)).toEqual(["v1.13.0"]);
  expect((calls ?? []).map(({ method }) => method)).toContain("Upgrade");
});

test("killed in the middle: the next run goes on with that node, and it takes pods again", async () => {
  await using one = await startSite(63, {}, oneNode(63));
  expect(lines((await one.bring()).problems)).toEqual([]);
  const later = {
    ...one.facts,
    cluster: { ...one.facts.cluster, talos: { version: "v1.13.1", schematic } },
  };
  await one.fake.fault({ kind: "slow", method: "Reboot", millis: 120_000, count: 1 });
  const child = spawn(
    process.execPath,
    [
      path.join(import.meta.dirname, "../talos-bring.ts"),
      one.root,
      JSON.stringify(later.cluster),
      "upgrade",
    ],
    { stdio: "inherit" },
  );
  const ended = once(child, "exit");
  const asked = async (): Promise<boolean> =>
    ((await one.fake.state()).calls ?? []).some(({ method }) => method === "Reboot");
  while (!(await asked())) await sleep(100);
  child.kill("SIGKILL");
  await ended;
  expect((await one.fake.state()).cordoned).toEqual(["control-1"]);
  const again = await one.upgrade({ facts: later, allow: ["control-1"], minutes: 1 });
  expect(lines(again.problems)).toEqual([]);
  const { nodes, cordoned } = await one.fake.state();
  expect(nodes.map(({ version }) => version)).toEqual(["v1.13.1"]);
  expect(cordoned).toEqual([]);
});

test("a node that never comes back stops it, and the others stay as they are", async () => {
  await site.fake.fault({ kind: "lost", node: site.address("control-1") });
  const { problems } = await site.upgrade({ facts: to("v1.13.2"), minutes: 0.1 });
  expect(lines(problems)).toEqual([
    expect.stringMatching(/^TALOS_NODE_AWAY control-1 does not answer at 127\.0\.61\.11:50000/),
  ]);
  expect((await versions()).slice(1)).toEqual(["v1.13.1", "v1.13.1", "v1.13.1"]);
});
