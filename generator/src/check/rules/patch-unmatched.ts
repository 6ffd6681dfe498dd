/** A patch for an object that nothing renders does nothing, and nobody would notice. */
import { patchName } from "../../release/objects.ts";
import type { Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { choice, problemAt } from "../../problems/report.ts";
import type { RenderedRelease } from "../../model/rendered.ts";

/**
 * Problems: MANIFEST_PATCH_UNMATCHED, for each environment with the patch, when the object is rendered in none of
 * them: what an environment leaves out, as it has fewer replicas, may be patched for the others.
 */
export function patchesUnmatched(releases: readonly RenderedRelease[]): Problem[] {
  const byService = Map.groupBy(releases, ({ release }) => release.service.name);
  return [...byService.values()].flatMap((mine) => {
    const rendered = new Map(mine.map(({ release, manifests }) => [release, manifests]));
    const namesOf = (release: Release) => (rendered.get(release) ?? []).map(patchName);
    const patches = [...rendered.keys()].flatMap((release) =>
      Object.keys(release.service.spec.patches ?? {}).map((patch) => ({ release, patch })),
    );
    return [...Map.groupBy(patches, ({ patch }) => patch)].flatMap(([patch, uses]) =>
      uses.some(({ release }) => namesOf(release).includes(patch))
        ? []
        : uses.map(({ release }) => unmatched(release, patch, namesOf(release))),
    );
  });
}

function unmatched(
  { service, facts }: Release,
  patch: string,
  rendered: readonly string[],
): Problem {
  const isFetched =
    service.kind === "chart" && "chart" in service.spec && service.spec.chart.archive === undefined;
  const otherwise = isFetched
    ? `remove it; objects of the chart can be patched once a copy of it is here: npm run vendor ${service.name}`
    : "remove it";
  return problemAt(
    "MANIFEST_PATCH_UNMATCHED",
    service.file,
    ["patches", patch],
    {
      message: `${service.name} renders no \`${patch}\`, so this patch changes nothing`,
      ...choice(patch, [...new Set(rendered)], otherwise),
      target: "key",
    },
    facts.name,
  );
}
