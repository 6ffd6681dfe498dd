/**
 * The whole flow, top to bottom. Reading the tree, running authored files, Helm and writing are the only
 * I/O; everything between is a function of its input. Types change their name when their meaning changes:
 *
 *   SourceTree -> AuthoredTree -> EnvironmentServices -> Release -> HelmValues -> Manifest -> OutputFile
 */
import { shareOf } from "./argocd/share.ts";
import { wantsSecrets } from "./argocd/platform.ts";
import { backupRuleCount, checkBackups } from "./backup/check.ts";
import type { IsInUse } from "./backup/recovery-check.ts";
import { capacityRuleCount, checkCapacity } from "./capacity/check.ts";
import { checkCoverage, coverageRuleCount } from "./check/coverage.ts";
import { checkReleases } from "./check/manifests.ts";
import { metricsOfRules } from "./check/metrics.ts";
import { evaluateFiles } from "./load/evaluate.ts";
import type { Evaluation } from "./load/evaluate.ts";
import { authoredFiles } from "./load/tree.ts";
import type { Memory } from "./cache/memory.ts";
import type { Judge } from "./problems/judge.ts";
import { learnValue, remembered, remembering, Unjudged } from "./remembered.ts";
import type { SourceTree } from "./model/tree.ts";
import type { Platform, Release } from "./model/platform.ts";
import { overlayEnvironment } from "./overlay/environment.ts";
import { hasErrors } from "./problems/problem.ts";
import type { Problem } from "./problems/problem.ts";
import { placeProblems } from "./problems/place.ts";
import { renderCached } from "./render/cache.ts";
import type { RenderOptions } from "./render/cache.ts";
import { renderCharts } from "./render/charts/render.ts";
import { keptReleases } from "./render/kept-releases.ts";
import type { KeptReleases } from "./render/kept-releases.ts";
import type { ChartObject } from "./model/manifest.ts";
import type { HelmValues } from "./model/values/service.ts";
import type { CompleteRelease } from "./model/rendered.ts";
import { filesOfCharts, filesOfReleases } from "./platform-files.ts";
import { chartName, renderItem } from "./render/stage.ts";
import { settleClusters } from "./resolve/cluster/settle.ts";
import { resolveEnvironment } from "./resolve/environment.ts";
import { valuesText } from "./scaffold/chart-files.ts";
import { manifestsOfChart } from "./split/chart-manifests.ts";
import { manifestsOfRelease } from "./split/release.ts";
import { toHelmValues } from "./values/helm-values.ts";
import { validateTree } from "./validate/tree.ts";
import { knownFiles } from "./output/known-files.ts";
import type { OutputFile } from "./output/files.ts";

