/**
 * Vendored upstream charts: each archive is proved to be the one that was pulled, then rendered like
 * everything else. What is not in the cache is rendered twice, so that a chart that makes things up is found.
 */
import { inTurns } from "../in-turns.ts";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Release } from "../../model/platform.ts";
import { hasErrors } from "../../problems/problem.ts";
import type { Problem } from "../../problems/problem.ts";
import { upstreamChart } from "../../release/chart.ts";
import { chartObjects } from "./objects.ts";
import type { ChartObject } from "../../model/manifest.ts";
import type { RenderOptions } from "../cache.ts";
import { readArchive } from "./archive.ts";
import { keep, keyOf, readKept } from "./kept.ts";
import type { KeptObjects } from "./kept.ts";
import { archiveProblems, chartFailed, nameless, unstable } from "./problems.ts";
import type { ChartRelease } from "./problems.ts";
import { templateChart, templateCommand } from "./template.ts";

export interface RenderedCharts {
  /** Objects of each release that has a vendored chart. */
  readonly objects: ReadonlyMap<Release, readonly ChartObject[]>;
  readonly problems: readonly Problem[];
}

/** In: all releases. Problems: VENDOR_MISSING, VENDOR_MISMATCH, VENDOR_UNSTABLE, VENDOR_NAMELESS, HELM_TEMPLATE_FAILED. */
export async function renderCharts(
  options: RenderOptions,
  releases: readonly Release[],
): Promise<RenderedCharts> {
  const items = releases.flatMap((release) => vendored(release));
  if (items.length === 0) return { objects: new Map(), problems: [] };
  const archives = new Map(
    [...new Set(items.map(({ chart }) => chart.archive.file))].map((file) => [
      file,
      readArchive(path.join(options.root, file)),
    ]),
  );
  const proved = items.map((item) => ({
    item,
    problems: archiveProblems(item, archives.get(item.chart.archive.file) ?? { kind: "missing" }),
  }));
  // Environments with the same values share the work.
  const jobs = [
    ...Map.groupBy(
      proved.filter(({ problems }) => problems.length === 0).map(({ item }) => item),
      (item) => keyOf(options.helm.version, item),
    ),
  ];
  const done = await inTurns(jobs, async ([key, [first, ...others]]) =>
    first === undefined ? [] : spread(await renderChart(options, key, first), [first, ...others]),
  );
  const results = done.flat();
  return {
    objects: new Map(results.map(({ release, objects }) => [release, objects])),
    problems: [
      ...proved.flatMap(({ problems }) => problems),
      ...results.flatMap(({ problems }) => problems),
    ],
  };
}

function vendored(release: Release): ChartRelease[] {
  const chart = upstreamChart(release);
  return chart?.archive === undefined
    ? []
    : [{ release, chart: { ...chart, archive: chart.archive } }];
}

interface Result {
  readonly objects: readonly ChartObject[];
  /** Problems in words of one release: the same ones are told of each. */
  readonly tell: (item: ChartRelease) => Problem[];
}

function spread({ objects, tell }: Result, items: readonly ChartRelease[]) {
  return items.map((item) => {
    const problems = tell(item);
    return { release: item.release, objects: hasErrors(problems) ? [] : objects, problems };
  });
}

async function renderChart(
  options: RenderOptions,
  key: string,
  item: ChartRelease,
): Promise<Result> {
  const kept = readKept(options.cache, key);
  if (kept !== undefined) return finished(kept);
  const [first, second] = await printTwice(options, item);
  if (first.kind === "refused") return failed(first.stderr);
  if (second.kind === "refused") return failed(second.stderr);
  const { namespace } = item.release.service;
  const [objects, again] = [
    chartObjects(first.stdout, namespace),
    chartObjects(second.stdout, namespace),
  ];
  if (objects.unreadable.length > 0) return failed(objects.unreadable.join("\n"));
  const changed = differing(objects.objects, again.objects);
  if (changed.length > 0) return { objects: [], tell: (each) => [unstable(each, changed)] };
  keep(options.cache, key, objects);
  return finished(objects);
}

const finished = (kept: KeptObjects): Result => ({
  objects: kept.objects,
  tell: (item) => (kept.nameless.length === 0 ? [] : [nameless(item, kept.nameless)]),
});
const failed = (reason: string): Result => ({
  objects: [],
  tell: (item) => [chartFailed(item, reason, templateCommand(item))],
});

/**
 * In another second of the clock, however late the first one came to read it, and always on another day in the other
 * time zone (a date reaches from -12 to +14 hours).
 */
async function printTwice({ root, helm }: RenderOptions, item: ChartRelease) {
  const run = (timeZone: string) => templateChart({ root, helm: helm.path, timeZone }, item);
  const first = await run("Etc/GMT+12");
  await setTimeout(1010 - (Date.now() % 1000));
  return [first, await run("Etc/GMT-14")] as const;
}

/** Kinds and names of objects that are not the same in both. */
export function differing(before: readonly ChartObject[], after: readonly ChartObject[]): string[] {
  const [old, next] = [byIdentity(before), byIdentity(after)];
  const textOf = (objects: readonly ChartObject[] = []) => objects.map(({ text }) => text).join("");
  const different = [...new Map([...old, ...next])].flatMap(([identity, [object]]) =>
    object === undefined || textOf(old.get(identity)) === textOf(next.get(identity))
      ? []
      : [`${object.kind} ${object.name}`],
  );
  return [...new Set(different)];
}

const byIdentity = (objects: readonly ChartObject[]) =>
  Map.groupBy(objects, ({ apiVersion, kind, namespace = "", name }) =>
    [apiVersion, kind, namespace, name].join(" "),
  );
