import { mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { memoryIn } from "./memory.ts";

test("remembers what was learnt and kept, and forgets what a run did not ask for", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-memory-"));
  const file = path.join(folder, "memory");
  const first = memoryIn(file);
  expect(first.isEmpty).toBe(true);
  first.learn(["a", { b: 1 }], { made: 1 });
  first.learn(["c"], undefined);
  expect(first.recall(["c"])).toEqual({ made: undefined });
  expect(memoryIn(file).recall(["c"])).toBeUndefined();
  first.keep();
  const second = memoryIn(file);
  expect(second.isEmpty).toBe(false);
  expect(second.recall(["a", { b: 1 }])).toEqual({ made: { made: 1 } });
  expect(second.recall(["a", { b: 2 }])).toBeUndefined();
  second.keep();
  expect(memoryIn(file).recall(["c"])).toBeUndefined();
  truncateSync(file, 50);
  expect(memoryIn(file).isEmpty).toBe(true);
  rmSync(folder, { recursive: true });
});

test.each([
  [[{}], [{ a: undefined }]],
  [[null], [Number.NaN]],
  [[0], [-0]],
  [["1"], [1]],
  [[{ a: 1, b: 2 }], [{ b: 2, a: 1 }]],
])("%o is not %o", (one, other) => {
  const memory = memoryIn("/nowhere/at/all");
  memory.learn(one, 1);
  expect(memory.recall(one)).toEqual({ made: 1 });
  expect(memory.recall(other)).toBeUndefined();
});
