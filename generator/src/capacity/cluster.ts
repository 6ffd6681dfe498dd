/** A cluster with everything its environments ask of it: they count together. */
import type { Cluster } from "../model/cluster.ts";
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import type { Node, Pod } from "./model.ts";
import { nodesOf } from "./nodes.ts";
import { podsOf } from "./pods.ts";
import { reserveOf } from "./reserve.ts";
import type { Reserve } from "./reserve.ts";

export interface ClusterDemand {
  readonly name: string;
  /** The carrier; undefined where no service of it is known. */
  readonly carrier: EnvironmentFacts | undefined;
  readonly environments: readonly string[];
  readonly nodes: readonly Node[];
  /** The reserve's are the last. */
  readonly pods: readonly Pod[];
  readonly reserve: Reserve | undefined;
  /** Objects with pods that nobody knows. */
  readonly unknown: readonly string[];
  /** Components of charts that do not say their requests: counted by what the namespace gives one container. */
  readonly assumed: readonly string[];
}

/** In: all releases. Out: their clusters by name. */
export function demandsOf(releases: readonly Release[]): ClusterDemand[] {
  return [...Map.groupBy(releases, ({ facts }) => facts.clusterName)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, mine]) => {
      const [first] = mine;
      return first === undefined ? [] : [demandOf(name, first.facts.cluster, mine)];
    });
}

function demandOf(name: string, cluster: Cluster, releases: readonly Release[]): ClusterDemand {
  const nodes = nodesOf(cluster);
  const asked = releases.map((release) => ({ release, ...podsOf(release, nodes) }));
  const reserve = reserveOf(asked);
  return {
    name,
    carrier: releases.find(({ facts }) => facts.name === cluster.carrier)?.facts,
    environments: [...new Set(releases.map(({ facts }) => facts.name))].sort(),
    nodes,
    pods: [...asked.flatMap(({ pods }) => pods), ...(reserve?.pods ?? [])],
    reserve,
    unknown: asked.flatMap(({ unknown }) => unknown).sort(),
    assumed: asked.flatMap(({ assumed }) => assumed).sort(),
  };
}
