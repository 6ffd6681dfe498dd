/** Finds the files of the charts that linters read. */
import { glob } from "node:fs/promises";

export interface ChartFiles {
  /** Every Chart.yaml, relative to the root. */
  readonly charts: readonly string[];
  /** Every values.yaml and ci/<environment>-values.yaml, relative to the root. */
  readonly values: readonly string[];
}

/** Chart folders are the direct children of these, as `chart-dirs` of ct.yaml says too. */
const folders = ["charts/*", "charts/services/*"];

/** Lists the chart files of a tree. In: its root; out: sorted paths; no problems. */
export async function findChartFiles(root: string): Promise<ChartFiles> {
  return {
    charts: await find(root, ["Chart.yaml"]),
    values: await find(root, ["values.yaml", "ci/*-values.yaml"]),
  };
}

async function find(root: string, names: readonly string[]): Promise<string[]> {
  const patterns = folders.flatMap((folder) => names.map((name) => `${folder}/${name}`));
  return (await Array.fromAsync(glob(patterns, { cwd: root }))).toSorted();
}
