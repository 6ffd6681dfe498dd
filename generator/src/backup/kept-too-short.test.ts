/** When there are always two backups. What is said of it is in the bad inputs. */
import { expect, test } from "vitest";
import { keptTooShort } from "./kept-too-short.ts";

test.for([
  [48, true],
  [47, false],
] as const)("daily ones that are kept for %i hours: %s", ([hours, isEnough]) => {
  const text = keptTooShort({ what: "they", every: 24 * 3600, keep: hours * 3600, where: "" });
  expect(text === undefined).toBe(isEnough);
});
