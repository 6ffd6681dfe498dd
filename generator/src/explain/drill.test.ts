import { expect, test } from "vitest";
import { checkWords } from "./drill.ts";

test.for([
  [{ atLeast: 1, bytes: 1 }, "at least 1 file that is not empty"],
  [{ atLeast: 10, bytes: 1 }, "at least 10 files that are not all empty"],
  [{ atLeast: 1, bytes: 1_048_576 }, "at least 1 file of 1048576 bytes together"],
] as const)("%j: %s", ([check, words]) => {
  expect(checkWords({ is: "files", ...check })).toBe(words);
});

test("one row, and several", () => {
  expect(checkWords({ is: "rows", path: "app.db", atLeast: { series: 1, episodes: 3 } })).toBe(
    "at least 1 row in series of app.db, at least 3 rows in episodes of app.db",
  );
});
