/** Small clusters by hand: what fits, what cannot and why, and what depends on the order. */
import { describe, expect, test } from "vitest";
import { simulate } from "../../src/capacity/verdict.ts";
import type { Node, Pod } from "../../src/capacity/model.ts";
import { proofText } from "../../src/capacity/words.ts";
import { everywhere, node, pods } from "./support.ts";

const gpu = "nvidia.com/gpu";

function judged(all: readonly Pod[], nodes: readonly Node[], without?: string) {
  const found = simulate(all, nodes).find((scenario) => scenario.without === without);
  if (found === undefined) throw new Error("no such scenario");
  const { verdict } = found;
  return verdict.says === "cannot" ? `cannot: ${proofText(verdict.proof)}` : verdict.says;
}
const two = [node("a"), node("b")];

describe("resources", () => {
  test("fit up to the last byte", () => {
    expect(judged(pods("x", { memory: 8, count: 2 }), two)).toBe("fits");
  });
  test("cannot where one pod is larger than each node, whatever they have together", () => {
    expect(judged(pods("x", { memory: 9 }), two)).toBe(
      "cannot: x-0 fits no node: 2 nodes have too little room",
    );
  });
  test("cannot where the sum is more than there is", () => {
    expect(judged(pods("x", { memory: 6, count: 3 }), two)).toBe(
      "cannot: 3 pods ask for 18Gi of memory, and a, b have 16Gi of memory",
    );
  });
  test("count what runs on every node before the rest", () => {
    expect(
      judged([...everywhere("agent", two, { memory: 1 }), ...pods("x", { memory: 8 })], two),
    ).toBe("cannot: x-0 fits no node: 2 nodes have too little room");
  });
  test("are tight where small pods that come first leave no whole place", () => {
    expect(
      judged(
        [...pods("small", { memory: 2, count: 2 }), ...pods("large", { memory: 7 })],
        [node("a", { memory: 8 }), node("b", { memory: 8 })],
      ),
    ).toBe("tight");
  });
  test("include the number of pods a node takes", () => {
    expect(judged(pods("x", { count: 3, memory: 0.1 }), [node("a", { pods: 2 })])).toBe(
      "cannot: 3 pods, and a has places for 2",
    );
  });
});

