/**
 * Lays out one parent chart that holds rzp-lib once and every release as a thin subchart. With a copy
 * of the library in each, Helm would parse it again for every service.
 */
import type { Release } from "../model/platform.ts";
import type { SourceTree } from "../model/tree.ts";
import { configTexts } from "./config-texts.ts";
import type { ConfigText } from "./config-texts.ts";
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { HelmValues } from "../model/values/service.ts";
import { stagedLibrary } from "./library.ts";
import { tarball } from "./tarball.ts";
import type { TarFile } from "./tarball.ts";

/** What Helm is given of a release. */
export interface RenderItem {
  readonly environment: string;
  readonly service: string;
  readonly values: HelmValues;
  /** The config files it mounts: what is rendered is what was read, whoever saves one meanwhile. */
  readonly files: readonly ConfigText[];
}

/** The same, as the cache asks about it. */
export interface ReleaseItem extends RenderItem {
  /** It is what RZP adds to an upstream chart. */
  readonly isOfChart: boolean;
}

/** In: a release with its values. Out: it with the config files it mounts, each once. */
export function renderItem(tree: SourceTree, release: Release, values: HelmValues): ReleaseItem {
  const { name, kind } = release.service;
  const mounted = Object.values(values.service.configMaps).flatMap((entries) =>
    Object.values(entries).flatMap((entry) => ("file" in entry ? [entry.file] : [])),
  );
  const files = configTexts(tree, name, [...new Set(mounted)].sort());
  const isOfChart = kind === "chart";
  return { environment: release.facts.name, service: name, values, isOfChart, files };
}

/** Name of an item's subchart. Neither name holds an underscore, so it can be read back. */
export const chartName = (item: Pick<RenderItem, "environment" | "service">) =>
  `${item.environment}_${item.service}`;

/** Writes the staged chart into a folder, as one archive. Out: its path. */
export function stageBatch(root: string, folder: string, items: readonly RenderItem[]): string {
  const chart = path.join(folder, "chart.tgz");
  const files = [
    { path: "rzp/Chart.yaml", content: chartYaml("rzp") },
    ...stagedLibrary(root).map(({ name, content }) => ({
      path: `rzp/charts/rzp-lib/${name}`,
      content,
    })),
    ...items.flatMap(itemFiles),
  ];
  writeFileSync(chart, tarball(files));
  return chart;
}

function itemFiles(item: RenderItem): TarFile[] {
  const folder = `rzp/charts/${chartName(item)}`;
  return [
    { path: `${folder}/Chart.yaml`, content: chartYaml(chartName(item)) },
    { path: `${folder}/templates/NOTES.txt`, content: templateOf(chartName(item)) },
    { path: `${folder}/${valuesName}`, content: JSON.stringify(item.values) },
    ...item.files.map(([file, content]) => ({ path: `${folder}/${file}`, content })),
  ];
}

const chartYaml = (name: string) => `apiVersion: v2\nname: ${name}\nversion: 0.0.0\n`;

/** Values are a file of the chart: as values of Helm they would be read as YAML and merged, for nothing. */
const valuesName = "release.json";

/** What stands before the text of a release. No line of it begins like this: values are indented in their YAML. */
export const releaseMark = "# Release: ";

/**
 * The text of a release as notes. What is to be deployed Helm takes apart, parses, classifies and sorts before it prints it, which
 * takes a third of its time, and the text is taken apart here all the same.
 */
const templateOf = (chart: string) =>
  `${releaseMark}${chart}\n{{ include "rzp-lib.service" (dict "Files" .Files "Values" (.Files.Get "${valuesName}" | fromJson)) }}`;

/** In: a staged chart. Out: what Helm is asked for its texts: to say what it would install, without a cluster. */
export const batchArguments = (chart: string): string[] => [
  "install",
  "rzp",
  chart,
  "--dry-run=client",
  "--render-subchart-notes",
];
