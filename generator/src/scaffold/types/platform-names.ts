/** `environments/registry.d.ts`: the names of tiers, clusters and environments, for the editor. */
import { tiersFile } from "../../model/paths.ts";
import type { AuthoredTree } from "../../model/tree.ts";
import { markedFile } from "../../output/marker.ts";
import type { OutputFile } from "../../output/files.ts";
import { factsFile } from "./registry.ts";

/** The same for all environments, so it is marked as made from the tiers. */
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
  return markedFile({ path: "environments/registry.d.ts", source: tiersFile, comment: "//", body });
}
