import { expect, it } from "vitest";
import { keptWords, timeWords } from "../../src/backup/words.ts";

it.for([
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

it.for([
  [86_400, "1 day"],
  [2_592_000, "30 days"],
  [129_600, "36 hours"],
  [3600, "1 hour"],
] as const)("what is kept %d seconds is kept %s", ([length, words]) => {
  expect(keptWords(length)).toBe(words);
});
