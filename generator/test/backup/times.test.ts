/** How long copying may take: head-room, whole hours, never less than Velero gives by itself. */
import { describe, expect, test } from "vitest";
import { goDuration } from "../../src/model/units.ts";
import type { BackedVolume } from "../../src/release/backups/backed-volumes.ts";
import { copyTime, firstBackupsWithin, giveUpAfter } from "../../src/release/backups/times.ts";

const hour = 3600;

describe("copying is given up", () => {
  test.for([
    [0, 4],
    [2 * hour, 4],
    [2 * hour + 1, 5],
    [28 * hour, 56],
  ])("what takes %d seconds after %d hours", ([takes = 0, hours = 0]) => {
    expect(giveUpAfter(takes)).toBe(hours * hour);
  });
});

describe("a backup takes", () => {
  const volume = (more: Partial<BackedVolume>): BackedVolume => ({
    name: "data",
    holds: "state",
    method: "snapshot",
    purpose: "standard",
    class: "longhorn",
    copiedAt: undefined,
    size: 1000,
    claims: 2,
    every: 2 * hour,
    keep: 24 * hour,
    dumpedBy: undefined,
    isWhole: true,
    isPaused: false,
    ...more,
  });

  test("the time its bytes take, and something for itself and each claim", () => {
    expect(copyTime([volume({})], { copied: 600, speed: 10 })).toBe(60 + 2 * 45 + 60);
  });

  test("the time a driver copies whole volumes beside that, however little has changed", () => {
    expect(copyTime([volume({ copiedAt: 5 })], { copied: 0, speed: 10 })).toBe(60 + 2 * 45 + 400);
  });
});

describe("first backups are made", () => {
  test("within the longest interval, what the queue may add, and the time all of them take", () => {
    const schedules = [
      { every: 2 * hour, first: 600 },
      { every: 24 * hour, first: 30 * hour },
    ];
    expect(firstBackupsWithin(schedules)).toBe(55 * hour + 2400);
    expect(firstBackupsWithin(schedules.slice(0, 1))).toBe(3 * hour + 2400);
  });

  test("at once where there are none", () => {
    expect(firstBackupsWithin([])).toBe(0);
  });
});

describe("a duration as Go writes it", () => {
  test.for([
    [4 * hour, "4h0m0s"],
    [90, "1m30s"],
    [30 * 24 * hour + 61, "720h1m1s"],
  ] as const)("%d is %s", ([length, text]) => {
    expect(goDuration(length)).toBe(text);
  });
});
