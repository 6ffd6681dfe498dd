/** The facts of one cluster, as `npm run check` reads them. */
import { argocdService } from "../../generator/src/model/known-services.ts";
import { evaluateCached } from "../../generator/src/load/evaluate-cached.ts";
import { readTree } from "../../generator/src/load/tree.ts";
import type { Cluster } from "../../generator/src/model/cluster.ts";
import type { Environment } from "../../generator/src/model/environment.ts";
import { clusterFile, clustersFolder } from "../../generator/src/model/paths.ts";
import type { Release } from "../../generator/src/model/platform.ts";
import type { SourceTree } from "../../generator/src/model/tree.ts";
import { buildAsFarAsPossible } from "../../generator/src/pipeline.ts";
import { placeProblems } from "../../generator/src/problems/place.ts";
import { hasErrors, type Problem } from "../../generator/src/problems/problem.ts";
import { choice } from "../../generator/src/problems/report.ts";
import { wantedNames, type WantedNames } from "./dns/wanted.ts";
import { generatorCache } from "../../generator/src/commands/repository-paths.ts";
import { secretTiers } from "../../generator/src/commands/secret-tiers.ts";

export interface Facts {
  readonly name: string;
  readonly cluster: Cluster;
  /** Argo CD as the carrier of the cluster runs it, which is on this cluster (CARRIER_ELSEWHERE); undefined where it does not. */
  readonly argocd: Release | undefined;
  /** What the internet is to find it by; undefined where it is not found. */
  readonly names: WantedNames | undefined;
  /** Where secrets of the carrier come from. */
  readonly secrets?: Environment["secrets"] | undefined;
  /** Tiers of the carrier whose services read secrets: each has an identity of its own there. */
  readonly tiers?: readonly string[];
  /** For the places of problems that are found later. */
  readonly tree: SourceTree;
}

/**
 * In: the root of the repository, the name of a cluster. Out: its facts. Problems: CLUSTER_UNKNOWN, and those of the files of
 * clusters; mistakes of services are no hindrance.
 */
export async function readFacts(root: string, name: string): Promise<Facts | readonly Problem[]> {
  const tree = readTree(root);
  if (!tree.clusters.includes(name)) return [unknownCluster(name, tree.clusters)];
  const { platform, problems } = await buildAsFarAsPossible(
    tree,
    evaluateCached(tree, generatorCache()),
  );
  const mine = problems.filter(({ place }) => place.file.startsWith(`${clustersFolder}/`));
  const cluster = platform.authored.clusters.get(name);
  if (cluster === undefined || hasErrors(mine)) return mine;
  const here = platform.releases.filter(({ facts }) => facts.clusterName === name);
  const carried = here.filter(({ facts }) => facts.name === cluster.carrier);
  return {
    name,
    cluster,
    argocd: carried.find(({ service }) => service.name === argocdService),
    names: wantedNames(name, cluster, here),
    secrets: platform.authored.environments.get(cluster.carrier)?.secrets,
    tiers: secretTiers(carried),
    tree,
  };
}

const unknownCluster = (name: string, clusters: readonly string[]): Problem => ({
  code: "CLUSTER_UNKNOWN",
  severity: "error",
  place: { file: name === "" ? clustersFolder : clusterFile(name) },
  message: name === "" ? "no cluster is named" : `there is no cluster \`${name}\``,
  ...choice(name, clusters, `add ${clusterFile(name === "" ? "<cluster>" : name)}`),
});

/** Problems with line and column. */
export const placed = ({ tree }: Facts, problems: readonly Problem[]): Promise<Problem[]> =>
  placeProblems(tree.sources, { problems, rejections: [] });
