/** What a chart rendered to before: by the hash of everything that makes it. Losing it costs time only. */
import { createHash } from "node:crypto";
import path from "node:path";
import { readEntry, writeEntry } from "../../cache/entry.ts";
import type { ChartObjects } from "../../model/manifest.ts";
import type { ChartRelease } from "./problems.ts";

export type KeptObjects = Pick<ChartObjects, "objects" | "nameless">;

/** Changes with what objects.ts makes of Helm's text. */
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

/** What a chart rendered to; undefined when it is not known. */
export function readKept(cache: string | undefined, key: string): KeptObjects | undefined {
  return cache === undefined
    ? undefined
    : (readEntry(fileOf(cache, key)) as KeptObjects | undefined);
}

/** Keeps what a chart rendered to. */
export function keep(
  cache: string | undefined,
  key: string,
  { objects, nameless }: KeptObjects,
): void {
  if (cache !== undefined) writeEntry(fileOf(cache, key), { objects, nameless });
}

const fileOf = (cache: string, key: string) => path.join(cache, "charts", key);
