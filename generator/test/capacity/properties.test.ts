/** What holds for every cluster, drawn at random with taints, GPUs, zones, spread, neighbours and volumes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alwaysFits } from "../../src/capacity/ample.ts";
import { ordersOf } from "../../src/capacity/orders.ts";
import { candidatesOf, place } from "../../src/capacity/place.ts";
import { amount, proofThatNot } from "../../src/capacity/proof.ts";
import { simulate } from "../../src/capacity/verdict.ts";
import { nothing, plus } from "../../src/release/resources/amounts.ts";
import { canBePlaced, clusters, refusals } from "./support.ts";

const large = { nodes: 10, sets: 20 };
const small = { nodes: 3, sets: 3 };
/** The same clusters in every run. */
const fifty = { numRuns: 50, seed: 1 } as const;
const many = { numRuns: 400, seed: 2 } as const;

describe("every placement", () => {
  test("passes every filter, in every order, and loses no pod", () => {
    fc.assert(
      fc.property(clusters(large), ({ nodes, pods }) => {
        for (const order of ordersOf(pods, nodes)) {
          expect(new Set(order.pods), order.name).toEqual(new Set(pods));
          const placement = place(order.pods, nodes, candidatesOf(pods, nodes));
          expect(refusals(nodes, placement)).toEqual([]);
          expect(placement.at.size + placement.unplaced.length).toBe(pods.length);
        }
      }),
      fifty,
    );
  });

  test("is the same for the same input", () => {
    fc.assert(
      fc.property(clusters(large), ({ nodes, pods }) => {
        const [first, second] = [simulate(pods, nodes), simulate(pods, nodes)];
        expect(second.map(({ verdict, placed }) => ({ verdict, placed }))).toEqual(
          first.map(({ verdict, placed }) => ({ verdict, placed })),
        );
      }),
      fifty,
    );
  });

  test("keeps a bound volume where it is when a node goes", () => {
    fc.assert(
      fc.property(clusters(large), ({ nodes, pods }) => {
        const [order] = ordersOf(pods, nodes);
        if (order === undefined) return;
        const whole = place(order.pods, nodes, candidatesOf(pods, nodes));
        for (const pod of whole.at.keys())
          for (const { claim } of pod.volumes) expect(whole.bound.has(claim)).toBe(true);
        const left = nodes.slice(1);
        const after = place(order.pods, left, candidatesOf(pods, left), whole.bound);
        for (const [pod, on] of after.at)
          for (const { claim, reach } of pod.volumes)
            if (whole.bound.has(claim))
              expect(reach === "node" ? on.name : (on.zone ?? "")).toBe(whole.bound.get(claim));
      }),
      fifty,
    );
  });
});

describe("a verdict", () => {
  test("`fits` means that all pods were placed in all orders, and each node gone is judged too", () => {
    fc.assert(
      fc.property(clusters(large), ({ nodes, pods }) => {
        const scenarios = simulate(pods, nodes);
        expect(scenarios.map(({ without }) => without)).toEqual([
          undefined,
          ...nodes.map(({ name }) => name),
        ]);
        for (const { verdict, placed, tried, shown, without } of scenarios) {
          expect(verdict.says === "fits").toBe(placed === tried);
          expect(verdict.says === "fits").toBe(shown.unplaced.length === 0);
          expect(shown.nodes.map(({ node }) => node.name)).toEqual(
            nodes.map(({ name }) => name).filter((name) => name !== without),
          );
        }
      }),
      fifty,
    );
  });

  test("`cannot` is never said of what can be placed, `fits` never of what cannot, where every way is tried", () => {
    const said = { fits: 0, tight: 0, cannot: 0 };
    fc.assert(
      fc.property(clusters(small), ({ nodes, pods }) => {
        const [whole] = simulate(pods, nodes, []);
        if (whole === undefined) throw new Error("no scenario");
        said[whole.verdict.says] += 1;
        const possible = canBePlaced(pods, nodes);
        if (whole.verdict.says === "cannot") expect(possible).toBe(false);
        if (whole.placed > 0) expect(possible).toBe(true);
      }),
      many,
    );
    // Each of the three was really judged.
    expect(Math.min(said.fits, said.tight, said.cannot), JSON.stringify(said)).toBeGreaterThan(5);
  });

  test("`cannot` by a sum names pods that have nowhere else to go, and numbers that are theirs", () => {
    fc.assert(
      fc.property(clusters(large), ({ nodes, pods }) => {
        const candidates = candidatesOf(pods, nodes);
        const proof = proofThatNot(pods, nodes, candidates);
        if (proof?.kind !== "sum" || proof.resource === "pods") return;
        const asked = proof.pods.map(({ set }) => set.asks).reduce(plus, nothing);
        expect(amount(asked, proof.resource)).toBe(proof.asked);
        expect(proof.asked).toBeGreaterThan(proof.there);
        for (const pod of proof.pods)
          for (const on of candidates.get(pod) ?? []) expect(proof.nodes).toContain(on.name);
      }),
      many,
    );
  });

  test("is `fits` in every scenario where there is certain to be room, and that is seen where there is much", () => {
    let certain = 0;
    fc.assert(
      fc.property(clusters(large), fc.constantFrom(1, 4, 16), ({ nodes, pods }, times) => {
        const roomy = nodes.map((node) => ({
          ...node,
          pods: node.pods * times,
          room: { ...node.room, cpu: node.room.cpu * times, memory: node.room.memory * times },
        }));
        const plain = pods.map((pod) => ({ ...pod, volumes: [] }));
        const candidates = candidatesOf(plain, roomy);
        for (const gone of [0, 1] as const) {
          if (!alwaysFits(plain, roomy, candidates, gone)) continue;
          certain += 1;
          const scenarios = simulate(plain, roomy, gone === 0 ? [] : undefined);
          expect(scenarios.map(({ verdict }) => verdict.says)).toEqual(scenarios.map(() => "fits"));
        }
      }),
      many,
    );
    expect(certain).toBeGreaterThan(10);
  });

  test("never turns from `fits` to `cannot` when a pod is taken away", () => {
    fc.assert(
      fc.property(clusters(large), fc.nat(), ({ nodes, pods }, which) => {
        const [before] = simulate(pods, nodes, []);
        if (before?.verdict.says !== "fits") return;
        const left = pods.filter((_, index) => index !== which % pods.length);
        expect(simulate(left, nodes, [])[0]?.verdict.says).not.toBe("cannot");
      }),
      many,
    );
  });

  test("never gets worse than `tight` with a node more", () => {
    fc.assert(
      fc.property(clusters(large), ({ nodes, pods }) => {
        const some = pods.filter(({ node }) => node !== nodes.at(-1)?.name);
        const [before] = simulate(some, nodes.slice(0, -1), []);
        if (before?.verdict.says !== "fits") return;
        expect(simulate(some, nodes, [])[0]?.verdict.says).not.toBe("cannot");
      }),
      fifty,
    );
  });
});
