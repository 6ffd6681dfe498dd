/** The upstream chart of a release: where it is, what it gets, and the copy it is rendered from. */
import type { Release } from "../model/platform.ts";
import type { ChartSpec } from "../model/service.ts";
import { withMirroredValues } from "./images/mirrored-values.ts";
import { withReferences } from "./references.ts";

export interface UpstreamChart {
  readonly from: string;
  readonly version: string;
  /** Name of the Helm release. */
  readonly release: string;
  /** With images from mirrors where Argo CD fetches the chart; of a copy the rendered objects get them. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Undefined where Argo CD fetches the chart. */
  readonly archive: ChartArchive | undefined;
}

export type ChartArchive = NonNullable<ChartSpec["chart"]["archive"]>;

/** What the file of a packaged chart holds. */
export type Archive =
  | { readonly kind: "missing" }
  | { readonly kind: "damaged"; readonly digest: string }
  | {
      readonly kind: "chart";
      readonly digest: string;
      readonly name: string;
      readonly version: string;
    };

/** Undefined for services that are no chart. */
export function upstreamChart(asked: Release): UpstreamChart | undefined {
  const { service, facts } = asked;
  if (service.kind !== "chart") return undefined;
  const { from, version, release, values, archive } = service.spec.chart;
  const own = withReferences(values ?? {}, asked) as UpstreamChart["values"];
  return {
    from,
    version,
    archive,
    release: release ?? service.name,
    values: archive === undefined ? withMirroredValues(own, facts.cluster.mirrors ?? {}) : own,
  };
}

/** The chart's name: the last part of where it is. */
export const nameOfChart = (from: string) => from.slice(from.lastIndexOf("/") + 1);

/** `v1.2.3` and `1.2.3` are one version to Helm. */
export const isSameVersion = (a: string, b: string) => a.replace(/^v/, "") === b.replace(/^v/, "");

/** Whether the fingerprint of what a render reads covers its chart's archive: all below charts/, and nothing elsewhere. */
export function archiveIsInput({ kind, spec }: Release["service"]): boolean {
  const archive = kind === "chart" ? spec.chart.archive : undefined;
  return archive === undefined || archive.file.startsWith("charts/");
}
