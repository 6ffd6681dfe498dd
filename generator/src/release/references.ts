/** What references stand for inside objects and values of a chart, as `variables.ts` says it of variables. */
import { clusterFactIn } from "../model/cluster-facts.ts";
import { isTree } from "../model/data.ts";
import type { Tree } from "../model/data.ts";
import { ownSecret } from "../model/names.ts";
import type { Release, ResolvedService } from "../model/platform.ts";
import { askedFor, valuesIn, withReplaced } from "../model/reading.ts";
import { secretKeyOf } from "../model/secret-keys.ts";
import { factOfCluster } from "./cluster-facts.ts";
import { hostOfRoute, routeAskedFor } from "./network/route-hosts.ts";
import { offerAskedFor, readOffer } from "./offers/offers.ts";

/** Maps in objects and values of a chart, each with its place: what a reference may be. */
export function mapsBeside({ spec }: Pick<ResolvedService, "spec">): [(string | number)[], Tree][] {
  const written = [
    ...valuesIn(spec.objects, ["objects"]),
    ...("chart" in spec ? valuesIn(spec.chart.values, ["chart", "values"]) : []),
  ];
  return written.flatMap(([keys, value]) => (isTree(value) ? [[[...keys], value]] : []));
}

/** The host of the home network whose address a value stands for; undefined for any other value. */
export const hostAskedFor = (value: object): string | undefined => askedFor(value, "lan");

/**
 * In: an object or a chart's values. Out: the same with what it asks for: texts, a fact that is a list as one, a secret as
 * the key of its Secret. What leads nowhere is data that only looks like it, or is told before.
 */
export const withReferences = (value: unknown, release: Release): unknown =>
  withReplaced(value, (map) => standsFor(map, release));

function standsFor(map: Tree, release: Release): unknown {
  const key = secretKeyOf(map);
  if (key !== undefined) return { name: ownSecret, key };
  const fact = clusterFactIn(map);
  if (fact !== undefined) return factOfCluster(release.facts, fact);
  const route = routeAskedFor(map);
  if (route !== undefined) return hostOfRoute(release, route) ?? "";
  const host = hostAskedFor(map);
  if (host !== undefined) return release.facts.cluster.hosts?.[host];
  const offer = offerAskedFor(map);
  const read = offer === undefined ? undefined : readOffer(release, undefined, offer);
  return typeof read === "object" ? { name: read.secret, key: read.key } : read;
}
