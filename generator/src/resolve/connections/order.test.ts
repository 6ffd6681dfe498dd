/** Which circles of `needs` are told. What else is wrong with them is in the bad inputs. */
import { expect, test } from "vitest";
import type { Neighbours } from "./connections.ts";
import { checkOrder } from "./order.ts";

type Needs = Readonly<Record<string, readonly string[]>>;

function circles(needs: Needs): string[] {
  const services = new Map(
    Object.entries(needs).map(([name, own]) => [
      name,
      { name, tier: "apps", components: [], spec: { needs: own } },
    ]),
  );
  const facts = { name: "prod", tiers: { apps: { layer: "applications" } } };
  const neighbours = { facts, services, existing: [] } as unknown as Neighbours;
  return checkOrder(neighbours).map(({ message }) => message.replace(/^.*: /, ""));
}

test.each<readonly [string, Needs, readonly string[]]>([
  ["none", { a: ["b", "c"], b: ["d"], c: ["d"], d: [] }, []],
  ["of one", { a: ["a"] }, ["a → a"]],
  ["of two, from outside", { a: ["c"], b: ["c"], c: ["b"] }, ["b → c → b"]],
  ["two that share one", { a: ["b", "c"], b: ["a"], c: ["a"] }, ["a → b → a", "a → c → a"]],
])("%s", (_what, needs, expected) => {
  expect(circles(needs)).toEqual(expected);
});

test("ways that part and meet again thirty times are gone once", () => {
  const layers = Array.from({ length: 30 }, (_, depth) =>
    [0, 1, 2].map((index) => [
      `s${depth}-${index}`,
      depth === 0 ? [] : [0, 1, 2].map((below) => `s${depth - 1}-${below}`),
    ]),
  );
  expect(circles(Object.fromEntries(layers.flat()) as Needs)).toEqual([]);
});
