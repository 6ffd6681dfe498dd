/** From nodes that wait for a configuration to a cluster that is whole: once, again, and after what goes wrong in between. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { line, startSite, textsUnder, workshops, type Site } from "./talos-site.ts";

let site: Site;
beforeAll(async () => {
  site = await startSite(40);
});
afterAll(() => site?.[Symbol.asyncDispose]());
afterEach(() => site.fake.mend());

const lines = (problems: Parameters<typeof line>[0][] | readonly Parameters<typeof line>[0][]) =>
  problems.map(line);
const callsSince = async (count: number) =>
  ((await site.fake.state()).calls ?? [])
    .slice(count)
    .map(({ node, method, as }) => `${node} ${method} ${as}`);
const count = async () => ((await site.fake.state()).calls ?? []).length;
const writes = /ApplyConfiguration|Bootstrap|Reboot|Upgrade/;

test("every node gets a configuration of its own, the first control plane begins etcd, all are ready", async () => {
  const { problems, text } = await site.bring();
  expect(lines(problems)).toEqual([]);
  const { nodes } = await site.fake.state();
  expect(nodes.map(({ hostname, stage, etcd }) => [hostname, stage, etcd])).toEqual([
    ["control-1", "running", true],
    ["control-2", "running", true],
    ["control-3", "running", true],
    ["worker-1", "running", false],
  ]);
  expect(text).toContain("worker-1 has its configuration\n");
  expect(text).toContain("control-1 begins etcd\n");
});

test("nothing of the machine secrets is left in the clear: not beside the state, not in a folder of talosctl", async () => {
  const { nodes } = await site.fake.state();
  const [, key = ""] = /key: (\S{40,})/.exec(nodes[0]?.config ?? "") ?? [];
  expect(key).not.toBe("");
  expect(textsUnder(site.root)).not.toContain(key);
  expect(textsUnder(site.root)).toContain("BEGIN AGE ENCRYPTED FILE");
  expect(workshops()).toEqual([]);
});

test("again it asks, and changes nothing", async () => {
  const before = await count();
  const { problems, text } = await site.bring();
  expect(lines(problems)).toEqual([]);
  expect(text).toBe("");
  const applied = (await callsSince(before)).filter((call) => writes.test(call));
  // What it asks of the four nodes is whether a configuration would change anything.
  expect(applied).toHaveLength(4);
  expect(applied.every((call) => call.endsWith("ApplyConfiguration client"))).toBe(true);
  expect((await site.fake.state()).nodes.map(({ boots }) => boots)).toEqual([1, 1, 1, 1]);
});

test("a fact that changes is given to the node it is about, without a restart", async () => {
  const { cluster } = site.facts;
  const worker = { ...cluster.nodes["worker-1"], labels: { "example.com/disk": "fast" } };
  const facts = {
    ...site.facts,
    cluster: { ...cluster, nodes: { ...cluster.nodes, "worker-1": worker } } as typeof cluster,
  };
  const { text, problems } = await site.bring({ facts });
  expect(lines(problems)).toEqual([]);
  expect(text).toBe("worker-1 has a new configuration\n");
  const { nodes } = await site.fake.state();
  expect(nodes[3]?.config).toContain("example.com/disk: fast");
  expect(nodes[3]?.boots).toBe(1);
});

test("another Kubernetes is not given to all nodes at once", async () => {
  const { cluster } = site.facts;
  const facts = { ...site.facts, cluster: { ...cluster, kubernetesVersion: "1.36.0" } };
  const { text, problems } = await site.bring({ facts });
  expect(lines(problems)).toEqual([]);
  expect(text).toContain("control-1 runs another Kubernetes: npm run infra -- upgrade rack");
  expect((await site.fake.state()).nodes[0]?.config).toContain("kubelet:v1.35.4");
});

test("a control plane that is made anew joins, and etcd does not begin a second time", async () => {
  await site.fake.reset(site.address("control-1"));
  const before = await count();
  const { problems } = await site.bring();
  expect(lines(problems)).toEqual([]);
  expect(await callsSince(before)).not.toContainEqual(expect.stringContaining("Bootstrap"));
  expect((await site.fake.state()).nodes[0]?.etcd).toBe(true);
});

test("when etcd has lost its quorum, it is waited for and never begun anew", async () => {
  for (const node of ["control-2", "control-3"])
    await site.fake.fault({ kind: "no-etcd", node: site.address(node) });
  const before = await count();
  const { problems } = await site.bring({ minutes: 0.05 });
  expect(lines(problems)).toEqual([
    expect.stringMatching(
      /^TALOS_NOT_WHOLE rack is not whole after 0\.05 minutes: etcd of no control plane answers/,
    ),
  ]);
  expect(await callsSince(before)).not.toContainEqual(expect.stringContaining("Bootstrap"));
});

test("a node that is not ready is told, and what is waited for meanwhile", async () => {
  await site.fake.fault({ kind: "not-ready", node: site.address("worker-1") });
  const { problems, progress } = await site.bring({ minutes: 0.05 });
  expect(lines(problems)).toEqual([
    expect.stringMatching(
      /^TALOS_NOT_WHOLE rack is not whole after 0\.05 minutes: worker-1 is not ready/,
    ),
  ]);
  expect(progress).toContain("waiting: worker-1 is not ready");
});

test("without the machine secrets nodes that have a configuration are left alone", async () => {
  const before = await count();
  const { problems } = await site.bring({ variables: { RZP_STATE: `${site.root}/elsewhere` } });
  expect(lines(problems)).toEqual([
    expect.stringMatching(
      /^TALOS_SECRETS control-1, control-2, control-3, worker-1 have a configuration already, and the machine secrets it was made with are not here \| bring them back: npm run infra -- restore rack/,
    ),
  ]);
  expect((await callsSince(before)).filter((call) => writes.test(call))).toEqual([]);
});

test("another passphrase opens nothing, and nothing is made anew", async () => {
  const { problems } = await site.bring({ variables: { PULUMI_CONFIG_PASSPHRASE: "another" } });
  expect(lines(problems)).toEqual([
    expect.stringMatching(/^STATE_UNREADABLE PULUMI_CONFIG_PASSPHRASE does not open .*rack\.age/),
  ]);
});
