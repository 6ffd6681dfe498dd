import { hash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { execa } from "execa";
import { median } from "../../bench/median.ts";
import { platformFiles } from "../../bench/platform.ts";
import { benchFolder, createBenchRepository, projectRoot } from "../../bench/repository.ts";
import { hubConsumers, serviceNames } from "../../bench/services.ts";
import { watchers } from "../../bench/watchers.ts";
import { checkRepository } from "../support/repository.ts";

const bench = path.join(projectRoot, "generator/bench/bench.ts");
/** As it measures what people run: other tests ask for the coverage of what it calls. */
const asPeopleRunIt = { NODE_DISABLE_COMPILE_CACHE: undefined, NODE_V8_COVERAGE: undefined };

test("prints a line of figures for each case", { timeout: 300_000 }, async () => {
  const { stdout } = await execa(process.execPath, [bench, "--services", "10", "--runs", "1"], {
    env: asPeopleRunIt,
  });
  const lines = stdout.split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map((line) => line["case"])).toEqual([
    "helm-per-service",
    "helm-batch",
    "first",
    "cold",
    "unchanged",
    "one-edit",
    "hub-edit",
    "environment-edit",
    "library-edit",
  ]);
  for (const line of lines) {
    expect(line).toMatchObject({ services: 10, environments: 3 });
    for (const figure of [
      "wallSeconds",
      "cpuSeconds",
      "peakMebibytes",
      "ratioToHelmPerService",
      "ratioToHelmBatch",
    ])
      expect(line[figure], `${String(line["case"])} ${figure}`).toBeGreaterThan(0);
  }
  // Who watches a cluster runs once on each of the two.
  const objects = Number(lines[0]?.["objects"]) / (30 + 2 * watchers.length);
  expect(objects).toBeGreaterThanOrEqual(12);
  expect(objects).toBeLessThanOrEqual(25);
  const cold = lines.find((line) => line["case"] === "cold");
  expect(cold?.["cacheFilesBefore"]).toBe(0);
  expect(cold?.["cacheFilesAfter"]).toBeGreaterThan(40);
});

test(
  "a bench repository has no mistakes, and no two files of values are equal",
  { timeout: 120_000 },
  async () => {
    const folder = benchFolder();
    try {
      const { root, cache } = createBenchRepository(folder, platformFiles(20));
      expect(await checkRepository(root)).toEqual([]);
      await execa(process.execPath, [path.join(projectRoot, "generator/rzp.js"), "render"], {
        cwd: root,
        env: { RZP_CACHE: cache, ...asPeopleRunIt },
      });
      const values = serviceNames(20).flatMap((service) => {
        const ci = path.join(root, "charts/services", service, "ci");
        return readdirSync(ci).map((file) =>
          hash("sha256", readFileSync(path.join(ci, file), "utf8")),
        );
      });
      expect(values).toHaveLength(60);
      expect(new Set(values).size).toBe(60);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

test("nor has one of 1,000 services: each pod has a place, as capacity is reckoned today", async () => {
  const folder = benchFolder();
  try {
    const { root } = createBenchRepository(folder, platformFiles(1000));
    // In a process of its own, as it takes twice as long where coverage is counted.
    const program = path.join(import.meta.dirname, "check-repository.ts");
    const { stdout } = await execa(process.execPath, [program, root], { env: asPeopleRunIt });
    expect(JSON.parse(stdout)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.for([
  [10, 4],
  [25, 11],
  [150, 60],
  [1000, 60],
] as const)("of %i services %i call the hub", ([count, consumers]) => {
  const files = Object.entries(platformFiles(count)).filter(([file]) =>
    file.endsWith("/values.ts"),
  );
  expect(files).toHaveLength(count + watchers.length);
  expect(files.filter(([, text]) => text.includes('hub: "http"'))).toHaveLength(consumers);
  expect(hubConsumers(count)).toBe(consumers);
});

test("the median is that of each figure for itself", () => {
  const figures = [
    [1, 30, 5],
    [2, 10, 6],
    [3, 20, 4],
  ].map(([wallSeconds = 0, cpuSeconds = 0, peakMebibytes = 0]) => ({
    wallSeconds,
    cpuSeconds,
    peakMebibytes,
  }));
  expect(median(figures)).toEqual({ wallSeconds: 2, cpuSeconds: 20, peakMebibytes: 5 });
  expect(median(figures.slice(0, 2)).wallSeconds).toBe(1.5);
});
