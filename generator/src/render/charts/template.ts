/** `helm template` of an archive: what Argo CD would do with the chart, done here. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chartValuesPath } from "../../model/paths.ts";
import type { ChartRelease } from "./problems.ts";

export type Printed =
  | { readonly kind: "printed"; readonly stdout: string }
  | { readonly kind: "refused"; readonly stderr: string };

export interface TemplateRun {
  readonly root: string;
  readonly helm: string;
  /** Time zone of the process: a chart that prints the time shows itself by another one. */
  readonly timeZone: string;
}

/** In: a release and its archive. Out: what Helm printed, or why not. */
export async function templateChart(
  { root, helm, timeZone }: TemplateRun,
  item: ChartRelease,
): Promise<Printed> {
  const { execa } = await import("execa");
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-chart-"));
  try {
    const values = path.join(folder, "values.json");
    writeFileSync(values, valuesJson(item.chart.values));
    const result = await execa(
      helm,
      templateArguments(item, { archive: path.join(root, item.chart.archive.file), values }),
      { reject: false, stripFinalNewline: false, env: { TZ: timeZone, GOGC: "400" } },
    );
    if (!result.failed) return { kind: "printed", stdout: result.stdout };
    return {
      kind: "refused",
      stderr: (result.stderr ?? "").trim() || (result.shortMessage ?? "no reason was given"),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The command by which a person gets the same without RZP, from the root of the repository. */
export function templateCommand(item: ChartRelease): string {
  const { service, facts } = item.release;
  return [
    "helm",
    ...templateArguments(item, {
      archive: item.chart.archive.file,
      values: chartValuesPath(service.name, facts.name),
    }),
  ].join(" ");
}

/** Helm reads values as YAML, which takes these for line breaks inside a text (YAML 1.2, section 5.4). */
const yamlBreaks = /[\u0085\u2028\u2029\ufeff]/g;

/** Values as JSON that Helm reads back as they were. */
function valuesJson(values: object): string {
  return JSON.stringify(values).replaceAll(
    yamlBreaks,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function templateArguments(
  { release, chart }: ChartRelease,
  { archive, values }: { archive: string; values: string },
): string[] {
  const { cluster } = release.facts;
  return [
    "template",
    chart.release,
    archive,
    "--namespace",
    release.service.namespace,
    "--include-crds",
    "--skip-tests",
    "--kube-version",
    cluster.kubernetesVersion,
    ...(cluster.apiVersionsServed ?? []).flatMap((version) => ["--api-versions", version]),
    "--values",
    values,
  ];
}
