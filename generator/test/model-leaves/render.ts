/** All releases of all platforms through Helm at once, each distinct one a single time. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { argocdFiles } from "../../src/argocd/tree.ts";
import type { CheckableRelease } from "../../src/model/rendered.ts";
import { checkFrozen } from "../../src/check/frozen.ts";
import { wantsSecrets } from "../../src/argocd/platform.ts";
import { metricsOfRules } from "../../src/check/metrics.ts";
import { checkManifests } from "../support/manifests.ts";
import { serviceFolder } from "../../src/model/paths.ts";
import type { HelmValues } from "../../src/model/values/service.ts";
import type { Problem } from "../../src/problems/problem.ts";
import type { RenderOptions } from "../../src/render/cache.ts";
import { renderCharts } from "../../src/render/charts/render.ts";
import type { RenderedCharts } from "../../src/render/charts/render.ts";
import { renderReleases } from "../../src/render/helm.ts";
import { chartName } from "../../src/render/stage.ts";
import type { RenderItem } from "../../src/render/stage.ts";
import { upstreamChart } from "../../src/release/chart.ts";
import { chartFiles } from "../../src/scaffold/chart-files.ts";
import { manifestsOfChart } from "../../src/split/chart-manifests.ts";
import { manifestFiles, manifestsOfRelease } from "../../src/split/release.ts";
import { ensureHelm } from "../../src/tools/helm-carrier.ts";
import type { Helm } from "../../src/tools/helm-carrier.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import type { OutputFile, WritePlan } from "../../src/output/files.ts";
import { projectRoot } from "../support/repository.ts";
import { archives } from "./archives.ts";
import { configFiles } from "./build.ts";
import type { Built } from "./build.ts";

/** The service whose files under config/ are on disk. */
export const testedService = "app";

export interface RenderedPlatform {
  readonly built: Built;
  readonly releases: readonly CheckableRelease[];
  /** Of copies of upstream charts. */
  readonly chartProblems: readonly Problem[];
}

/** In: platforms without problems. Out: each with its manifests. What Helm refuses is a mistake of a fixture. */
export async function renderAll(
  platforms: readonly Built[],
): Promise<ReadonlyMap<Built, RenderedPlatform>> {
  const withValues = platforms.map((built) => ({
    built,
    releases: built.releases.map((release) => ({ release, values: toHelmValues(release) })),
  }));
  const distinct = new Map<string, RenderItem>();
  for (const { values } of withValues.flatMap(({ releases }) => releases)) {
    const key = JSON.stringify(values);
    distinct.set(key, distinct.get(key) ?? renderItem(`x${distinct.size}`, values));
  }
  return inRoot(async (root) => {
    const helm = await ensureHelm();
    if ("code" in helm) throw new Error(helm.message);
    const documents = await renderItems(root, helm, [...distinct.values()]);
    const charts = await renderUpstream({ root, helm, cache: undefined }, platforms);
    const documentsOf = (values: HelmValues) => {
      const item = distinct.get(JSON.stringify(values));
      return (item === undefined ? undefined : documents.get(chartName(item))) ?? "";
    };
    return new Map(
      withValues.map(({ built, releases }) => {
        const upstream = charts.get(built);
        const rendered = releases.map(({ release, values }) => ({
          release,
          wantsSecrets: wantsSecrets(values),
          metrics: metricsOfRules(values),
          manifests: [
            ...manifestsOfRelease(release, documentsOf(values)),
            ...manifestsOfChart(release, upstream?.objects.get(release) ?? []),
          ],
        }));
        return [built, { built, releases: rendered, chartProblems: upstream?.problems ?? [] }];
      }),
    );
  });
}

function renderItem(environment: string, values: HelmValues): RenderItem {
  const mountsFile = Object.values(values.service.configMaps).some((entries) =>
    Object.values(entries).some((entry) => "file" in entry),
  );
  return {
    environment,
    service: testedService,
    values,
    files: mountsFile ? Object.entries(configFiles) : [],
  };
}

