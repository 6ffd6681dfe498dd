/**
 * Lays out one parent chart that holds rzp-lib once and every release as a thin subchart. With a copy
 * of the library in each, Helm would parse it again for every service.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { HelmValues } from "../model/values/service.ts";
import { serviceFolder } from "../load/paths.ts";
import { tarball } from "./tarball.ts";
import type { TarFile } from "./tarball.ts";

/** A release as the renderer knows it. */
export interface RenderItem {
  readonly environment: string;
  readonly service: string;
  readonly values: HelmValues;
  /** Content of the config files it mounts, for the cache. */
  readonly files: readonly string[];
}

/** Name of an item's subchart. Neither name holds an underscore, so it can be read back. */
export const chartName = (item: Pick<RenderItem, "environment" | "service">) =>
  `${item.environment}_${item.service}`;

/** Writes the staged chart into a folder, as one archive. Out: the chart and the file of its values. */
export function stageBatch(
  root: string,
  folder: string,
  items: readonly RenderItem[],
): { chart: string; values: string } {
  const [chart, values] = [path.join(folder, "chart.tgz"), path.join(folder, "values.json")];
  const files = [
    { path: "rzp/Chart.yaml", content: chartYaml("rzp") },
    {
      path: "rzp/charts/rzp-lib/Chart.yaml",
      content: readFileSync(path.join(root, "charts/rzp-lib/Chart.yaml")),
    },
    ...filesBelow(path.join(root, "charts/rzp-lib/templates")).map(({ name, content }) => ({
      path: `rzp/charts/rzp-lib/templates/${name}`,
      content,
    })),
    ...items.flatMap((item) => itemFiles(root, item)),
  ];
  writeFileSync(chart, tarball(files));
  writeFileSync(
    values,
    valuesJson(Object.fromEntries(items.map((item) => [chartName(item), item.values]))),
  );
  return { chart, values };
}

/** Helm reads values as YAML, which takes these for line breaks inside a text (YAML 1.2, section 5.4). */
const yamlBreaks = /[\u0085\u2028\u2029\ufeff]/g;

/** Values as JSON that Helm reads back as they were. */
export function valuesJson(values: object): string {
  return JSON.stringify(values).replaceAll(
    yamlBreaks,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function itemFiles(root: string, item: RenderItem): TarFile[] {
  const folder = `rzp/charts/${chartName(item)}`;
  const config =
    item.files.length === 0
      ? []
      : filesBelow(path.join(root, serviceFolder(item.service), "config"));
  return [
    { path: `${folder}/Chart.yaml`, content: chartYaml(chartName(item)) },
    { path: `${folder}/templates/all.yaml`, content: batchTemplate },
    ...config.map(({ name, content }) => ({ path: `${folder}/config/${name}`, content })),
  ];
}

const chartYaml = (name: string) => `apiVersion: v2\nname: ${name}\nversion: 0.0.0\n`;

function filesBelow(folder: string): { name: string; content: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => statSync(file).isFile())
    .map((file) => ({
      name: path.relative(folder, file).replaceAll(path.sep, "/"),
      content: readFileSync(file),
    }));
}

/**
 * The same text inside one document: Helm parses, classifies and sorts every document it prints, which takes a
 * quarter of its time, and the text is taken apart here all the same.
 */
const batchTemplate = '{{ dict "text" (include "rzp-lib.service" .) | toJson }}\n';

/** The one template of every service chart. */
export const serviceTemplate = '{{ include "rzp-lib.service" . }}\n';
