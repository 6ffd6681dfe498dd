/** Pods an overlay asks for beyond those its environment has at most: nobody else reads that file, so the number says nothing. */
import { environmentFile } from "../model/paths.ts";
import { at, map } from "../model/reading.ts";
import type { AuthoredOverlay, AuthoredTree } from "../model/tree.ts";
import { countWords } from "../model/units.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";

/** Where a component says how many pods it has. */
const numbers = [["replicas"], ["scale", "max"], ["runs", "instances"]] as const;

/** In: everything authored, an environment, the services that run in it. Problems: OVERLAY_BEYOND_REPLICAS, as a warning. */
export function cappedOverlays(
  { environments, overlays }: AuthoredTree,
  environment: string,
  enabled: readonly string[],
): Problem[] {
  const most = environments.get(environment)?.replicas;
  if (most === undefined) return [];
  return [...(overlays.get(environment) ?? [])]
    .filter(([service]) => enabled.includes(service))
    .flatMap(([, overlay]) =>
      placesOf(overlay).flatMap((keys) => {
        const said = at(overlay.spec, ...keys);
        return typeof said === "number" && said > most
          ? [beyond(environment, overlay.file, { keys, said, most })]
          : [];
      }),
    );
}

function placesOf({ spec }: AuthoredOverlay): string[][] {
  const components = Object.keys(map(spec, "components")).map((name) => ["components", name]);
  return [[], ...components].flatMap((component) =>
    numbers.map((field) => [...component, ...field]),
  );
}

function beyond(
  environment: string,
  file: string,
  { keys, said, most }: { readonly keys: string[]; readonly said: number; readonly most: number },
): Problem {
  return problemAt(
    "OVERLAY_BEYOND_REPLICAS",
    file,
    keys,
    {
      severity: "warning",
      message: `in ${environment} nothing has more than ${countWords(most, "pod")}, so ${said} does nothing here`,
      found: String(said),
      expected: `${most} at most`,
      fix: `remove the line, or raise replicas in ${environmentFile(environment)}`,
    },
    environment,
  );
}
