/**
 * Lays out one parent chart that holds rzp-lib once and every release as a thin subchart. With a copy
 * of the library in each, Helm would parse it again for every service.
 */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { HelmValues } from "../model/values/service.ts";
import { serviceFolder } from "../load/paths.ts";

/** A release as the renderer knows it. */
export interface RenderItem {
  readonly environment: string;
  readonly service: string;
  readonly values: HelmValues;
  /** Content of the config files it mounts, for the cache. */
  readonly files: readonly string[];
}

/** Name of an item's subchart. Neither name holds an underscore, so it can be read back. */
export const chartName = (item: Pick<RenderItem, "environment" | "service">) => `${item.environment}_${item.service}`;

/** Writes the staged chart into an empty folder. Out: chart folder and values file. */
export function stageBatch(root: string, folder: string, items: readonly RenderItem[]): { chart: string; values: string } {
  const chart = path.join(folder, "chart");
  mkdirSync(path.join(chart, "charts"), { recursive: true });
  writeFileSync(path.join(chart, "Chart.yaml"), "apiVersion: v2\nname: rzp\nversion: 0.0.0\n");
  symlinkSync(path.join(root, "charts/rzp-lib"), path.join(chart, "charts/rzp-lib"), "dir");
  for (const item of items) stageItem(root, path.join(chart, "charts", chartName(item)), item);
  const values = path.join(folder, "values.json");
  writeFileSync(values, valuesJson(Object.fromEntries(items.map((item) => [chartName(item), item.values]))));
  return { chart, values };
}

/** Helm reads values as YAML, which takes these for line breaks inside a text (YAML 1.2, section 5.4). */
const yamlBreaks = /[\u0085\u2028\u2029\ufeff]/g;

/** Values as JSON that Helm reads back as they were. */
export function valuesJson(values: object): string {
  return JSON.stringify(values).replaceAll(yamlBreaks, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function stageItem(root: string, folder: string, item: RenderItem): void {
  mkdirSync(path.join(folder, "templates"), { recursive: true });
  writeFileSync(path.join(folder, "Chart.yaml"), `apiVersion: v2\nname: ${chartName(item)}\nversion: 0.0.0\n`);
  writeFileSync(path.join(folder, "templates/all.yaml"), batchTemplate);
  if (item.files.length > 0) symlinkSync(path.join(root, serviceFolder(item.service), "config"), path.join(folder, "config"), "dir");
}

/**
 * The same text inside one document: Helm parses, classifies and sorts every document it prints, which takes a
 * quarter of its time, and the text is taken apart here all the same.
 */
const batchTemplate = '{{ dict "text" (include "rzp-lib.service" .) | toJson }}\n';

/** The one template of every service chart. */
export const serviceTemplate = '{{ include "rzp-lib.service" . }}\n';
