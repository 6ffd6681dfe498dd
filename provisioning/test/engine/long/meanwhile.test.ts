/** What was judged is what is done: a change on the hosts after the preview is not acted on, but told by the next one. */
import { expect, test } from "vitest";
import { ceph, leastGrants, line, nodes, startRack } from "../rack.ts";

test("a machine that is moved while `up` runs is not made anew where the file says", async () => {
  await using rack = await startRack({
    fake: { storages: ceph.storages },
    grants: leastGrants({ storage: ceph.facts }),
  });
  rack.write({ storage: ceph.text });
  expect((await rack.infra("up")).problems.map(line)).toEqual([]);
  const grown = nodes["worker-2"].replace("cores: 8", "cores: 6");
  rack.write({ storage: ceph.text, nodes: { ...nodes, "worker-2": grown } });
  const worker = () => rack.fake.vms().find(({ vmid }) => vmid === 221);
  const before = rack.fake.calls.length;
  const { problems } = await rack.upWhile(() => {
    // `qm migrate`, by somebody else.
    Object.assign(worker() ?? {}, { node: "pve-2" });
  });
  expect(problems.map(line)).toEqual([]);
  expect(worker()?.node).toBe("pve-2");
  const ofWorker = rack.fake.calls
    .slice(before)
    .filter(({ method, path: at }) => method !== "GET" && /qemu\/221\b/.test(at));
  expect(ofWorker).toEqual([]);
  expect((await rack.infra("preview")).problems.map(line)).toEqual([
    expect.stringMatching(/^CHANGE_GUARDED worker-1 would be replaced \(nodeName\)/),
  ]);
});