describe("filters", () => {
  test("TaintToleration: only who tolerates comes to a tainted node", () => {
    const nodes = [node("a", { taints: { only: "NoSchedule" } })];
    expect(judged(pods("x"), nodes)).toBe(
      "cannot: x-0 fits no node: 1 node has a taint it does not tolerate",
    );
    expect(judged(pods("x", { tolerates: { only: "any" } }), nodes)).toBe("fits");
    expect(judged(pods("x", { tolerates: { only: "NoSchedule" } }), nodes)).toBe("fits");
    expect(judged(pods("x", { tolerates: { only: "NoExecute" } }), nodes)).toContain("cannot");
  });
  test("TaintToleration: a soft taint keeps nobody off", () => {
    expect(judged(pods("x"), [node("a", { taints: { soft: "PreferNoSchedule" } })])).toBe("fits");
  });
  test("NodeAffinity: a label must be there with its value", () => {
    const nodes = [node("a", { labels: { disk: "slow" } })];
    expect(judged(pods("x", { nodes: { disk: "fast" } }), nodes)).toContain("1 node lacks a label");
    expect(judged(pods("x", { nodes: { disk: "slow" } }), nodes)).toBe("fits");
  });
  test("devices: there must be one, and one for each", () => {
    const plain = node("a");
    const nodes = [{ ...plain, room: { ...plain.room, devices: { [gpu]: 1 } } }, node("b")];
    const one = pods("x", { devices: { [gpu]: 1 } });
    expect(judged(one, nodes)).toBe("fits");
    expect(judged(one, [plain])).toContain("1 node lacks the device");
    expect(judged([...one, ...pods("y", { devices: { [gpu]: 1 } })], nodes)).toBe(
      `cannot: 2 pods ask for 2 ${gpu}, and a has 1 ${gpu}`,
    );
  });
  test("NodePorts: a node has each port once, whoever takes it", () => {
    const dns = (name: string, count: number) => pods(name, { count, hostPorts: ["53/UDP"] });
    expect(judged(dns("x", 2), two)).toBe("fits");
    expect(judged(dns("x", 3), two)).toBe(
      "cannot: 3 pods take port 53/UDP of their node, one a node, and may only come to a, b",
    );
    expect(judged([...dns("x", 1), ...dns("y", 1)], [node("a")])).toBe(
      "cannot: 2 pods take port 53/UDP of their node, one a node, and may only come to a",
    );
    expect(judged([...dns("x", 1), ...pods("y", { hostPorts: ["53/TCP"] })], [node("a")])).toBe(
      "fits",
    );
  });
  test("NodePorts: all ports that are taken twice are told at once", () => {
    const taking = (name: string, ...hostPorts: string[]) => pods(name, { hostPorts });
    const some = [
      ...taking("dev-x", "80/TCP", "443/TCP"),
      ...taking("x", "80/TCP", "443/TCP"),
      ...taking("dev-y", "53/UDP"),
      ...taking("y", "53/UDP"),
    ];
    expect(judged(some, [node("a")])).toBe(
      "cannot: 2 pods take ports 80/TCP, 443/TCP of their node, one a node, and may only come to a; 2 pods take port 53/UDP of their node, one a node, and may only come to a",
    );
  });
  describe("NodePorts: of one port, all nodes that are too few are told at once", () => {
    const nodes = [
      node("a", { labels: { disk: "fast", zone: "1" } }),
      node("b", { labels: { disk: "slow", zone: "1" } }),
      node("c", { labels: { zone: "2" } }),
    ];
    const taking = (name: string, count: number, at: Readonly<Record<string, string>> = {}) =>
      pods(name, { count, hostPorts: ["53/UDP"], nodes: at });
    const says = (count: number, only: string) =>
      `${count} pods take port 53/UDP of their node, one a node, and may only come to ${only}`;
    const fast = taking("fast", 2, { disk: "fast" });
    test("those apart from each other", () => {
      expect(judged([...fast, ...taking("slow", 3, { disk: "slow" })], nodes)).toBe(
        `cannot: ${says(2, "a")}; ${says(3, "b")}`,
      );
    });
    test("those around others only where they were too few without these", () => {
      expect(judged([...fast, ...taking("x", 1, { zone: "1" })], nodes)).toBe(
        `cannot: ${says(2, "a")}`,
      );
      expect(judged([...fast, ...taking("x", 2, { zone: "1" })], nodes)).toBe(
        `cannot: ${says(2, "a")}; ${says(4, "a, b")}`,
      );
    });
    test("all nodes once, though pods may come to each", () => {
      expect(judged(taking("x", 4), nodes)).toBe(`cannot: ${says(4, "a, b, c")}`);
    });
  });
  test("NodePorts: pods that run on every node have theirs there already", () => {
    const agents = everywhere("agent", two, { hostPorts: ["9100/TCP"] });
    expect(judged([...agents, ...pods("x", { hostPorts: ["9100/TCP"] })], two)).toContain(
      "cannot: 3 pods take port 9100/TCP",
    );
    expect(judged([...agents, ...pods("x", { hostPorts: ["9101/TCP"] })], two)).toBe("fits");
  });
  test("NodePorts: nodes a pod may not come to do not count", () => {
    const nodes = [node("a"), node("b", { taints: { only: "NoSchedule" } })];
    expect(judged(pods("x", { count: 2, hostPorts: ["80/TCP"] }), nodes)).toContain(
      "and may only come to a",
    );
  });
  test("NodePorts: a pod that comes first may leave none for the one that can go nowhere else", () => {
    const nodes = [node("a", { labels: { disk: "fast" }, memory: 80 }), node("b")];
    const port = { hostPorts: ["80/TCP"] };
    const all = [...pods("any", port), ...pods("fast", { ...port, nodes: { disk: "fast" } })];
    expect(judged(all, nodes)).toBe("tight");
  });
  test("InterPodAffinity: who keeps apart takes a node each", () => {
    const apart = pods("x", { count: 2, apartFrom: ["x"] });
    expect(judged(apart, two)).toBe("fits");
    expect(judged(apart, [node("a")])).toBe("tight");
  });
  test("InterPodAffinity: keeping apart holds whoever comes first", () => {
    const all = [...pods("x", { apartFrom: ["y"] }), ...pods("y")];
    expect(judged(all, two)).toBe("fits");
    expect(judged(all, [node("a")])).toBe("tight");
  });
  test("InterPodAffinity: who must be together waits for the other, and is placed with it", () => {
    const all = [...pods("x", { together: ["y"], memory: 6 }), ...pods("y", { memory: 2 })];
    expect(judged(all, [node("a"), node("b", { memory: 4 })])).not.toContain("cannot");
    expect(judged(all, [node("a")])).toBe("fits");
  });
  test("InterPodAffinity: two that wait for each other never come", () => {
    const all = [...pods("x", { together: ["y"] }), ...pods("y", { together: ["x"] })];
    expect(judged(all, two)).toContain("lack the pod it must be with");
    expect(judged(pods("x", { together: ["x"], count: 2 }), two)).toBe("fits");
  });
  test("PodTopologySpread: pods that spread take a node each where they can", () => {
    const [whole] = simulate(pods("x", { count: 2, spread: "hosts" }), two);
    expect([...(whole?.shown.at.values() ?? [])].map(({ name }) => name).toSorted()).toEqual([
      "a",
      "b",
    ]);
  });
  test("PodTopologySpread: over zones", () => {
    const nodes = [
      node("a1", { zone: "a" }),
      node("a2", { zone: "a" }),
      node("b1", { zone: "b", memory: 4 }),
    ];
    const [whole] = simulate(pods("x", { count: 2, spread: "zones" }), nodes);
    expect([...(whole?.shown.at.values() ?? [])].map(({ zone }) => zone).toSorted()).toEqual([
      "a",
      "b",
    ]);
  });
});

describe("a node that is gone", () => {
  test("leaves its pods to the others, and its DaemonSet's to nobody", () => {
    const all = [...everywhere("agent", two, { memory: 1 }), ...pods("x", { memory: 3, count: 2 })];
    expect(judged(all, two, "a")).toBe("fits");
    expect(judged([...all, ...pods("y", { memory: 3 })], two, "a")).toContain("cannot");
  });
  test("takes volumes with it that only it can reach", () => {
    const kept = pods("x", { volumes: [{ claim: "x", reach: "node" }] });
    expect(judged(kept, two)).toBe("fits");
    expect([judged(kept, two, "a"), judged(kept, two, "b")]).toContain("tight");
  });
  test("leaves volumes of its zone to the other nodes there", () => {
    const kept = pods("x", { volumes: [{ claim: "x", reach: "zone" }] });
    const zoned = [node("a1", { zone: "a" }), node("a2", { zone: "a" })];
    expect(judged(kept, zoned, "a1")).toBe("fits");
    expect(judged(kept, zoned, "a2")).toBe("fits");
  });
});
