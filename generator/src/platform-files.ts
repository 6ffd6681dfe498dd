/** Releases with all that was rendered of them -> the generated files. What has not changed since the last run is not made again. */
import { argocdFiles } from "./argocd/tree.ts";
import { sharesOf } from "./argocd/share.ts";
import { contentHash } from "./model/content-hash.ts";
import { clusterFile, lockFile } from "./model/paths.ts";
import type { Platform } from "./model/platform.ts";
import type { CompleteRelease } from "./model/rendered.ts";
import type { OutputFile } from "./output/files.ts";
import type { KnownFiles } from "./output/known-files.ts";
import { markedFile } from "./output/marker.ts";
import { upstreamChart } from "./release/chart.ts";
import type { KeptReleases } from "./render/kept-releases.ts";
import { chartFiles, valuesFile } from "./scaffold/chart-files.ts";
import { platformNamesFile } from "./scaffold/types/platform-names.ts";
import { chartValuesFiles } from "./split/chart-manifests.ts";
import { manifestFiles } from "./split/release.ts";

/** In: a platform, and what is known of its files. Out: the chart of each service, which needs no Helm. */
export function filesOfCharts({ authored }: Platform, files: KnownFiles): OutputFile[] {
  return [...authored.services].flatMap(([name, service]) =>
    files.of(`chart ${name} ${contentHash(service)}`, () => chartFiles(name, service)),
  );
}

/** In: a platform, its releases in their order, what is known of them and of files. Out: files of each release and environment, and those that are there once. */
export function filesOfReleases(
  platform: Platform,
  releases: readonly CompleteRelease[],
  { kept, files }: { readonly kept: KeptReleases; readonly files: KnownFiles },
): OutputFile[] {
  const byEnvironment = Map.groupBy(releases, ({ release }) => release.facts);
  return [
    ...releases.flatMap((complete) => {
      const key = kept.key(complete.release);
      return key === undefined
        ? filesOfRelease(complete)
        : files.of(key, () => filesOfRelease(complete));
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
    ...[...platform.locks].map(([cluster, body]) =>
      markedFile({ path: lockFile(cluster), source: clusterFile(cluster), comment: "#", body }),
    ),
  ];
}

/** Its values and its objects. */
const filesOfRelease = (complete: CompleteRelease): OutputFile[] => [
  valuesFile(
    { service: complete.release.service.name, environment: complete.release.facts.name },
    complete.valuesText,
  ),
  ...manifestFiles(complete),
];
