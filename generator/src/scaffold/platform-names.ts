/** `environments/registry.d.ts`: the names of tiers, clusters and environments, for the editor. */
import { tiersFile } from "../load/paths.ts";
import type { AuthoredTree } from "../validate/tree.ts";
import { withMarker } from "../write/marker.ts";
import type { OutputFile } from "../write/plan.ts";
import { factsFile } from "./registry.ts";

export function platformNamesFile({
  tiers,
  environments,
  clusters,
}: Pick<AuthoredTree, "tiers" | "environments" | "clusters">): OutputFile {
  const body = factsFile({
    tiers: Object.keys(tiers).sort(),
    environments: [...environments.keys()],
    clusters: Object.fromEntries(clusters),
  });
  return { path: "environments/registry.d.ts", content: withMarker(tiersFile, "//", body) };
}
