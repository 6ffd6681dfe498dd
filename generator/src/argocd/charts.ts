/** An upstream chart as a source of a multi-source Application. */
import type { Release } from "../model/platform.ts";
import { upstreamChart } from "../release/chart.ts";
import { mirroredChart } from "../release/images/mirrors.ts";
import type { ChartInstallation } from "./applications.ts";

/**
 * Where Argo CD gets the chart: the registry's mirror if the cluster names one. Undefined for other services,
 * and for a chart with a copy in the repository, whose objects are rendered like all others.
 */
export function chartInstallation(release: Release): ChartInstallation | undefined {
  const chart = upstreamChart(release);
  if (chart === undefined || chart.archive !== undefined) return undefined;
  const address = mirroredChart(chart.from, release.facts.cluster.mirrors ?? {});
  const end = address.lastIndexOf("/");
  return {
    // Argo CD wants registries without their scheme.
    repoURL: address.slice(0, end).replace(/^oci:\/\//, ""),
    chart: address.slice(end + 1),
    version: chart.version,
    release: chart.release,
    values: chart.values,
  };
}

/**
 * In: a release of an upstream chart. Out: where Helm finds the chart, as arguments; a copy by its path in the repository. Helm knows
 * registries by their scheme, as a part of the chart's name ("Use OCI-based registries").
 */
export function helmSource(release: Release): string[] {
  const installation = chartInstallation(release);
  if (installation === undefined) return [upstreamChart(release)?.archive?.file ?? ""];
  const { chart, repoURL, version } = installation;
  return repoURL.includes("://")
    ? [chart, "--repo", repoURL, "--version", version]
    : [`oci://${repoURL}/${chart}`, "--version", version];
}