async function renderItems(
  root: string,
  helm: Helm,
  items: readonly RenderItem[],
): Promise<ReadonlyMap<string, string>> {
  const { documents, problems } = await renderReleases({ root, helm: helm.path }, items);
  if (problems.length > 0)
    throw new Error(
      `Helm refuses fixtures: ${problems.map(({ message, found }) => `${message} ${found}`).join("\n")}`,
    );
  return documents;
}

/** Vendored charts, each platform by itself: their problems are its own. */
async function renderUpstream(
  options: RenderOptions,
  platforms: readonly Built[],
): Promise<ReadonlyMap<Built, RenderedCharts>> {
  const vendoring = platforms.filter(({ releases }) =>
    releases.some((release) => upstreamChart(release)?.archive !== undefined),
  );
  return new Map(
    await Promise.all(
      vendoring.map(async (built) => [built, await renderCharts(options, built.releases)] as const),
    ),
  );
}

/** A repository with what Helm reads of one: the library, files of the tested service, copies of charts. */
async function inRoot<T>(work: (root: string) => Promise<T>): Promise<T> {
  const root = mkdtempSync(path.join(tmpdir(), "rzp-leaves-"));
  const own = Object.entries(configFiles).map(
    ([file, content]) => [`${serviceFolder(testedService)}/${file}`, content] as const,
  );
  try {
    for (const [file, content] of [...own, ...Object.entries(archives)]) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), content);
    }
    symlinkSync(path.join(projectRoot, "charts/rzp-lib"), path.join(root, "charts/rzp-lib"), "dir");
    return await work(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The objects of the services. Most fields act here. */
export function manifestText({ releases }: RenderedPlatform): string {
  return releases.flatMap(manifestFiles).map(textOf).join("");
}

/** Everything else that is generated and deployed or published: Argo CD's objects, Chart.yaml, lock files. */
export function otherText({ built, releases }: RenderedPlatform): string {
  const byEnvironment = Map.groupBy(releases, ({ release }) => release.facts);
  const argocd = [...byEnvironment].flatMap(([facts, mine]) => argocdFiles(facts, mine));
  const charts = [...built.authored.services]
    .flatMap(([name, authored]) => chartFiles(name, authored))
    .filter(({ path: file }) => file.endsWith("/Chart.yaml"));
  return [...argocd, ...charts].map(textOf).join("") + built.locks.join("");
}

const textOf = ({ path: file, content }: OutputFile) => `${file}\n${content}\n`;

/** What the checks after Helm find, seen against the tree that was committed before. */
export function findings(
  platform: RenderedPlatform,
  committed: RenderedPlatform | undefined,
  check: string,
): readonly string[] {
  const all = [
    ...platform.chartProblems,
    ...checkManifests(platform.releases),
    ...frozenProblems(platform, committed),
  ];
  return all
    .filter(({ severity, code }) => severity === "error" || code === check)
    .map(({ code }) => code);
}

function frozenProblems(platform: RenderedPlatform, committed: RenderedPlatform | undefined) {
  if (committed === undefined) return [];
  const [before, after] = [committed, platform].map(({ releases }) =>
    releases.flatMap(manifestFiles),
  ) as [OutputFile[], OutputFile[]];
  const old = new Map(before.map((file) => [file.path, file.content]));
  const plan: WritePlan = {
    writes: after
      .filter(({ path: file, content }) => old.get(file) !== content)
      .map(({ path, content }) => ({
        path,
        content,
        kind: old.has(path) ? "update" : "create",
      })),
    removals: [...old.keys()].filter((file) => !after.some((next) => next.path === file)),
    folders: [],
    unchanged: 0,
    problems: [],
  };
  return checkFrozen(
    plan,
    before,
    platform.releases.map(({ release }) => release),
  ).flatMap(({ problem, isMeant }) => (isMeant ? [] : [problem]));
}
