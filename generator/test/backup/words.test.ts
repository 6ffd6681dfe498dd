import { expect, test } from "vitest";
import { keptWords, timeWords, timeWordsApart } from "../../src/backup/words.ts";

test.for([
  [0, "0s"],
  [59, "59s"],
  [60, "1m"],
  [3600, "1h"],
  [3599, "1h"],
  [9000, "2h 30m"],
  [Infinity, "never"],
] as const)("%d seconds are %s", ([length, words]) => {
  expect(timeWords(length)).toBe(words);
});

test.for([
  [1812, 1800, "30m 12s"],
  [1790, 1800, "29m 50s"],
  [3612, 3600, "1h 12s"],
  [12, 12, "12s"],
  [1800, 1800, "30m"],
  [1900, 1800, "32m"],
  [Infinity, 1800, "never"],
] as const)("%d seconds are told apart from %d as %s", ([length, other, words]) => {
  expect(timeWordsApart(length, other)).toBe(words);
});

test.for([
  [86_400, "1 day"],
  [2_592_000, "30 days"],
  [129_600, "36 hours"],
  [3600, "1 hour"],
] as const)("what is kept %d seconds is kept %s", ([length, words]) => {
  expect(keptWords(length)).toBe(words);
});