export interface Outcome<T> {
  /** Undefined when a mistake stopped the stage. */
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

interface Built {
  readonly platform: Platform;
  readonly problems: readonly Problem[];
}

/** Authored files -> releases: names, graph and references settled, every mistake found. */
export async function buildPlatform(
  tree: SourceTree,
  evaluated: Evaluation | Promise<Evaluation> = evaluateFiles(tree.root, authoredFiles(tree)),
  memory?: Memory,
): Promise<Outcome<Platform>> {
  const { platform, problems } = await buildAsFarAsPossible(tree, evaluated, memory);
  const isWrong = hasErrors(problems);
  if (!isWrong) memory?.keep();
  return { value: isWrong ? undefined : platform, problems };
}

/**
 * The same where mistakes are no hindrance: releases whose files could be read, right or not. Only those of services
 * without a mistake, in themselves and in what they name, may be asked anything (`commands/sound.ts`).
 */
export async function buildAsFarAsPossible(
  tree: SourceTree,
  evaluated: Evaluation | Promise<Evaluation>,
  memory?: Memory,
): Promise<Built> {
  const evaluation = await evaluated;
  const built = memory && (await fromMemory(tree, evaluation, memory));
  if (built !== undefined) return built;
  const { model } = await import("./judge.ts");
  return build(tree, evaluation, memory === undefined ? model : remembering(model, memory));
}

/** Undefined where something was never judged before, or not well. */
async function fromMemory(
  tree: SourceTree,
  evaluation: Evaluation,
  memory: Memory,
): Promise<Built | undefined> {
  for (const [file, data] of evaluation.judged ?? [])
    learnValue(memory, evaluation.values.get(file), data);
  try {
    return await build(tree, evaluation, remembered(memory));
  } catch (error) {
    if (error instanceof Unjudged) return undefined;
    throw error;
  }
}

async function build(tree: SourceTree, evaluation: Evaluation, judge: Judge): Promise<Built> {
  const { authored, problems, rejections } = validateTree(tree, evaluation.values, judge);
  const overlaid = tree.environments.map((name) => overlayEnvironment(tree, authored, name, judge));
  const environments = overlaid.flatMap(({ result }) => result ?? []);
  const hosts = [...authored.clusters.values()].flatMap((cluster) =>
    Object.keys(cluster.hosts ?? {}),
  );
  const resolved = environments.map((environment) =>
    resolveEnvironment({
      environment,
      existing: tree.services,
      hosts,
      configFiles: tree.configFiles,
    }),
  );
  const settled = settleClusters(
    resolved.flatMap((one) => one.releases),
    tree.locks,
  );
  const found = await placeProblems(tree.sources, {
    problems: [
      ...evaluation.problems,
      ...problems,
      ...overlaid.flatMap((one) => one.problems),
      ...resolved.flatMap((one) => one.problems),
      ...settled.problems,
    ],
    rejections: [...rejections, ...overlaid.flatMap((one) => one.rejections)],
  });
  return { platform: { tree, authored, ...settled }, problems: found };
}

/** Releases -> what is wrong with all of them together: room on the nodes, backups in time, everything watched. */
export function checkPlatform({ tree, releases }: Platform, isInUse: IsInUse): Promise<Problem[]> {
  return placeProblems(tree.sources, {
    problems: [
      ...checkCapacity(releases),
      ...checkBackups(releases, isInUse),
      ...checkCoverage(releases),
    ],
    rejections: [],
  });
}

/** How many rules `checkPlatform` has. */
export const platformRuleCount = capacityRuleCount + backupRuleCount + coverageRuleCount;

/** Releases -> every generated file of the repository, checked. */
export async function renderPlatform(
  platform: Platform,
  options: RenderOptions,
): Promise<Outcome<readonly OutputFile[]>> {
  const kept = keptReleases(options, platform.tree, platform.releases);
  const rendering = renderReleases(platform, options, kept);
  // What needs no Helm is made while Helm runs.
  const files = knownFiles(kept.files);
  const ofCharts = filesOfCharts(platform, files);
  const rendered = await rendering;
  const checked = checkReleases(rendered.releases, {
    asked: (release) => kept.get(release)?.asked,
    questions: kept.questions,
    changed: kept.changed(rendered.releases),
  });
  const problems = await placeProblems(platform.tree.sources, {
    problems: [...rendered.problems, ...checked.problems],
    rejections: [],
  });
  if (hasErrors(problems)) return { value: undefined, problems };
  const wanted = [...ofCharts, ...filesOfReleases(platform, rendered.releases, { kept, files })];
  kept.keep(rendered.releases, checked.clean, files.asked());
  return { value: wanted, problems };
}

/** Releases -> all that is checked and written of them, in their order. Those Helm refuses are missing, with a problem each. */
async function renderReleases(
  { tree, releases }: Platform,
  options: RenderOptions,
  kept: KeptReleases,
): Promise<{
  readonly releases: readonly CompleteRelease[];
  readonly problems: readonly Problem[];
}> {
  const known = new Map(releases.map((release) => [release, kept.get(release)]));
  const values = new Map(
    releases
      .filter((release) => known.get(release) === undefined)
      .map((release) => [release, toHelmValues(release, tree.sources)] as const),
  );
  const rendering = Promise.all([
    renderCached(
      options,
      [...values].map(([release, own]) => renderItem(tree, release, own)),
    ),
    renderCharts(options, releases),
  ]);
  const texts = new Map([...values].map(([release, own]) => [release, valuesText(own)]));
  const [rendered, charts] = await rendering;
  const complete = releases.flatMap((release) => {
    const own = values.get(release);
    if (own === undefined) return known.get(release) ?? [];
    const { facts, service } = release;
    const chart = chartName({ environment: facts.name, service: service.name });
    return completeRelease(release, own, {
      valuesText: texts.get(release) ?? "",
      documents: rendered.documents.get(chart) ?? "",
      ofChart: charts.objects.get(release) ?? [],
    });
  });
  return { releases: complete, problems: [...rendered.problems, ...charts.problems] };
}

/** In: a release and its values, and what was made of them. Out: all that is checked and written of it. */
function completeRelease(
  release: Release,
  values: HelmValues,
  made: {
    readonly valuesText: string;
    readonly documents: string;
    readonly ofChart: readonly ChartObject[];
  },
): CompleteRelease {
  const manifests = [
    ...manifestsOfRelease(release, made.documents),
    ...manifestsOfChart(release, made.ofChart),
  ];
  const rendered = { release, wantsSecrets: wantsSecrets(values), manifests };
  return {
    ...rendered,
    valuesText: made.valuesText,
    metrics: metricsOfRules(values),
    share: shareOf(rendered),
  };
}
