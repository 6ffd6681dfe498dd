/** That there is room in every order, told from numbers alone: never where one order fails, and where it is plain to see. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alwaysFits } from "../../src/capacity/ample.ts";
import type { Node, Pod } from "../../src/capacity/model.ts";
import { candidatesOf } from "../../src/capacity/place.ts";
import { canBeLeftOut, clusters, everywhere, node, pods } from "./support.ts";

const fits = (all: readonly Pod[], nodes: readonly Node[], gone: 0 | 1 = 0) =>
  alwaysFits(all, nodes, candidatesOf(all, nodes), gone);
const alike = (count: number, more: Parameters<typeof node>[1] = {}) =>
  Array.from({ length: count }, (_, index) => node(`n${index}`, more));

describe("room for every order", () => {
  const three = alike(3, { cpu: 10, memory: 10 });
  const last = pods("last", { cpu: 6, memory: 6 });

  test("is where the others can fill all nodes but one", () => {
    // Beside each of these the last one has no room, so one more of them leaves it out.
    expect(fits([...last, ...pods("x", { count: 2, cpu: 5, memory: 0.1 })], three)).toBe(true);
    expect(fits([...last, ...pods("x", { count: 3, cpu: 5, memory: 0.1 })], three)).toBe(false);
    expect(fits([...last, ...pods("x", { count: 2, cpu: 5, memory: 0.1 })], three, 1)).toBe(false);
  });
  test("counts a pod that asks for much of two resources on one node only", () => {
    expect(fits([...last, ...pods("x", { count: 2, cpu: 5, memory: 5 })], three)).toBe(true);
  });
  test("counts each resource by itself where nodes differ: a small one is full sooner, and is one node only", () => {
    const nodes = [node("small", { cpu: 7, memory: 7 }), ...alike(3, { cpu: 100, memory: 100 })];
    expect(fits([...last, ...pods("x", { count: 20, cpu: 1, memory: 0.1 })], nodes)).toBe(true);
  });
  test("has pods that run on every node there, and nowhere else", () => {
    const agents = everywhere("agent", three, { cpu: 3, memory: 3 });
    expect(fits([...agents, ...last, ...pods("x", { count: 2, cpu: 2, memory: 0.1 })], three)).toBe(
      true,
    );
    expect(fits([...agents, ...last, ...pods("x", { count: 3, cpu: 2, memory: 0.1 })], three)).toBe(
      false,
    );
  });
  test("is not where those that run on every node are too many for one, or too large together", () => {
    const agents = (more: object) =>
      ["a", "b", "c"].flatMap((name) => everywhere(name, three, more));
    expect(fits(agents({ cpu: 3, memory: 3 }), three)).toBe(true);
    expect(fits(agents({ cpu: 4, memory: 3 }), three)).toBe(false);
    const full = alike(3, { cpu: 10, memory: 10, pods: 2 });
    expect(fits(agents({ cpu: 1, memory: 1 }), full)).toBe(false);
    expect(fits(agents({ cpu: 1, memory: 1, apartFrom: ["a"] }), three)).toBe(false);
  });
  test("has places for pods", () => {
    const nodes = alike(2, { pods: 3 });
    expect(fits(pods("x", { count: 5, cpu: 0.01, memory: 0.01 }), nodes)).toBe(true);
    expect(fits(pods("x", { count: 7, cpu: 0.01, memory: 0.01 }), nodes)).toBe(false);
  });
  test("counts a node for each other pod that takes the same port of it", () => {
    const dns = (count: number) => pods("dns", { count, hostPorts: ["53/UDP"] });
    const agents = everywhere("agent", three, { hostPorts: ["53/UDP"] });
    expect(fits(dns(3), three)).toBe(true);
    expect(fits(dns(3), three, 1)).toBe(false);
    expect(fits(dns(4), three)).toBe(false);
    expect(fits([...agents, ...dns(1)], three)).toBe(false);
    expect(fits([...agents, ...everywhere("other", three, { hostPorts: ["53/UDP"] })], three)).toBe(
      false,
    );
    expect(fits([...agents, ...pods("x", { hostPorts: ["53/TCP"] })], three)).toBe(true);
  });
  test("is never said where there is a way to leave a pod out", () => {
    let certain = 0;
    fc.assert(
      fc.property(
        clusters({ nodes: 3, sets: 3 }),
        fc.integer({ min: 2, max: 9 }),
        (drawn, times) => {
          const nodes = drawn.nodes.map((one) => ({
            ...one,
            room: { ...one.room, cpu: one.room.cpu * times, memory: one.room.memory * times },
          }));
          const all = drawn.pods.map((pod) => ({ ...pod, volumes: [] }));
          if (!fits(all, nodes)) return;
          certain += 1;
          expect(canBeLeftOut(all, nodes)).toBe(false);
        },
      ),
      { numRuns: 1000, seed: 3 },
    );
    expect(certain).toBeGreaterThan(50);
  });
});
