/** How long copying may take: head-room, whole hours, never less than Velero gives by itself. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { goDuration } from "../../src/model/units.ts";
import type { Cluster } from "../../src/model/cluster.ts";
import type { BackedVolume } from "../../src/release/backups/backed-volumes.ts";
import {
  backupWork,
  firstBackupsWithin,
  giveUpAfter,
  lanesOf,
  restoreTime,
  wholeTime,
} from "../../src/release/backups/times.ts";
import { projectRoot } from "../support/repository.ts";

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

  /** Two workers, beside a control plane that takes no pods; 10 bytes a second. */
  const clusterWith = (more: Partial<Cluster["backup"]> = {}, other: object = {}): Cluster =>
    ({
      nodes: { control: { controlPlane: true }, "worker-1": {}, "worker-2": {} },
      backup: {
        locations: { main: { speed: "10" } },
        rebuild: "5m",
        claims: { atOnce: 2 },
        ...more,
      },
      ...other,
    }) as unknown as Cluster;
  const takes = (volumes: readonly BackedVolume[], cluster = clusterWith(), share = 0) =>
    wholeTime(backupWork(volumes, { share, location: "main", cluster }), lanesOf(cluster));

  test("something for itself, a snapshot after the other, rounds of claims, and the time of its bytes", () => {
    expect(takes([volume({})], clusterWith(), 0.3)).toBe(60 + 2 * 10 + 35 + 60);
    expect(takes([volume({ claims: 9 })])).toBe(60 + 9 * 10 + 3 * 35);
  });

  test("the time a driver copies whole volumes beside that, however little has changed", () => {
    expect(takes([volume({ copiedAt: 5 })])).toBe(60 + 2 * 10 + 35 + 400);
  });

  test("no snapshots for files, which may all be on one node, and hold up the next one", () => {
    const files = [volume({ method: "files", claims: 9 })];
    expect(takes(files)).toBe(60 + 5 * 35);
    const held = (volumes: readonly BackedVolume[]) =>
      backupWork(volumes, { share: 0, location: "main", cluster: clusterWith() }).holds;
    expect(held([...files, volume({})])).toBe(true);
    expect(held([volume({})])).toBe(false);
  });

  test("as on one node where a volume can only be reached from there", () => {
    const near = clusterWith({}, { storageReach: { standard: "node" } });
    expect(takes([volume({ claims: 9 })], near)).toBe(60 + 9 * 10 + 5 * 35);
    expect(takes([volume({ claims: 9, purpose: "bulk" })], near)).toBe(60 + 9 * 10 + 3 * 35);
  });

  test("what its cluster has measured", () => {
    const measured = clusterWith({ claims: { snapshot: "2s", copy: "20s", atOnce: 3 } });
    expect(takes([volume({ claims: 9 })], measured)).toBe(60 + 9 * 2 + 2 * 20);
  });

  test("one at once unless said, as Velero's node agent by itself", () => {
    expect(lanesOf(clusterWith({ claims: {} }))).toEqual({ all: 2, ofNode: 1 });
  });

  test.for(["home", "lab"])("as much at once on %s as its node agent is told", (cluster) => {
    const [velero, facts] = [
      "charts/services/velero/values",
      `environments/clusters/${cluster}`,
    ].map((file) => readFileSync(path.join(projectRoot, `${file}.ts`), "utf8"));
    const [, told] = /loadConcurrency: \{ globalConfig: (\d+) \}/.exec(velero ?? "") ?? [];
    expect(told).toBeDefined();
    expect(facts).toContain(`claims: { atOnce: ${told} }`);
  });

  test("no node that is stopped, or takes no pods", () => {
    const nodes = {
      control: { controlPlane: true, workloads: true },
      tainted: { taints: { special: "NoSchedule" } },
      avoided: { taints: { special: "PreferNoSchedule" } },
      stopped: { machine: { stopped: true } },
    };
    expect(lanesOf(clusterWith({}, { nodes }))).toEqual({ all: 4, ofNode: 2 });
    expect(lanesOf(clusterWith({}, { nodes: {} }))).toEqual({ all: 2, ofNode: 2 });
  });

  test("to restore: something for itself, rounds of claims over all nodes, and the time of all bytes", () => {
    const restored = (cluster: Cluster) =>
      restoreTime([volume({ claims: 9, size: 100 })], { location: "main", cluster });
    expect(restored(clusterWith())).toEqual({ takes: 60 + 3 * 30 + 90, ofClaims: 90 });
    expect(restored(clusterWith({ claims: { restore: "10s", atOnce: 5 } }))).toEqual({
      takes: 60 + 10 + 90,
      ofClaims: 10,
    });
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
