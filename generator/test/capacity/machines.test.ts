/** What a node offers that is a machine: its size less what it keeps, in the zone of its host, while it runs. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodesOf } from "../../src/capacity/nodes.ts";
import type { Cluster } from "../../src/model/cluster.ts";
import { hardwareAddress, machineName } from "../../src/model/names.ts";

type Nodes = Cluster["nodes"];
const machine = { host: "pve-1", id: 221, cores: 12, memory: "32Gi" };
const address = "10.0.40.21";
const only = (facts: Nodes[string], reserve?: NonNullable<Cluster["machines"]>["reserve"]) => {
  const machines = { reserve } as unknown as NonNullable<Cluster["machines"]>;
  const [node] = nodesOf({ nodes: { "worker-1": facts }, machines });
  return node;
};

describe("a node that is a machine", () => {
  test("offers its machine's size less what that keeps", () => {
    expect(only({ machine, address })?.room).toMatchObject({ cpu: 11_750, memory: 30 * 2 ** 30 });
    const reserve = { cpu: "1", memory: "4Gi" };
    expect(only({ machine, address }, reserve)?.room).toMatchObject({
      cpu: 11_000,
      memory: 28 * 2 ** 30,
    });
  });

  test("never offers less than nothing", () => {
    const small = { ...machine, memory: "1Gi" };
    expect(only({ machine: small, address })?.room.memory).toBe(0);
  });

  test("is in the zone of its host, unless another is said", () => {
    expect(only({ machine, address })?.zone).toBe("pve-1");
    expect(only({ machine, address, zone: "cellar" })?.labels).toMatchObject({
      "topology.kubernetes.io/zone": "cellar",
    });
  });

  test("offers nothing while it is stopped", () => {
    expect(only({ machine: { ...machine, stopped: true }, address })).toBeUndefined();
  });
});

describe("what follows from the number of a machine", () => {
  const id = fc.integer({ min: 100, max: 2 ** 24 - 1 });

  test("is a hardware address that is its own on a cluster, and may be given out locally", () => {
    fc.assert(
      fc.property(id, id, (one, other) => {
        const [first, second] = [hardwareAddress("rack", one), hardwareAddress("rack", other)];
        expect(first).toMatch(/^02(:[0-9A-F]{2}){5}$/);
        expect(first === second).toBe(one === other);
      }),
    );
  });

  test("and its name fits into a label, whatever node and cluster are called", () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,62}$/);
    fc.assert(
      fc.property(label, label, (cluster, node) => {
        expect(machineName(cluster, node).length).toBeLessThanOrEqual(63);
      }),
    );
  });
});
