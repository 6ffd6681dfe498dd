/**
 * The whole flow, top to bottom. Reading the tree, running authored files, Helm and writing are the only
 * I/O; everything between is a function of its input. Types change their name when their meaning changes:
 *
 *   SourceTree -> AuthoredTree -> EnvironmentServices -> Release -> HelmValues -> Manifest -> OutputFile
 */
import { shareOf, sharesOf } from "./argocd/share.ts";
import { wantsSecrets } from "./argocd/platform.ts";
import { argocdFiles } from "./argocd/tree.ts";
import { backupRuleCount, checkBackups } from "./backup/check.ts";
import type { IsInUse } from "./backup/recovery-check.ts";
import { capacityRuleCount, checkCapacity } from "./capacity/check.ts";
import { checkCoverage, coverageRuleCount } from "./check/coverage.ts";
import { checkReleases } from "./check/manifests.ts";
import { metricsOfRules } from "./check/metrics.ts";
import { evaluateFiles } from "./load/evaluate.ts";
import type { Evaluation } from "./load/evaluate.ts";
import { contentHash } from "./model/content-hash.ts";
import { clusterFile, lockFile } from "./model/paths.ts";
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
import type { CompleteRelease } from "./model/rendered.ts";
import { chartName, renderItem } from "./render/stage.ts";
import { settleClusters } from "./resolve/clusters.ts";
import { resolveEnvironment } from "./resolve/environment.ts";
import { chartFiles, valuesFile, valuesText } from "./scaffold/chart-files.ts";
import { platformNamesFile } from "./scaffold/platform-names.ts";
import { upstreamChart } from "./release/chart.ts";
import { chartValuesFiles, manifestsOfChart } from "./split/chart-manifests.ts";
import { manifestsOfRelease, manifestFiles } from "./split/release.ts";
import { toHelmValues } from "./values/helm-values.ts";
import { validateTree } from "./validate/tree.ts";
import { knownFiles } from "./output/known-files.ts";
import type { KnownFiles } from "./output/known-files.ts";
import { withMarker } from "./output/marker.ts";
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
 * without a mistake, in themselves and in what they name, may be asked anything (`release/sound.ts`).
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
  const resolved = environments.map((environment) =>
    resolveEnvironment({ environment, existing: tree.services, configFiles: tree.configFiles }),
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
  const known = platform.releases.map((release) => ({ release, complete: kept.get(release) }));
  const values = new Map(
    known.flatMap(({ release, complete }) =>
      complete === undefined
        ? [[release, toHelmValues(release, platform.tree.sources)] as const]
        : [],
    ),
  );
  const rendering = Promise.all([
    renderCached(
      options,
      [...values].map(([release, own]) => renderItem(platform.tree, release, own)),
    ),
    renderCharts(options, platform.releases),
  ]);
  // What needs no Helm is made while Helm runs.
  const files = knownFiles(kept.files);
  const ofCharts = [...platform.authored.services].flatMap(([name, service]) =>
    files.of(`chart ${name} ${contentHash(service)}`, () => chartFiles(name, service)),
  );
  const texts = new Map([...values].map(([release, own]) => [release, valuesText(own)]));
  const [rendered, charts] = await rendering;
  const fresh = [...values].map(([release, own]): CompleteRelease => {
    const documents =
      rendered.documents.get(
        chartName({ environment: release.facts.name, service: release.service.name }),
      ) ?? "";
    const manifests = [
      ...manifestsOfRelease(release, documents),
      ...manifestsOfChart(release, charts.objects.get(release) ?? []),
    ];
    const mine = { release, wantsSecrets: wantsSecrets(own), manifests };
    return {
      ...mine,
      valuesText: texts.get(release) ?? "",
      metrics: metricsOfRules(own),
      share: shareOf(mine),
    };
  });
  const releases = inOrder(platform.releases, [
    ...known.flatMap(({ complete }) => complete ?? []),
    ...fresh,
  ]);
  const checked = checkReleases(releases, {
    asked: (release) => kept.get(release)?.asked,
    questions: kept.questions,
    changed: kept.changed(releases),
  });
  const problems = await placeProblems(platform.tree.sources, {
    problems: [...rendered.problems, ...charts.problems, ...checked.problems],
    rejections: [],
  });
  if (hasErrors(problems)) return { value: undefined, problems };
  const wanted = [...ofCharts, ...filesOf(platform, releases, { kept, files })];
  kept.keep(releases, checked.clean, files.asked());
  return { value: wanted, problems };
}

/** Every file that is made of releases, and those that are there once. */
function filesOf(
  platform: Platform,
  releases: readonly CompleteRelease[],
  { kept, files }: { readonly kept: KeptReleases; readonly files: KnownFiles },
): OutputFile[] {
  const byEnvironment = Map.groupBy(releases, ({ release }) => release.facts);
  return [
    ...releases.flatMap((complete) => {
      const key = kept.key(complete.release);
      return key === undefined
        ? releaseFiles(complete)
        : files.of(key, () => releaseFiles(complete));
    }),
    ...platform.releases.flatMap((release) => {
      const { facts, service } = release;
      const chart = upstreamChart(release);
      return chart === undefined
        ? []
        : files.of(`values ${facts.name} ${service.name} ${contentHash(chart)}`, () =>
            chartValuesFiles(release),
          );
    }),
    ...[...byEnvironment].flatMap(([facts, mine]) =>
      files.of(`environment ${facts.name} ${sharesOf(mine)}`, () => argocdFiles(facts, mine)),
    ),
    platformNamesFile(platform.authored),
    ...[...platform.locks].map(([cluster, body]): OutputFile => ({
      path: lockFile(cluster),
      content: withMarker(clusterFile(cluster), "#", body),
    })),
  ];
}

/** Its values and its objects. */
const releaseFiles = (complete: CompleteRelease): OutputFile[] => [
  valuesFile(
    { service: complete.release.service.name, environment: complete.release.facts.name },
    complete.valuesText,
  ),
  ...manifestFiles(complete),
];

function inOrder(
  releases: readonly Release[],
  rendered: readonly CompleteRelease[],
): CompleteRelease[] {
  const byRelease = new Map(rendered.map((one) => [one.release, one]));
  return releases.flatMap((release) => byRelease.get(release) ?? []);
}
