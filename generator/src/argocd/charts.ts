/** An upstream chart as a source of a multi-source Application. */
import type { Release } from "../model/platform.ts";
import type { ChartSpec } from "../model/service.ts";
import { mirrored } from "../resolve/mirrors.ts";
import type { ChartInstallation } from "./applications.ts";

/** Where Argo CD gets the chart: the registry's mirror if the cluster names one. Undefined for other services. */
export function chartInstallation(release: Release): ChartInstallation | undefined {
  if (release.service.kind !== "chart") return undefined;
  const { chart } = release.service.spec as ChartSpec;
  const isRegistry = chart.from.startsWith("oci://");
  const address = mirrored(chart.from.replace(/^oci:\/\//, ""), release.facts.cluster.mirrors ?? {});
  const end = address.lastIndexOf("/");
  return {
    // Argo CD wants registries without their scheme.
    repoURL: isRegistry ? address.slice(0, end).replace(/^oci:\/\//, "") : address.slice(0, end),
    chart: address.slice(end + 1),
    version: chart.version,
    release: chart.release ?? release.service.name,
    values: chart.values ?? {},
  };
}
