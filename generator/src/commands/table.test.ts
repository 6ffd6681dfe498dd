import { expect, test } from "vitest";
import { shortList, table } from "./table.ts";

test.for([
  [[], ""],
  [["http:80"], "http:80"],
  [["a:1", "b:2", "c:3"], "a:1 b:2 c:3"],
  [["a:1", "b:2", "c:3", "d:4"], "a:1 b:2 c:3 … 1 more"],
  [["a:1", "b:2", "controller/metrics:9402", "d:4"], "a:1 b:2 … 2 more"],
  // What is too long by itself is still said.
  [["controller/metrics:9402"], "controller/metrics:9402"],
  [["controller/metrics:9402", "b:2"], "controller/metrics:9402 … 1 more"],
] as const)("%j: %s", ([items, text]) => {
  expect(shortList(items, 12)).toBe(text);
});

test("a column is as wide as its widest cell, and nothing follows the last one", () => {
  expect(
    table([
      ["A", "B"],
      ["long", ""],
      ["x", "y"],
    ]),
  ).toBe("A     B\nlong\nx     y\n");
});
