/** What a chart rendered to before: by the hash of everything that makes it. Losing it costs time only. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ChartObjects } from "../../split/chart-objects.ts";
import type { ChartRelease } from "./problems.ts";

export type KeptObjects = Pick<ChartObjects, "objects" | "nameless">;

/** Changes with what split/chart-objects.ts makes of Helm's text. */
const shape = 1;

/** In: a release of a chart. Out: a name that is another one as soon as anything would render differently. */
export function keyOf(helmVersion: string, { release, chart }: ChartRelease): string {
  const { kubernetesVersion, apiVersionsServed } = release.facts.cluster;
  const all = [
    shape,
    helmVersion,
    chart.archive.digest,
    chart.release,
    release.service.namespace,
    kubernetesVersion,
    apiVersionsServed ?? [],
    chart.values,
  ];
  return createHash("sha256").update(JSON.stringify(all)).digest("hex");
}

export function readKept(cache: string | undefined, key: string): KeptObjects | undefined {
  if (cache === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(fileOf(cache, key), "utf8")) as KeptObjects;
  } catch {
    return undefined;
  }
}

/** A cache that cannot be written is no reason to fail. */
export function keep(
  cache: string | undefined,
  key: string,
  { objects, nameless }: KeptObjects,
): void {
  if (cache === undefined) return;
  try {
    const file = fileOf(cache, key);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify({ objects, nameless }));
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // The next run renders again.
  }
}

const fileOf = (cache: string, key: string) => path.join(cache, "charts", `${key}.json`);
