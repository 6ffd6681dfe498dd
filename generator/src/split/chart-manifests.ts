/** Objects of a release's upstream chart as manifests, with the file each goes to. */
import type { ChartObject, FiledManifest, Manifest } from "../model/manifest.ts";
import type { Release } from "../model/platform.ts";
import { chartValuesPath, serviceFile } from "../model/paths.ts";
import { upstreamChart } from "../release/chart.ts";
import { markedFile } from "../output/marker.ts";
import type { OutputFile } from "../output/files.ts";
import { yaml } from "../output/yaml.ts";
import { withMirroredImages } from "./images.ts";
import { fileName } from "./manifests.ts";
import { patched } from "./patches.ts";

/** In: a release and the objects of its chart. Out: manifests that say so, in the order of their files. */
export function manifestsOfChart(
  release: Release,
  objects: readonly ChartObject[],
): FiledManifest[] {
  const { service, facts } = release;
  return (
    objects
      .map((object): Manifest => ({
        ...object,
        vendored: true,
      }))
      .map((manifest) =>
        withMirroredImages(patched(manifest, service.spec.patches ?? {}), facts.cluster.mirrors),
      )
      // Never the name of a file of the library, whatever the chart brings.
      .map((manifest) => ({
        ...manifest,
        file: fileName(manifest, { namespace: service.namespace, isOwnObject: true }),
      }))
      .sort((a, b) => (a.file < b.file ? -1 : 1))
  );
}

/** The final values of an upstream chart, with which plain Helm renders the same; none for other services. */
export function chartValuesFiles(release: Release): OutputFile[] {
  const chart = upstreamChart(release);
  if (chart === undefined) return [];
  const { name } = release.service;
  return [
    markedFile({
      path: chartValuesPath(name, release.facts.name),
      source: serviceFile(name),
      comment: "#",
      body: yaml(chart.values),
    }),
  ];
}
